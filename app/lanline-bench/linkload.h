#pragma once

#include "client/websocketlink.h"
#include "load.h"
#include "protocol/codec.h"

#include <QTimer>

#include <deque>

namespace lanline::bench {

/// A guest who speaks the protocol and keeps nothing: no outbox, no history. Live in its room, as every client is, so
/// that each message comes back as an event too. Checks that answers and events come once and in order.
class LinkLoad final : public Load
{
    Q_OBJECT

public:
    /// `payload`: bytes of text per message.
    explicit LinkLoad(qsizetype payload);

    /// Connects and becomes live in `room`, which is made if there is none. Waits. The error is a sentence.
    Result<void, QString> join(const QUrl &url, const RoomId &room);

private:
    struct Unanswered
    {
        MessageId id;
        SteadyTime sentAt;
    };

    void onFrame(const QByteArray &frame);
    void onReady();
    void onWelcome(const protocol::Welcome &welcome);
    void onError(const protocol::Error &error);
    void onEvents(const protocol::Events &events);
    void onStored(const protocol::Stored &stored);
    void beat();
    void send(const protocol::ClientCommand &command);
    void sendMessage() override;
    void stopWhenDone();

    client::WebSocketLink m_link;
    QTimer m_heartbeat;
    QUrl m_url;
    UserId m_self;

    std::deque<Unanswered> m_unanswered;
};

} // namespace lanline::bench
