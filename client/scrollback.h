#pragma once

#include "client/commands.h"
#include "client/store/storevalues.h"

#include <functional>
#include <map>

namespace lanline::client {

/// Pages that someone has asked to see: from this computer's disk where it has them, else from the server. What came
/// from there is kept.
class Scrollback
{
public:
    /// Messages in one page.
    static constexpr quint32 pageSize = 200;

    struct Sink
    {
        std::function<void(const protocol::HistoryGet &)> askHistory;
        /// LoadPage and SavePage.
        std::function<void(StoreTask)> store;
        std::function<void(const TimelineUpdate &)> timelineChanged;
        std::function<void(const RoomId &, const QString &why)> failed;
    };

    explicit Scrollback(Sink sink)
        : m_sink(std::move(sink))
    { }

    /// A server's answer to HISTORY_GET can be had or not.
    void setUp(bool isUp) { m_isUp = isUp; }
    void setFirst(const RoomId &room, quint64 firstSeq) { m_rooms[room].first = firstSeq; }
    void forget(const RoomId &room) { m_rooms.erase(room); }
    /// What the timeline was told by others.
    void onTold(const TimelineUpdate &update);

    /// `beforeSeq` 0: before the oldest that was told. One at a time per room.
    void loadOlder(const LoadOlder &older);
    void loadNewer(const LoadNewer &newer);
    void loadNewest(const LoadNewest &newest);

    void onPage(const PageLoaded &page);
    void onHistory(const protocol::History &page);
    void onHistoryFailed(const RoomId &room);
    quint64 replayed() const { return m_replayed; }

private:
    struct Room
    {
        quint64 first = 1; ///< oldest that the server keeps
        quint64 oldest = 0; ///< that was told
        quint64 before = 0; ///< asked for; 0: nothing
        quint64 end = 0; ///< of what is to be told: `before`, unless pages without a message came
        int newerAsked = 0;
        int newestAsked = 0;
        QList<protocol::Event> changesMeanwhile; ///< edits and deletions told since older or newer pages were asked for
        QList<TimelineUpdate> toldMeanwhile; ///< since the newest page was asked for
    };

    /// A page may have been read before something happened that has been told since.
    static void applyChanges(Room &room, QList<protocol::Event> &events);
    void askOlder(const RoomId &id, Room &room, quint64 before);
    void tellOlder(const RoomId &id, Room &room, QList<protocol::Event> events, quint64 from);
    void onNewest(const PageLoaded &page, Room &room);

    Sink m_sink;
    bool m_isUp = false;
    std::map<RoomId, Room> m_rooms;
    quint64 m_replayed = 0;
};

} // namespace lanline::client
