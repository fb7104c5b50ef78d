#pragma once

#include "server/net/acceptor.h"
#include "server/net/epollset.h"
#include "server/net/tlslayer.h"

#include <QTimer>

namespace lanline::server {

/// Listens in the server's epoll set. Short of descriptors it leaves the set for a while, so that those who wait cost
/// nothing.
class EpollAcceptor final : public Acceptor, private EpollSet::Handler
{
public:
    /// What is referred to outlives this; without `tls`, every connection is plain.
    EpollAcceptor(EpollSet &set, const TlsContext *tls, Accepted accepted);
    ~EpollAcceptor() override;

    std::optional<Problem> listen(const QHostAddress &address, quint16 port) override;
    quint16 port() const override { return m_port; }
    void startAccepting() override;
    void close() override;

private:
    void onEvents(quint32 events) override;
    void pause();

    EpollSet &m_set;
    const TlsContext *m_tls;
    Accepted m_accepted;
    QTimer m_pause;
    int m_descriptor = -1;
    quint16 m_port = 0;
    bool m_isAccepting = false;
};

} // namespace lanline::server
