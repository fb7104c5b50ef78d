#pragma once

#include "server/net/acceptor.h"
#include "server/net/tlslayer.h"

#include <memory>
#include <optional>

namespace lanline::server {

/// Listens with Qt's sockets, for systems without epoll. Short of descriptors it rests for a while.
class QtAcceptor final : public Acceptor
{
public:
    /// Without `tls`, every connection is plain.
    QtAcceptor(const std::optional<TlsIdentity> &tls, Accepted accepted);
    ~QtAcceptor() override;

    std::optional<Problem> listen(const QHostAddress &address, quint16 port) override;
    quint16 port() const override;
    void startAccepting() override;
    void close() override;

private:
    class Server;
    std::unique_ptr<Server> m_server;
};

} // namespace lanline::server
