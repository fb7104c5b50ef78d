#pragma once

#include "server/net/turn.h"

#include <QObject>

#include <span>

struct epoll_event;
class QSocketNotifier;

namespace lanline::server {

/// All descriptors of the server's net in one epoll set of its own, which Qt's event loop sees as a single descriptor:
/// it would poll each of them in every turn otherwise. Level-triggered. Lives in the server thread.
class EpollSet final : public QObject
{
    Q_OBJECT

public:
    class Handler
    {
    public:
        virtual ~Handler() = default;
        /// EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP.
        virtual void onEvents(quint32 events) = 0;
    };

    explicit EpollSet(Turn &turn, QObject *parent = nullptr);
    ~EpollSet() override;

    /// False when the system has no room for it.
    [[nodiscard]] bool add(int descriptor, quint32 events, Handler &handler);
    void change(int descriptor, quint32 events, Handler &handler);
    /// No event reaches the handler any more, not even one that has been fetched.
    void remove(int descriptor, Handler &handler);

    Turn &turn() const { return m_turn; }

private:
    void pump();

    Turn &m_turn;
    int m_descriptor;
    QSocketNotifier *m_notifier;
    std::span<epoll_event> m_fetched; ///< and not told yet
};

} // namespace lanline::server
