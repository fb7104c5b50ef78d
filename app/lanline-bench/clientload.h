#pragma once

#include "client/chatsession.h"
#include "load.h"

#include <QHash>
#include <QThread>

namespace lanline::bench {

/// The whole client as a window has it: a device with its outbox and history on disk, a network thread, and this thread
/// in the place of the GUI's. The ack is ChatSession::send() called to Stored told.
class ClientLoad final : public Load
{
    Q_OBJECT

public:
    /// `dir`: where its profile goes; must exist. `payload`: bytes of text per message.
    ClientLoad(const QString &dir, qsizetype payload);
    ~ClientLoad() override;

    /// Connects and becomes live in `room`, which is made if there is none. Waits. The error is a sentence.
    Result<void, QString> join(const QUrl &url, const RoomId &room);

private:
    void onState(const client::ConnectionState &state);
    void onTimeline(const client::TimelineUpdate &update);
    void onOutbox(const QList<client::OutboxItem> &items);
    void onRequestFailed(const client::RequestFailure &failure);
    void onStored(const client::OutboxItem &item, SteadyTime now);
    void sendMessage() override;
    void stopWhenDone();

    QThread m_network;
    std::unique_ptr<client::ChatSession> m_session;
    bool m_hasAsked = false; ///< to make the room, or to join it
    bool m_hasJoined = false;

    QHash<MessageId, SteadyTime> m_unanswered;
};

} // namespace lanline::bench
