#include "client/tracebook.h"

namespace lanline::client {

using namespace std::chrono_literals;

namespace {

constexpr auto tellInterval = 100ms;
constexpr qsizetype mostStalls = 256;

} // namespace

TraceBook::TraceBook(TimeSource &time, Told told)
    : m_time(time)
    , m_told(std::move(told))
    , m_timer(time.makeTimer([this] { tell(); }))
{ }

TraceBook::Entry *TraceBook::find(const RoomId &room, quint64 seq)
{
    const auto number = m_numbers.constFind({room, seq});
    return number == m_numbers.constEnd() ? nullptr : &m_entries.at(*number - m_first);
}

void TraceBook::assemble(Entry &entry)
{
    const WallTime wallAt = entry.trace.wallAt;
    entry.trace = client::assemble(entry.draft);
    entry.trace.wallAt = wallAt;
    noteStalls(entry.trace, m_stalls);
    entry.isDue = true;
}

void TraceBook::onShown(const QList<TracePoints> &points)
{
    const SteadyTime now = m_time.now();
    const WallTime wallNow = m_time.wallNow();
    for (const TracePoints &one : points) {
        if (Entry *known = find(one.room, one.seq)) {
            addEcho(*known, one);
            continue;
        }
        // The echo of one that has been forgotten.
        if (one.isEcho)
            continue;
        m_numbers.insert({one.room, one.seq}, m_first + m_entries.size());
        m_entries.push_back({{one, now, {}, {}, {}}, {}});
        m_entries.back().trace.wallAt = wallNow;
        assemble(m_entries.back());
    }
    forgetOld();
    tellSoon();
}

void TraceBook::addEcho(Entry &entry, const TracePoints &echo)
{
    if (!echo.isEcho || !entry.draft.points.own || entry.draft.echo)
        return;
    entry.draft.echo = echo;
    assemble(entry);
}

void TraceBook::onPainted(const RoomId &room, const QList<quint64> &seqs)
{
    const SteadyTime now = m_time.now();
    for (const quint64 seq : seqs) {
        Entry *entry = find(room, seq);
        // What was told as unseen stays so: it was painted when somebody scrolled there.
        if (!entry || entry->isTold || entry->draft.painted || entry->draft.points.own)
            continue;
        entry->draft.painted = now;
        assemble(*entry);
    }
}

void TraceBook::onAccount(const protocol::Trace &account)
{
    Entry *entry = find(account.room, account.seq);
    if (!entry)
        return;
    entry->draft.account = account;
    assemble(*entry);
    tellSoon();
}

void TraceBook::onStalls(const QList<ThreadStall> &stalls)
{
    if (stalls.isEmpty())
        return;
    m_stalls += stalls;
    if (m_stalls.size() > mostStalls)
        m_stalls.remove(0, m_stalls.size() - mostStalls);
    const SteadyTime since = m_time.now() - stallsAmendFor;
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend() && entry->trace.endedAt >= since; ++entry) {
        if (noteStalls(entry->trace, m_stalls))
            entry->isDue = true;
    }
    tellSoon();
}

void TraceBook::tellSoon()
{
    if (!m_timer->isActive())
        m_timer->start(tellInterval);
}

void TraceBook::tell()
{
    const SteadyTime now = m_time.now();
    QList<MessageTrace> told;
    bool isAnyLeft = false;
    for (Entry &entry : m_entries) {
        if (!entry.isDue)
            continue;
        const bool mayBePainted = !entry.isTold && !entry.draft.points.own && !entry.draft.painted;
        if (mayBePainted && now - entry.draft.shown < paintPatience) {
            isAnyLeft = true;
            continue;
        }
        entry.isDue = false;
        entry.isTold = true;
        told.append(entry.trace);
    }
    if (isAnyLeft)
        tellSoon();
    if (!told.isEmpty())
        m_told(told);
}

void TraceBook::forgetOld()
{
    QList<MessageTrace> untold;
    while (m_entries.size() > kept) {
        if (m_entries.front().isDue)
            untold.append(m_entries.front().trace);
        const TracePoints &points = m_entries.front().draft.points;
        m_numbers.remove({points.room, points.seq});
        m_entries.pop_front();
        ++m_first;
    }
    if (!untold.isEmpty())
        m_told(untold);
}

} // namespace lanline::client
