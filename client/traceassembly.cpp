#include "client/traceassembly.h"

#include <algorithm>

namespace lanline::client {

using namespace std::chrono_literals;
using protocol::Ticks;
using std::chrono::microseconds;

namespace {

microseconds between(SteadyTime from, SteadyTime to)
{
    return std::max(std::chrono::duration_cast<microseconds>(to - from), 0us);
}

/// Cuts the time from one point to another into pieces that are whole microseconds, none of them negative, and together
/// exactly the whole: whatever the stamps between say.
class Ruler
{
public:
    Ruler(SteadyTime begin, SteadyTime end)
        : m_begin(begin)
        , m_whole(between(begin, end))
    { }
    /// From where the last piece ended.
    microseconds upTo(SteadyTime point)
    {
        const microseconds reached = std::clamp(between(m_begin, point), m_reached, m_whole);
        return reached - std::exchange(m_reached, reached);
    }

private:
    SteadyTime m_begin;
    microseconds m_whole;
    microseconds m_reached{};
};

microseconds lengthOf(Ticks ticks)
{
    return std::chrono::duration_cast<microseconds>(ticks);
}

microseconds between(quint64 fromUs, quint64 toUs)
{
    return microseconds(toUs > fromUs ? qint64(toUs - fromUs) : 0);
}

SteadyTime serverTime(quint64 us)
{
    return SteadyTime(microseconds(qint64(us)));
}

/// Legs in their order.
class Legs
{
public:
    void add(Hop hop, Family family, microseconds duration, microseconds error = 0us)
    {
        m_legs.append({hop, family, std::max(duration, 0us), 0us, error});
    }
    QList<Leg> take() { return std::move(m_legs); }

private:
    QList<Leg> m_legs;
};

bool isAccountOf(const protocol::Trace &account)
{
    return account.readUs > 0 && account.routedUs >= account.readUs && account.begunUs >= account.routedUs
        && account.committedUs >= account.begunUs;
}

/// Read until on the disk: `whole` of it, in as many parts as are known.
void addStore(Legs &legs, microseconds whole, const std::optional<protocol::Trace> &account)
{
    if (!account || !isAccountOf(*account)) {
        legs.add(Hop::Stored, Family::Io, whole);
        return;
    }
    // The account is finer than ticks; the sum stays that of the whole.
    const microseconds routed = std::min(between(account->readUs, account->routedUs), whole);
    const microseconds queued = std::min(between(account->routedUs, account->begunUs), whole - routed);
    legs.add(Hop::Routed, Family::Threads, routed);
    legs.add(Hop::QueuedForDisk, Family::Io, queued);
    legs.add(Hop::Stored, Family::Io, whole - routed - queued);
}

/// On the disk until the answer left, as far as is known: that is at the end of a turn, behind the event for everyone.
microseconds toldAfter(const TraceDraft &draft)
{
    const microseconds told = lengthOf(draft.points.told);
    if (!draft.account || !isAccountOf(*draft.account))
        return told;
    return std::max(told, between(draft.account->committedUs, draft.account->fannedOutUs));
}

/// By the server's clock, when it had read the message; none: nobody has told yet.
std::optional<SteadyTime> readByServer(const TraceDraft &draft)
{
    if (draft.account && isAccountOf(*draft.account))
        return serverTime(draft.account->readUs);
    if (!draft.echo || draft.echo->sentAt.count() == 0 || !draft.points.clock)
        return std::nullopt;
    const SteadyTime left = protocol::timeOf(draft.echo->sentAt, draft.echo->arrived + draft.points.clock->offset);
    return left - draft.echo->told - draft.echo->store;
}

/// What was on the network, there and back, and how much of it on the way there.
struct RoundTripParts
{
    microseconds up{};
    microseconds down{};
    microseconds error{}; ///< of both: what one has too much, the other has too little
};

RoundTripParts splitNetwork(microseconds network, const TraceDraft &draft)
{
    const auto read = readByServer(draft);
    if (!read || !draft.points.clock) {
        const microseconds half = network / 2;
        return {half, network - half, network - half};
    }
    const SteadyTime byOurClock = *read - draft.points.clock->offset;
    const microseconds up = std::min(between(draft.points.own->written, byOurClock), network);
    const microseconds down = network - up;
    return {up, down, std::min(draft.points.clock->error, std::max(up, down))};
}

void addOwn(Legs &legs, Ruler &ruler, const TraceDraft &draft)
{
    const TracePoints &points = draft.points;
    const SentPoints &own = *points.own;
    legs.add(Hop::Composed, Family::Threads, ruler.upTo(own.composed) + ruler.upTo(own.accepted));
    const microseconds kept = ruler.upTo(own.kept);
    const microseconds waited = ruler.upTo(own.left);
    const microseconds marked = std::min(own.marked, waited);
    legs.add(Hop::Kept, Family::Io, kept + marked);
    legs.add(Hop::Queued, Family::BackPressure, waited - marked);
    legs.add(Hop::Encoded, Family::Threads, ruler.upTo(own.written));

    const microseconds outside = ruler.upTo(points.arrived);
    const microseconds store = std::min(lengthOf(points.store), outside);
    const microseconds told = std::min(toldAfter(draft), outside - store);
    const RoundTripParts network = splitNetwork(outside - store - told, draft);
    legs.add(Hop::Uplink, Family::Network, network.up, network.error);
    addStore(legs, store, draft.account);
    legs.add(Hop::FannedOut, Family::Threads, told);
    legs.add(Hop::Downlink, Family::Network, network.down, network.error);
}

void addSender(Legs &legs, const TraceDraft &draft)
{
    const auto &account = draft.account;
    if (!account || !isAccountOf(*account) || account->sender.total.count() == 0) {
        legs.add(Hop::Sender, Family::Threads, lengthOf(draft.points.sender));
        return;
    }
    const protocol::SendTrace &sender = account->sender;
    const microseconds total = lengthOf(sender.total);
    const microseconds disk = std::min(lengthOf(sender.disk), total);
    const microseconds held = std::min(lengthOf(sender.held), total - disk);
    legs.add(Hop::Composed, Family::Threads, total - disk - held);
    legs.add(Hop::Kept, Family::Io, disk);
    legs.add(Hop::Queued, Family::BackPressure, held);
    if (sender.sentAt.count() == 0)
        return;
    const SteadyTime read = serverTime(account->readUs);
    const microseconds up = between(protocol::timeOf(sender.sentAt, read), read);
    // How well the sender knows the server's clock is not told: no better than a leg of nothing would be.
    legs.add(Hop::Uplink, Family::Network, up, up);
}

void addOthers(Legs &legs, const TraceDraft &draft)
{
    const TracePoints &points = draft.points;
    addSender(legs, draft);
    addStore(legs, lengthOf(points.store), draft.account);
    legs.add(Hop::FannedOut, Family::Threads, lengthOf(points.told));
    if (!points.clock)
        return;
    const SteadyTime near = points.arrived + points.clock->offset;
    SteadyTime left = protocol::timeOf(points.sentAt, near);
    if (draft.account && draft.account->writtenUs > draft.account->fannedOutUs && draft.account->fannedOutUs > 0) {
        const microseconds written = between(draft.account->fannedOutUs, draft.account->writtenUs);
        legs.add(Hop::Written, Family::Threads, written);
        left += written;
    }
    legs.add(Hop::Downlink, Family::Network, between(left, near), points.clock->error);
}

/// The threads that a leg waits for; a disk's time is a disk's, whatever its thread does.
bool passes(Hop hop, ThreadKind thread)
{
    switch (hop) {
    // The disk has its own thread, but its answer is read by the network's.
    case Hop::Composed:
    case Hop::Kept:
    case Hop::Queued:
    case Hop::Encoded:
    case Hop::Held:
    case Hop::Decoded:
        return thread == ThreadKind::Network;
    case Hop::Uplink:
    case Hop::Routed:
    case Hop::FannedOut:
    case Hop::Written:
        return thread == ThreadKind::Server;
    case Hop::Downlink:
        return thread == ThreadKind::Server || thread == ThreadKind::Network;
    case Hop::Shown:
    case Hop::Painted:
        return thread == ThreadKind::Gui;
    default:
        return false;
    }
}

/// How much of the time from `from` to `to` is covered by stalls that `hop` waits for, each moment counted once.
microseconds coveredBy(const QList<ThreadStall> &stalls, Hop hop, SteadyTime from, SteadyTime to)
{
    QList<std::pair<SteadyTime, SteadyTime>> parts;
    for (const ThreadStall &stall : stalls) {
        const SteadyTime begin = std::max(stall.begin, from);
        const SteadyTime end = std::min(stall.begin + stall.duration, to);
        if (begin < end && passes(hop, stall.thread))
            parts.append({begin, end});
    }
    std::sort(parts.begin(), parts.end());
    microseconds covered{};
    SteadyTime reached = from;
    for (const auto &[begin, end] : std::as_const(parts)) {
        if (end <= reached)
            continue;
        covered += between(std::max(begin, reached), end);
        reached = end;
    }
    return covered;
}

} // namespace

MessageTrace assemble(const TraceDraft &draft)
{
    const TracePoints &points = draft.points;
    MessageTrace trace;
    trace.room = points.room;
    trace.seq = points.seq;
    trace.messageId = points.messageId;
    trace.author = points.author;
    trace.isOwn = points.own.has_value();
    trace.isDetailed = draft.account && isAccountOf(*draft.account);
    trace.roundTrip = points.roundTrip;

    // One's own ends in the model, another's on the screen where somebody sees it.
    trace.endedAt = draft.shown;
    if (draft.painted && !trace.isOwn)
        trace.endedAt = std::max(draft.shown, *draft.painted);
    const SteadyTime begin = trace.isOwn ? points.own->composed : points.arrived;
    trace.endedAt = std::max(trace.endedAt, begin);

    Legs legs;
    Ruler ruler(begin, trace.endedAt);
    if (trace.isOwn)
        addOwn(legs, ruler, draft);
    else
        addOthers(legs, draft);
    legs.add(Hop::Held, Family::BackPressure, ruler.upTo(points.taken));
    legs.add(Hop::Decoded, Family::Threads, ruler.upTo(points.passedOn));
    legs.add(Hop::Shown, Family::Threads, ruler.upTo(draft.shown));
    if (draft.painted && !trace.isOwn)
        legs.add(Hop::Painted, Family::Threads, ruler.upTo(*draft.painted));
    trace.legs = legs.take();
    return trace;
}

SteadyTime beginOf(const MessageTrace &trace)
{
    return trace.endedAt - trace.total();
}

bool noteStalls(MessageTrace &trace, const QList<ThreadStall> &stalls)
{
    bool hasChanged = false;
    SteadyTime from = beginOf(trace);
    for (Leg &leg : trace.legs) {
        const SteadyTime to = from + leg.duration;
        const microseconds stalled = coveredBy(stalls, leg.hop, from, to);
        hasChanged = hasChanged || stalled != leg.stalled;
        leg.stalled = stalled;
        from = to;
    }
    return hasChanged;
}

} // namespace lanline::client
