#include "ui/models/diagnosticsrecord.h"

#include "client/chatsession.h"
#include "ui/models/recordfile.h"

#include <utility>

namespace lanline::ui {

using namespace std::chrono_literals;
using client::ChatSession;

namespace {

// Of what is asked for unasked.
constexpr int mostDetailsPerSecond = 20;
constexpr auto slowOwn = 20ms;
/// A trace is told up to so long after its message is in the window.
constexpr auto untoldFor = 1s;

/// What makes the series again when it is added in this order.
QList<client::LinkEvent> eventsOf(const LatencySeries &links, SteadyTime now)
{
    using Kind = client::LinkEvent::Kind;
    const auto window = LatencySeries::longestWindow;
    QList<client::LinkEvent> events;
    // Its mark is forgotten, and it lasts.
    for (const LatencySeries::Gap &gap : links.gaps(now, window)) {
        if (gap.from <= now - window)
            events.append({Kind::Lost, gap.from, gap.wallFrom});
    }
    bool hadStandby = false;
    for (const client::LinkEvent &mark : links.marks(now, window)) {
        if (mark.kind == Kind::Connected || mark.kind == Kind::Reconnected)
            hadStandby = false;
        // The first of a connection is no mark, and was not kept: the second becomes one only behind it.
        else if (mark.kind == Kind::StandbyReady && !std::exchange(hadStandby, true))
            events.append(mark);
        events.append(mark);
    }
    const LatencySeries::Lanes lanes = links.lanes(now, window);
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        for (const LatencySeries::LaneSpan &span : lanes.at(lane)) {
            client::LinkEvent change{Kind::LaneChanged, span.from, span.wallFrom};
            change.lane = int(lane);
            change.laneState = span.state;
            events.append(change);
            if (span.to) {
                change.at = *span.to;
                change.laneState = client::LaneState::Empty;
                events.append(change);
            }
        }
    }
    return events;
}

} // namespace

DiagnosticsRecord::DiagnosticsRecord(QObject *parent)
    : QObject(parent)
{ }

DiagnosticsRecord::~DiagnosticsRecord() = default;

void DiagnosticsRecord::follow(ChatSession &session)
{
    m_session = &session;
    m_followsSince = m_time.wallNow();
    m_state = session.state();
    m_watch.emplace(session);
    m_ledgers = m_watch->account();
    connect(&*m_watch, &LedgerWatch::changed, this, [this] {
        m_ledgers = m_watch->account();
        changeSoon();
    });
    connect(&session, &ChatSession::stateChanged, this, [this](const client::ConnectionState &state) {
        m_state = state;
        changeSoon();
    });
    connect(&session, &ChatSession::roundTripMeasured, this, [this](const client::RoundTrip &roundTrip) {
        m_links.add(roundTrip);
        changeSoon();
    });
    connect(&session, &ChatSession::linkEventHappened, this, [this](const client::LinkEvent &event) {
        m_links.add(event);
        changeSoon();
    });
    connect(&session, &ChatSession::threadsMeasured, this, [this](const client::ThreadReport &report) {
        m_threads.add(report);
        changeSoon();
    });
    connect(&session, &ChatSession::messagesTraced, this, &DiagnosticsRecord::onTraced);
    connect(&session, &ChatSession::roomsReset, this,
        [this](const QList<protocol::RoomState> &rooms) { m_labels.setRooms(rooms); });
    connect(&session, &ChatSession::roomJoined, this,
        [this](const protocol::RoomState &room) { m_labels.setRooms({room}); });
    connect(&session, &ChatSession::timelineChanged, this,
        [this](const client::TimelineUpdate &update) { m_labels.add(update); });
    connect(&session, &ChatSession::outboxChanged, this,
        [this](const QList<client::OutboxItem> &items) { m_labels.add(items, m_state.self); });
}

void DiagnosticsRecord::setActive(bool isActive)
{
    m_isActive = isActive;
    if (m_watch)
        m_watch->setActive(isActive);
}

