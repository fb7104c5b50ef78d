#pragma once

#include "client/clockoffset.h"
#include "client/values.h"

#include <functional>
#include <memory>
#include <optional>

namespace lanline::client {

/// Beats on one link, measures the round trips, and notices when the answers stay away.
class Heartbeat
{
public:
    struct Sink
    {
        std::function<void(const protocol::Heartbeat &)> beat;
        std::function<void(const RoundTrip &)> roundTripMeasured;
        /// The last beat has had no answer for a quarter of the interval.
        std::function<void()> unanswered;
        /// No ACK within 1.5 of the announced interval, or of what probe() asked for. The heartbeat has stopped.
        std::function<void()> missed;
        /// For how much of a time our own event loop stood still. What the server sent meanwhile lay unread, so the
        /// deadline moves by it.
        std::function<std::chrono::microseconds(SteadyTime begin, SteadyTime end)> stalledBetween;
    };

    Heartbeat(TimeSource &time, ClientId clientId, Sink sink);

    /// The first beat goes at once.
    void start();
    void stop();
    /// Announced by a beat at once while running. Clamped to what the protocol allows.
    void setInterval(std::chrono::milliseconds interval);
    std::chrono::milliseconds interval() const { return m_interval; }
    /// Beats at once, and waits for an answer no longer than this; while running.
    void probe(std::chrono::milliseconds within);

    /// `arrivedAt`: where its frame had to wait here; the network did not take that time.
    void onAck(const protocol::HeartbeatAck &ack, std::optional<SteadyTime> arrivedAt = std::nullopt);

private:
    void beat();
    void onDoubt();
    void expectAck(std::chrono::milliseconds within);
    void onDeadline();

    TimeSource &m_time;
    ClientId m_clientId;
    Sink m_sink;
    std::chrono::milliseconds m_interval;
    std::chrono::milliseconds m_patience{}; ///< from m_waitingSince on
    std::unique_ptr<Timer> m_beatTimer;
    std::unique_ptr<Timer> m_doubtTimer;
    std::unique_ptr<Timer> m_deadlineTimer;
    SteadyTime m_waitingSince;
    bool m_isDraining = false;
    /// When the beats left that have no answer yet, by our steady clock, in microseconds.
    QList<quint64> m_unanswered;
    ClockOffset m_offset;
};

} // namespace lanline::client
