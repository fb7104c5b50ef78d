#pragma once

#include "core/id.h"
#include "server/trace/stamps.h"

#include <span>
#include <vector>

namespace lanline::server {

/// Where one message has been inside the server; zero as in Stamps.
struct TraceRecord
{
    RoomId room;
    quint64 seq = 0;
    Stamps stamps;
    SteadyTime told{}; ///< the server's thread heard of it
    SteadyTime fannedOut{}; ///< the event was made for everyone
    SteadyTime written{}; ///< it was given to everyone's socket
};

/// The newest messages' records, by room and seq. Its memory is fixed, and taken with the first record; a new one takes
/// the place of the oldest. Everything is O(1).
class TraceRing
{
public:
    explicit TraceRing(size_t capacity)
        : m_capacity(capacity)
    { }

    /// Valid until the next call.
    TraceRecord &add(const RoomId &room, quint64 seq);
    /// Null: it is not there any more, or never was.
    const TraceRecord *find(const RoomId &room, quint64 seq) const;
    /// How many of the newest ones were still inside the server at `begin`.
    size_t countSince(SteadyTime begin) const;
    /// The newest ones, as far as they are there; in one piece or, around the ring's end, in two.
    template <class Change>
    void changeNewest(size_t count, Change change)
    {
        for (size_t i = qMin(count, m_records.size()); i > 0; --i)
            change(m_records[(m_next + m_records.size() - i) % m_records.size()]);
    }

private:
    quint32 &bucketOf(const RoomId &room, quint64 seq);
    void forget(quint32 place);

    const size_t m_capacity;
    size_t m_next = 0; ///< place of the next record
    std::vector<TraceRecord> m_records;
    std::vector<quint32> m_buckets; ///< by hash: the first record's place, plus 1
    std::vector<quint32> m_chain; ///< by place: the next one of the same bucket, likewise
};

} // namespace lanline::server
