#pragma once

#include "client/tracepoints.h"
#include "client/values.h"

#include <QHash>
#include <QList>

#include <deque>
#include <optional>

namespace lanline::client {

/// Notes when a message passed which point in the network thread, from the outbox to the socket and from the socket to
/// the face. Bounded: of what is on its way out `mostOnTheWay` are followed.
class Tracer
{
public:
    static constexpr qsizetype mostOnTheWay = 1024;

    explicit Tracer(TimeSource &time)
        : m_time(time)
    { }

    /// By the primary's heartbeat.
    void onRoundTrip(const RoundTrip &trip);
    /// Another link, or none: what is on its way is not followed any more, nor what the old server's clock was.
    void onLinkChanged();

    // The way out
    void onAccepted(const OutboxItem &item);
    /// It is about to be marked as sent, on this computer's disk.
    void onMarking(const QList<OutboxItem> &items);
    void onKept(const QList<MessageId> &messages);
    /// What SEND tells of it.
    protocol::SendTrace onLeaving(const MessageId &message);
    /// The socket has been given all that left since the last call.
    void onWritten();
    /// Refused for good, or taken back.
    void onGone(const MessageId &message);

    // The way in
    struct Arrival
    {
        SteadyTime arrived; ///< the frame
        SteadyTime taken;
    };
    void onStored(const protocol::Stored &stored, UserId self, const Arrival &arrival);
    /// Live events that the face will see; `sentAt`: as in their EVENTS.
    void onLive(const RoomId &room, const QList<protocol::Event> &events, UserId self, protocol::Ticks sentAt,
        const Arrival &arrival);

    /// All that has come since the last call, passed on to the face now.
    QList<TracePoints> take();
    std::optional<ServerClock> clock() const;
    /// How many are followed on their way out.
    qsizetype onTheWay() const { return m_onTheWay.size(); }

private:
    TracePoints pointsOf(const Arrival &arrival) const;

    TimeSource &m_time;
    std::optional<RoundTrip> m_lastTrip;
    struct OnTheWay
    {
        SentPoints points;
        std::optional<SteadyTime> markedSince;
        bool isKept = false;
        bool isWritten = false;
    };
    QHash<MessageId, OnTheWay> m_onTheWay;
    QList<MessageId> m_leaving; ///< given to the socket, and not known to be written
    std::deque<MessageId> m_stored; ///< lately, of one's own: their events are echoes
    QList<TracePoints> m_come;
};

} // namespace lanline::client
