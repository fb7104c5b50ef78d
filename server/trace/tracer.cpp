#include "server/trace/tracer.h"

namespace lanline::server {

namespace {

quint64 microseconds(SteadyTime time)
{
    return quint64(std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count());
}

} // namespace

void Tracer::fill(protocol::Stored &stored, const Stamps &stamps) const
{
    if (!stamps.isTraced())
        return;
    stored.store = protocol::ticksOf(stamps.committed - stamps.read);
    stored.told = protocol::ticksOf(m_told - stamps.committed);
}

SteadyTime Tracer::onPublish(const RoomId &room, QList<protocol::Event> &events, const QList<Stamps> &stamps)
{
    SteadyTime now{};
    for (qsizetype i = 0; i < events.size(); ++i) {
        const Stamps &known = stamps.at(i);
        if (!known.isTraced())
            continue;
        if (now == SteadyTime{})
            now = m_time.now();
        protocol::Event &event = events[i];
        event.trace = {known.sender.total, protocol::ticksOf(known.committed - known.read),
            protocol::ticksOf(now - known.committed)};
        TraceRecord &record = m_ring.add(room, event.seq);
        record.stamps = known;
        record.told = m_told;
        record.fannedOut = now;
        ++m_unwritten;
    }
    return now;
}

void Tracer::onTurnEnd()
{
    if (m_unwritten == 0)
        return;
    const SteadyTime now = m_time.now();
    m_ring.changeNewest(std::exchange(m_unwritten, 0), [this, now](TraceRecord &record) {
        record.written = now;
        if (m_times) {
            m_times->readToStored.record(ceil<Histogram::Duration>(record.stamps.committed - record.stamps.read));
            m_times->storedToWritten.record(ceil<Histogram::Duration>(now - record.stamps.committed));
        }
    });
}

protocol::Trace Tracer::traceOf(const protocol::TraceGet &get) const
{
    protocol::Trace trace{.requestId = get.requestId, .room = get.room, .seq = get.seq};
    const TraceRecord *record = m_ring.find(get.room, get.seq);
    if (!record)
        return trace;
    trace.sender = record->stamps.sender;
    trace.readUs = microseconds(record->stamps.read);
    trace.routedUs = microseconds(record->stamps.routed);
    trace.begunUs = microseconds(record->stamps.begun);
    trace.committedUs = microseconds(record->stamps.committed);
    trace.toldUs = microseconds(record->told);
    trace.fannedOutUs = microseconds(record->fannedOut);
    trace.writtenUs = microseconds(record->written);
    return trace;
}

} // namespace lanline::server
