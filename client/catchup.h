#pragma once

#include "client/values.h"

#include <functional>
#include <map>
#include <memory>

namespace lanline::client {

/// How far every room has been loaded, and the loading of what is missing: the newest page of a room that is new here,
/// the pages behind the cursor after an absence, and the events of a hole. One request per room is in flight.
class CatchUp
{
public:
    /// Further behind than this, a room starts anew at its newest page.
    static constexpr quint64 farBehind = 1000;
    /// Events asked for when a room starts anew, and when someone scrolls back.
    static constexpr quint32 pageSize = 200;

    struct Sink
    {
        std::function<void(const RoomId &, quint64 afterSeq)> askEvents;
        std::function<void(const RoomId &)> askNewest;
        std::function<void(const RoomId &, quint64 beforeSeq)> askOlder;
        std::function<void(const TimelineUpdate &)> timelineChanged;
        std::function<void()> progressed;
    };

    /// `random` gives a number from 0 up to, but not including, 1.
    CatchUp(TimeSource &time, std::function<double()> random, Sink sink);

    /// Load `room` from behind `afterSeq` on, however far that is, instead of its newest page.
    void follow(const RoomId &room, quint64 afterSeq) { m_followed[room] = afterSeq; }
    const std::map<RoomId, quint64> &followed() const { return m_followed; }
    /// For HELLO: how far each room is stored here.
    QList<protocol::Cursor> cursors(int atMost) const;

    /// After WELCOME. Rooms that are not named are forgotten.
    void begin(const QList<protocol::RoomState> &rooms);
    void linkDown();
    /// After JOINED and LEFT.
    void add(const protocol::RoomState &state);
    void remove(const RoomId &room) { m_rooms.erase(room); }

    void onEvents(const protocol::Events &page);
    void onNewest(const protocol::History &page);
    void onOlder(const protocol::History &page);
    /// The server answered a question for events or for the newest page with an ERROR: the room is left as it is.
    void onPageFailed(const RoomId &room);
    void onOlderFailed(const RoomId &room);
    /// False when the room is not known here, or is still loading its first page.
    bool loadOlder(const RoomId &room);

    /// Of the rooms named in WELCOME: all are live, how many events were missing, and how many of them have come.
    bool isComplete() const;
    quint64 missing() const;
    quint64 loaded() const { return m_loaded; }

private:
    enum class Stage : quint8 {
        Idle, ///< no link, or the server will not tell
        LoadingNewest,
        Pulling, ///< pages behind `newest`
        Live,
    };
    struct Room
    {
        Stage stage = Stage::Idle;
        bool isOfWelcome = false;
        bool hasEvents = false; ///< `oldest` and `newest` stand for a range that was told
        bool isAskingOlder = false;
        quint64 oldest = 0;
        quint64 newest = 0;
        MessageId newestId;
        quint64 first = 1; ///< oldest that the server keeps
        quint64 head = 0; ///< newest that the server told of
        std::unique_ptr<Timer> holeTimer;
    };

    void start(const RoomId &id, Room &room, const protocol::RoomState &state);
    void startAnew(const RoomId &id, Room &room);
    void pull(const RoomId &id, Room &room);
    void onLive(const protocol::Events &events, Room &room);
    void onPage(const protocol::Events &page, Room &room);
    void append(const RoomId &id, Room &room, const QList<protocol::Event> &events, bool isCatchUp);
    static void extend(Room &room, const QList<protocol::Event> &events);

    TimeSource &m_time;
    std::function<double()> m_random;
    Sink m_sink;
    std::map<RoomId, Room> m_rooms;
    std::map<RoomId, quint64> m_followed;
    quint64 m_loaded = 0;
};

} // namespace lanline::client
