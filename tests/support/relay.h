#pragma once

#include <QHostAddress>
#include <QObject>
#include <QTcpServer>

#include <list>
#include <memory>

class QTcpSocket;

namespace lanline {

/// A way to a server on this machine that a test can spoil. Lives in the test's thread.
class Relay final : public QObject
{
    Q_OBJECT

public:
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
    /// Bytes that went through, both ways.
    qint64 bytes() const { return m_bytes; }

private:
    struct Strand;
    void onNewConnection();
    void join(QTcpSocket &from, QTcpSocket &to);

    QHostAddress m_address;
    QTcpServer m_listener;
    quint16 m_port = 0;
    quint16 m_serverPort = 0;
    bool m_isSilent = false;
    qint64 m_bytes = 0;
    std::list<Strand> m_strands;
};

} // namespace lanline
