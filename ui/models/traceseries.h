#pragma once

#include "client/trace.h"
#include "ui/models/timerange.h"

#include <QHash>
#include <QList>

#include <deque>

namespace lanline::ui {

/// The figures of the messages of one range of time.
struct DeliverySummary
{
    using Duration = std::chrono::microseconds;

    quint64 count = 0; ///< messages
    Duration p50{};
    Duration p95{};
    Duration p99{}; ///< says little below TraceSeries::enoughForP99: show `max`
    Duration max{};
    WallTime maxAt; ///< when the slowest ended
    friend bool operator==(const DeliverySummary &, const DeliverySummary &) = default;
};

/// The traces of the last hour, at most `capacity` of them: memory is bounded however fast they come. Values only.
class TraceSeries
{
public:
    static constexpr std::chrono::minutes longest{60};
    static constexpr std::size_t capacity = 36'000;
    static constexpr quint64 enoughForP99 = 100;

    /// One that is here already, by room and seq, is replaced.
    void add(const client::MessageTrace &trace);

    /// In the order in which they ended.
    QList<client::MessageTrace> in(const TimeRange &range) const;
    /// The slowest first.
    QList<client::MessageTrace> slowest(const TimeRange &range, qsizetype atMost) const;
    const client::MessageTrace *find(const RoomId &room, quint64 seq) const;
    DeliverySummary summary(const TimeRange &range) const;

    bool isEmpty() const { return m_traces.empty(); }
    /// Rises with everything that is added.
    quint64 revision() const { return m_revision; }

private:
    struct Entry
    {
        client::MessageTrace trace;
        std::chrono::microseconds total{};
    };

    void dropFirst();
    template <class Visit>
    void visit(const TimeRange &range, const Visit &visit) const;

    std::deque<Entry> m_traces;
    quint64 m_first = 0; ///< number of the first in m_traces; they are numbered as they come
    QHash<std::pair<RoomId, quint64>, quint64> m_numbers;
    quint64 m_revision = 0;
};

} // namespace lanline::ui
