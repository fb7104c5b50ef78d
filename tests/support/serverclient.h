#pragma once

#include "protocol/codec.h"
#include "protocol/messages.h"

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
