#pragma once

#include "client/websocketlink.h"
#include "protocol/codec.h"
#include "sample.h"

#include <QEventLoop>
#include <QObject>
#include <QTimer>

#include <deque>

namespace lanline::bench {

/// A guest who speaks the protocol and keeps nothing: no outbox, no history. Live in its room, as every client is, so
/// that each message comes back as an event too. Checks that answers and events come once and in order.
class LinkLoad final : public QObject
{
    Q_OBJECT

public:
    /// `payload`: bytes of text per message.
    explicit LinkLoad(qsizetype payload);

    /// Connects and becomes live in `room`, which is made if there is none. Waits. The error is a sentence.
    Result<void, QString> join(const QUrl &url, const RoomId &room);
    /// Keeps `inFlight` messages unanswered for `time`, then waits for the last answer and the last event.
    Measured measure(int inFlight, std::chrono::milliseconds time);

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
    void sendMessage();
    void stopWhenDone();
    void fail(const QString &why);
    /// False once it has failed.
    bool wait(std::chrono::milliseconds patience);

    QString m_text;
    client::WebSocketLink m_link;
    QTimer m_heartbeat;
    QEventLoop m_loop;
    QString m_failure; ///< empty as long as all is well
    QUrl m_url;
    RoomId m_room;
    UserId m_self;
    bool m_isLive = false;

    // One measuring
    Sample m_sample;
    SteadyTime m_began;
    SteadyTime m_sendUntil;
    std::deque<Unanswered> m_unanswered;
    quint64 m_delivered = 0;
    quint64 m_lastSeq = 0; ///< of the newest event that was delivered
};

} // namespace lanline::bench
