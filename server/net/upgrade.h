#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QString>

#include <memory>
#include <optional>

class QWebSocketServer;

namespace lanline::server {

/// What a client and the server have agreed on in the opening handshake.
struct Upgrade
{
    QByteArray answer; ///< the whole 101, to be sent before any frame
    QString path; ///< "/"
    QString subprotocol; ///< empty: none
};

/// The opening handshake, done by a QWebSocketServer that never meets a socket: it reads the request from memory, and
/// its answer is taken from there. So the descriptor stays the reactor's, and what the client sent behind its request
/// is not lost. Lives in the server thread.
class HandshakeMaker
{
public:
    HandshakeMaker();
    ~HandshakeMaker();

    /// `requestHead` with its empty line. Nothing when QWebSocketServer refuses.
    std::optional<Upgrade> shakeHands(const QByteArray &requestHead, const QHostAddress &peer, quint16 port);

private:
    std::unique_ptr<QWebSocketServer> m_server;
};

} // namespace lanline::server
