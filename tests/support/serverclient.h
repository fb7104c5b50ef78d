#pragma once

#include "protocol/compression.h"
#include "protocol/messages.h"

#include <QSet>
#include <QUrl>
#include <QWebSocket>

#include <optional>

namespace lanline::server {

/// A client over a real WebSocket that does nothing by itself.
class ServerClient final : public QObject
{
    Q_OBJECT

public:
    /// `subprotocols` empty: none is offered, and JSON is spoken.
    explicit ServerClient(const QStringList &subprotocols = {QLatin1StringView(protocol::subprotocolProtobuf)});

    /// For the next HELLO.
    void offer(const QList<protocol::Compression> &compressions) { m_offered = compressions; }
    /// As WELCOME told it.
    const protocol::Compression &compression() const { return m_compression; }
    /// How the frames that came behind WELCOME were packed: the byte in front of each.
    const QSet<protocol::CompressionMethod> &methodsSeen() const { return m_methodsSeen; }

    bool connectTo(const QUrl &url);
    /// connectTo(), then a guest's HELLO, up to its WELCOME.
    bool enter(const QUrl &url, const QString &name);
    /// Catches up with the lobby until it is live.
    bool goLive();

    void send(const protocol::ClientCommand &command);
    QWebSocket &socket() { return m_socket; }
    protocol::Encoding encoding() const;

    bool waitForClose() const;
    /// Waits until the lobby's events up to `seq` are here.
    bool waitForSeq(quint64 seq) const;
    template <class Message>
    bool waitFor(qsizetype count = 1) const;
    template <class Message>
    QList<Message> all() const
    {
        QList<Message> found;
        for (const protocol::ServerMessage &message : m_received) {
            if (const auto *wanted = std::get_if<Message>(&message))
                found.append(*wanted);
        }
        return found;
    }
    /// Of the lobby, live or in pages, as they came.
    QList<protocol::Event> events() const;

private:
    void onPayload(const QByteArray &payload);

    QWebSocket m_socket;
    QStringList m_subprotocols;
    QList<protocol::Compression> m_offered;
    protocol::Compression m_compression;
    QSet<protocol::CompressionMethod> m_methodsSeen;
    protocol::Compressor m_compressor;
    protocol::Decompressor m_decompressor;
    QList<protocol::ServerMessage> m_received;
};

/// Turns the event loop until `isTrue`, for at most 10 s.
bool waitUntil(const std::function<bool()> &isTrue);

template <class Message>
bool ServerClient::waitFor(qsizetype count) const
{
    return waitUntil([&] { return all<Message>().size() >= count; });
}

} // namespace lanline::server
