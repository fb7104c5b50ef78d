#pragma once

#include "client/store/storevalues.h"

#include <functional>
#include <map>
#include <memory>

namespace lanline::client {

/// How far every room has been loaded, and the loading of what is missing: the newest page of a room that is new here,
/// the pages behind the cursor after an absence, the events of a hole, and what became of messages that were loaded
/// before a stretch that was left out. One request per room is in flight.
class CatchUp
{
public:
    /// Further behind than this, a room starts anew at its newest page.
    static constexpr quint64 farBehind = 1000;
    /// Messages asked for when a room starts anew, and when someone scrolls back.
    static constexpr quint32 pageSize = 200;

    struct Sink
    {
        std::function<void(const protocol::EventsGet &)> askEvents;
        std::function<void(const RoomId &)> askNewest;
        /// One of SaveRooms to SaveChanges.
        std::function<void(StoreTask)> store;
        std::function<void(const TimelineUpdate &)> timelineChanged;
        std::function<void()> progressed;
    };
    struct Counts
    {
        quint64 delivered = 0; ///< live
        quint64 replayed = 0; ///< in pages
        quint64 repeated = 0;
        quint64 missing = 0;
    };

    /// `random` gives a number from 0 up to, but not including, 1.
    CatchUp(TimeSource &time, std::function<double()> random, Sink sink);

    /// What this computer has; tells the newest page of each room. First of all, once.
    void restore(const QList<CachedRoom> &rooms);
    /// Load `room` from behind `afterSeq` on, however far that is, instead of its newest page or what is cached.
    void follow(const RoomId &room, quint64 afterSeq) { m_followed[room] = afterSeq; }
    const std::map<RoomId, quint64> &followed() const { return m_followed; }
    /// For HELLO: how far each room is stored here.
    QList<protocol::Cursor> cursors(int atMost) const;

    /// After WELCOME. Rooms that are not named are forgotten.
    void begin(const QList<protocol::RoomState> &rooms);
    void linkDown();
    /// Every room goes on behind what is here, on another link.
    void switchLink();
    /// What the server says of the rooms on that link.
    void confirm(const QList<protocol::RoomState> &rooms);
    /// After JOINED and LEFT.
    void add(const protocol::RoomState &state);
    void remove(const RoomId &room);

    void onEvents(const protocol::Events &page);
    void onNewest(const protocol::History &page);
    void onChanges(const protocol::Events &page);
    void onSaved(const EventsSaved &saved);
    /// The server answered a question for events or for the newest page with an ERROR.
    void onPageFailed(const RoomId &room, protocol::ErrorCode code);
    void onChangesFailed(const RoomId &room, protocol::ErrorCode code);

    /// Of the rooms named in WELCOME: all are live, how many messages were missing, and how many of them have come.
    bool isComplete() const;
    quint64 missing() const;
    quint64 loaded() const { return m_loaded; }
    /// Events that came in pages since WELCOME.
    quint64 replayed() const { return m_counts.replayed - m_replayedBefore; }
    const Counts &counts() const { return m_counts; }

private:
    enum class Stage : quint8 {
        Idle, ///< no link, or the server will not tell
        LoadingNewest,
        Pulling, ///< pages behind `newest`
        Saving, ///< the page that came last; then the next is asked for
        Live,
    };
    struct Room
    {
        Stage stage = Stage::Idle;
        bool isOfWelcome = false;
        bool hasEvents = false; ///< `newest` and its id are a cursor
        bool isFollowing = false; ///< follow() has been heeded
        bool isAskingChanges = false;
        quint64 newest = 0;
        MessageId newestId;
        quint64 first = 1; ///< oldest that the server keeps
        quint64 head = 0; ///< newest that the server told of
        quint64 missed = 0; ///< messages that were still to come when it began to pull
        quint64 changesAfter = 0;
        quint64 changesUntil = 0;
        std::unique_ptr<Timer> holeTimer;
    };

    /// Rooms that are not named are forgotten.
    void keepOnly(const QList<protocol::RoomState> &rooms);
    void start(const RoomId &id, Room &room, const protocol::RoomState &state);
    void startAnew(const RoomId &id, Room &room);
    void pull(const RoomId &id, Room &room);
    void becomeLive(const RoomId &id, Room &room);
    void askChanges(const RoomId &id, Room &room);
    void onLive(const protocol::Events &events, Room &room);
    void onPage(const protocol::Events &page, Room &room);
    QList<protocol::Event> append(const RoomId &id, Room &room, const QList<protocol::Event> &events, bool isCatchUp);
    void noteLeftOut(Room &room) const;

    TimeSource &m_time;
    std::function<double()> m_random;
    Sink m_sink;
    std::map<RoomId, Room> m_rooms;
    std::map<RoomId, quint64> m_followed;
    Counts m_counts;
    quint64 m_replayedBefore = 0;
    quint64 m_loaded = 0;
};

} // namespace lanline::client
