#pragma once

#include "server/net/stream.h"

#include <QSslSocket>

#include <memory>

namespace lanline::server {

/// A Stream over Qt's sockets, for systems without epoll. Over TLS it cannot be half open, because Qt's cannot: whoever
/// ends, ends both ways; and of what a peer says before it ends, Qt forgets what it has not decrypted by then, which is
/// what goes beyond its buffer of 64 KB.
class QtStream final : public Stream
{
public:
    /// The socket is connected. `speaksTls`: it has what a server's end of TLS needs; otherwise every byte is plain.
    QtStream(std::unique_ptr<QSslSocket> socket, bool speaksTls);
    ~QtStream() override;

    void setUser(StreamUser &user) override { m_user = &user; }
    void setReading(bool on) override;
    StreamResult read(std::span<char> into) override;
    StreamResult write(std::span<const QByteArrayView> pieces) override;
    void shutdownWrite() override;
    bool isEncrypted() const override { return m_socket->mode() == QSslSocket::SslServerMode; }
    QHostAddress peerAddress() const override { return m_peerAddress; }
    quint16 peerPort() const override { return m_peerPort; }

private:
    class Events;

    /// Looks at the peer's first byte.
    void lookForKind();
    bool isOver() const { return m_socket->state() == QAbstractSocket::UnconnectedState; }
    qint64 queuedBytes() const { return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite(); }
    /// attend() follows from the event loop, and never from inside the socket: a user may destroy the stream then.
    void callAttend();
    void attend();
    void shutdownWhenWritten();

    std::unique_ptr<QSslSocket> m_socket;
    Events *m_events; ///< deletes itself later
    StreamUser *m_user = nullptr;
    QHostAddress m_peerAddress; ///< kept: the socket forgets it at its end
    quint16 m_peerPort;
    bool m_knowsKind;
    bool m_isReading = false;
    /// Qt, whose buffer has been full, is deaf to the descriptor until a read finds too little in it.
    bool m_owesRead = false;
    bool m_isWriteBlocked = false;
    bool m_isShutting = false;
    bool m_isCalled = false;
};

} // namespace lanline::server
