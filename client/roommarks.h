#pragma once

#include "client/notices.h"
#include "core/timing.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace lanline::client {

/// How far this person has read each room, and what they have begun to write there, as this client knows it: what was
/// changed here goes to the server, at the latest after the next WELCOME; what was changed on another device is told.
/// Lives on from link to link.
///
/// The two do not meet in most cases. Where they do: a read mark only goes forward. A draft that the server still has
/// as this client knew it is replaced by ours; one that somebody else has changed replaces ours, unless ours was
/// changed without a connection, or may have been lost with one, and this is the client that the person has in hand.
class RoomMarks
{
public:
    struct Sink
    {
        std::function<void(const protocol::ClientCommand &)> send;
        std::function<void(Notice)> tell;
        /// As the server sees it.
        std::function<bool()> isInUse;
    };

    RoomMarks(TimeSource &time, Sink sink);

    /// Of this person, here.
    void markRead(const protocol::MarkRead &mark);
    void setDraft(const protocol::SetDraft &draft);

    /// The server's account of its rooms: on a new link, and on one that has taken over. Rooms not named are gone.
    void linkUp(const QList<protocol::RoomState> &rooms);
    void linkDown();
    void onJoined(const protocol::RoomState &room);
    void onLeft(const RoomId &room);
    // Of this person, elsewhere.
    void onReadMark(const protocol::ReadMark &mark);
    void onDraft(const protocol::Draft &draft);

private:
    struct Sent
    {
        size_t hash = 0; ///< of the text
        SteadyTime at;
    };
    struct Marks
    {
        quint64 readSeq = 0;
        QString draft{};
        bool wasChangedOffline = false; ///< the draft
        QList<Sent> known{}; ///< what the server may have by now if nobody else changes it, oldest first
    };

    void merge(const protocol::RoomState &room);
    /// Where the two drafts differ.
    bool isOursNewer(const Marks &marks, const QString &servers) const;
    void takeReadSeq(const RoomId &room, quint64 seq);
    void takeDraft(const RoomId &room, const QString &text);
    void send(const RoomId &room, Marks &marks);
    /// What the server had before something that has surely arrived by now.
    void forgetReplaced(Marks &marks) const;
    void sendReadMarks();

    TimeSource &m_time;
    Sink m_sink;
    QHash<RoomId, Marks> m_rooms;
    QSet<RoomId> m_unsentReadMarks;
    std::unique_ptr<Timer> m_pause; ///< between one batch of read marks and the next
    bool m_isUp = false;
};

} // namespace lanline::client
