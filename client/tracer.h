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
    void onKept(const QList<MessageId> &messages);
    /// What SEND tells of it.
    protocol::SendTrace onLeaving(const MessageId &message);
    void onWritten(const MessageId &message);

    // The way in; `arrived` and `taken`: of the frame
    struct Arrival
    {
        SteadyTime arrived;
        SteadyTime taken;
    };
    void onStored(const protocol::Stored &stored, UserId self, const Arrival &arrival);
    void onEvents(const protocol::Events &events, const Arrival &arrival);

    /// All that has come since the last call, passed on to the face now.
    QList<TracePoints> take();
    std::optional<ServerClock> clock() const;

private:
    bool isOwn(const MessageId &message) const;
    TracePoints pointsOf(const Arrival &arrival) const;

    TimeSource &m_time;
    std::optional<RoundTrip> m_lastTrip;
    struct OnTheWay
    {
        SentPoints points;
        bool isKept = false;
        bool isWritten = false;
    };
    QHash<MessageId, OnTheWay> m_onTheWay;
    std::deque<MessageId> m_stored; ///< lately, of one's own: their events tell nothing new
    QList<TracePoints> m_come;
};

} // namespace lanline::client
