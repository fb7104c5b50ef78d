#pragma once

#include <QHostAddress>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>
#include <vector>

namespace lanline::app {

/// A network cable that can be pulled: relays loopback connections to a server on this machine. While it is unplugged,
/// its connections are gone and new ones are refused, as with a host that left the network. Lives in the network
/// thread.
class Cable final : public QObject
{
    Q_OBJECT

public:
    /// `address`: the loopback address of its outer end.
    explicit Cable(const QHostAddress &address, QObject *parent = nullptr);
    ~Cable() override;

    /// Listens; returns the port, which stays the same from the first time on, or 0 when the system refuses.
    quint16 plug();
    void unplug();
    /// Until then nobody is at the inner end, and connections break at once.
    void setServerPort(quint16 port) { m_serverPort = port; }

private:
    struct Strand;
    void onNewConnection();

    QHostAddress m_address;
    quint16 m_serverPort = 0;
    quint16 m_port = 0;
    QTcpServer m_listener;
    std::vector<std::unique_ptr<Strand>> m_strands;
};

} // namespace lanline::app
