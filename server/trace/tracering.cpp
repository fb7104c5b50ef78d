#include "server/trace/tracering.h"

#include <bit>

namespace lanline::server {

namespace {

size_t hashOf(const RoomId &room, quint64 seq)
{
    // Neighbours in one room come to neighbouring buckets, so that none collide.
    return qHash(room) + size_t(seq);
}

} // namespace

quint32 &TraceRing::bucketOf(const RoomId &room, quint64 seq)
{
    return m_buckets[hashOf(room, seq) & (m_buckets.size() - 1)];
}

TraceRecord &TraceRing::add(const RoomId &room, quint64 seq)
{
    if (m_buckets.empty()) {
        m_records.reserve(m_capacity);
        m_chain.resize(m_capacity);
        m_buckets.resize(std::bit_ceil(m_capacity) * 2);
    }
    const size_t place = m_next;
    if (place == m_records.size())
        m_records.emplace_back();
    else
        forget(quint32(place));
    m_next = (place + 1) % m_capacity;
    TraceRecord &record = m_records[place];
    record = {};
    record.room = room;
    record.seq = seq;
    m_chain[place] = std::exchange(bucketOf(room, seq), quint32(place) + 1);
    return record;
}

void TraceRing::forget(quint32 place)
{
    const TraceRecord &record = m_records[place];
    quint32 *link = &bucketOf(record.room, record.seq);
    while (*link != place + 1)
        link = &m_chain[*link - 1];
    *link = m_chain[place];
}

size_t TraceRing::countSince(SteadyTime begin) const
{
    size_t count = 0;
    for (; count < m_records.size(); ++count) {
        const TraceRecord &record = m_records[(m_next + m_records.size() - count - 1) % m_records.size()];
        if (record.written != SteadyTime{} && record.written < begin)
            break;
    }
    return count;
}

const TraceRecord *TraceRing::find(const RoomId &room, quint64 seq) const
{
    if (m_buckets.empty())
        return nullptr;
    quint32 place = m_buckets[hashOf(room, seq) & (m_buckets.size() - 1)];
    while (place != 0) {
        const TraceRecord &record = m_records[place - 1];
        if (record.seq == seq && record.room == room)
            return &record;
        place = m_chain[place - 1];
    }
    return nullptr;
}

} // namespace lanline::server
