#pragma once

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QTcpServer>

#include <chrono>
#include <deque>
#include <list>
#include <memory>

class QTcpSocket;
class QTimer;

namespace lanline {

/// A way to a server on this machine that a test can spoil, slow down and watch. Lives in the thread that made it.
class Relay final : public QObject
{
    Q_OBJECT

public:
    using Time = std::chrono::steady_clock::time_point;
    enum class Direction : quint8 {
        Up, ///< to the server
        Down,
    };
    /// Bytes that came together.
    struct Passage
    {
        Direction direction = Direction::Up;
        Time came;
        Time went; ///< handed to the system
    };
    static constexpr qsizetype passagesKept = 10'000;

    /// `address`: one of loopback's.
    explicit Relay(const QHostAddress &address, QObject *parent = nullptr);
    ~Relay() override;

    /// Listens on a free port, which it keeps; 0 when the system refuses.
    quint16 open();
    quint16 port() const { return m_port; }
    const QHostAddress &address() const { return m_address; }
    void leadTo(quint16 serverPort) { m_serverPort = serverPort; }
    /// Its connections end with an error, and no new ones are taken, until open().
    void cut();
    /// Whatever comes is swallowed, both ways, and nobody is told.
    void setSilent(bool isSilent) { m_isSilent = isSilent; }
    /// What comes from here on is held for so long, and goes in its order. Before the first connection.
    void setDelays(std::chrono::milliseconds up, std::chrono::milliseconds down);
    /// Bytes that went through, both ways.
    qint64 bytes() const { return m_bytes; }
    /// What went through since the last call, the newest of it, in the order in which it went.
    QList<Passage> takePassages() { return std::exchange(m_passages, {}); }

private:
    struct Strand;
    struct Lane;
    void onNewConnection();
    void join(QTcpSocket &from, QTcpSocket &to, Lane &lane);
    void release(QTcpSocket &to, Lane &lane);

    QHostAddress m_address;
    QTcpServer m_listener;
    quint16 m_port = 0;
    quint16 m_serverPort = 0;
    bool m_isSilent = false;
    std::chrono::milliseconds m_delayUp{};
    std::chrono::milliseconds m_delayDown{};
    qint64 m_bytes = 0;
    QList<Passage> m_passages;
    std::list<Strand> m_strands;
};

} // namespace lanline
