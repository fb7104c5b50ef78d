#pragma once

#include "client/chatsession.h"
#include "sample.h"

#include <QEventLoop>
#include <QHash>
#include <QObject>
#include <QThread>

namespace lanline::bench {

/// The whole client as a window has it: a device with its outbox and history on disk, a network thread, and this thread
/// in the place of the GUI's.
class ClientLoad final : public QObject
{
    Q_OBJECT

public:
    /// `dir`: where its profile goes; must exist. `payload`: bytes of text per message.
    ClientLoad(const QString &dir, qsizetype payload);
    ~ClientLoad() override;

    /// Connects and becomes live in `room`, which is made if there is none. Waits. The error is a sentence.
    Result<void, QString> join(const QUrl &url, const RoomId &room);
    /// Keeps `inFlight` messages unanswered for `time`, then waits for the last answer and the last event. The ack is
    /// ChatSession::send() called to Stored told.
    Measured measure(int inFlight, std::chrono::milliseconds time);

private:
    void onState(const client::ConnectionState &state);
    void onTimeline(const client::TimelineUpdate &update);
    void onOutbox(const QList<client::OutboxItem> &items);
    void onRequestFailed(const client::RequestFailure &failure);
    void onStored(const client::OutboxItem &item, SteadyTime now);
    void sendMessage();
    void stopWhenDone();
    void fail(const QString &why);
    /// False once it has failed.
    bool wait(std::chrono::milliseconds patience);

    QString m_text;
    QThread m_network;
    std::unique_ptr<client::ChatSession> m_session;
    QEventLoop m_loop;
    QString m_failure; ///< empty as long as all is well
    RoomId m_room;
    bool m_hasAsked = false; ///< to make the room, or to join it
    bool m_hasJoined = false;
    bool m_isLive = false;

    // One measuring
    Sample m_sample;
    SteadyTime m_began;
    SteadyTime m_sendUntil;
    QHash<MessageId, SteadyTime> m_unanswered;
    quint64 m_delivered = 0;
    quint64 m_lastSeq = 0; ///< of the newest event that was told
};

} // namespace lanline::bench