SteadyTime DiagnosticsRecord::now() const
{
    return m_saved ? m_saved->now : m_time.now();
}

WallTime DiagnosticsRecord::wallOf(SteadyTime time) const
{
    const WallTime wallNow = m_saved ? m_saved->wallNow : m_time.wallNow();
    return wallNow - std::chrono::duration_cast<std::chrono::milliseconds>(now() - time);
}

void DiagnosticsRecord::onTraced(const QList<client::MessageTrace> &traces)
{
    for (const client::MessageTrace &trace : traces) {
        m_traces.add(trace);
        // One's own tell by themselves which end was slow.
        const bool isWanted = !trace.isDetailed && (!trace.isOwn || trace.total() >= slowOwn);
        if (m_isActive && isWanted && mayAsk())
            requestDetail(trace);
    }
    changeSoon();
}

bool DiagnosticsRecord::mayAsk()
{
    const SteadyTime now = m_time.now();
    if (now - m_askedSince >= 1s) {
        m_askedSince = now;
        m_asked = 0;
    }
    return m_asked++ < mostDetailsPerSecond;
}

QString DiagnosticsRecord::whyUntraced(const RoomId &room, const TimelineEntry &message) const
{
    const client::MessageTrace *trace = m_traces.find(room, message.seq);
    // A server that has lost its history counts anew: the same place, another message.
    if (trace && trace->messageId == message.messageId)
        return {};
    const WallTime wallNow = wallOf(now());
    if (message.time < wallNow - TraceSeries::longest)
        return tr("it is over an hour old");
    if (message.time < m_followsSince)
        return tr("it came before Lanline was opened");
    if (message.time > wallNow - untoldFor)
        return {};
    return tr("it was not followed on its way");
}

void DiagnosticsRecord::requestDetail(const client::MessageTrace &trace)
{
    if (m_session && !trace.isDetailed)
        m_session->requestTrace(trace.room, trace.seq);
}

QByteArray DiagnosticsRecord::save(Texts texts) const
{
    RecordContent content;
    content.now = now();
    content.wallNow = wallOf(content.now);
    content.state = m_state;
    content.ledgers = m_ledgers;
    for (const LatencySeries::Sample &sample : m_links.samples(content.now, LatencySeries::longestWindow)) {
        client::RoundTrip trip;
        trip.at = sample.at;
        trip.rtt = sample.rtt;
        trip.lane = sample.lane;
        content.roundTrips.append(trip);
    }
    content.events = eventsOf(m_links, content.now);
    const TimeRange everything{content.now - TraceSeries::longest, content.now};
    content.traces = m_traces.in(everything);
    for (const client::MessageTrace &trace : std::as_const(content.traces)) {
        MessageLabel label = labelOf(trace);
        if (texts == Texts::LeftOut)
            label.preview.clear();
        content.labels.insert(trace.messageId, label);
    }
    for (const ThreadKind thread : allThreads)
        content.threads.samples += m_threads.samples(thread, everything);
    content.threads.stalls = m_threads.stalls(everything);
    return writeRecord(content);
}

std::optional<QString> DiagnosticsRecord::load(const QByteArray &file)
{
    Q_ASSERT(!m_session && m_traces.isEmpty());
    const auto content = readRecord(file);
    if (!content)
        return content.error();
    m_saved = Moment{content->now, content->wallNow};
    m_state = content->state;
    m_ledgers = content->ledgers;
    for (const client::RoundTrip &trip : content->roundTrips)
        m_links.add(trip);
    for (const client::LinkEvent &event : content->events)
        m_links.add(event);
    for (const client::MessageTrace &trace : content->traces)
        m_traces.add(trace);
    for (auto label = content->labels.cbegin(); label != content->labels.cend(); ++label)
        m_labels.set(label.key(), label.value());
    m_threads.add(content->threads);
    changeSoon();
    return {};
}

void DiagnosticsRecord::changeSoon()
{
    if (std::exchange(m_isChangeDue, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isChangeDue = false;
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

} // namespace lanline::ui
