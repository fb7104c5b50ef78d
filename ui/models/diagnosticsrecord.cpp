#include "ui/models/diagnosticsrecord.h"

#include "client/chatsession.h"

namespace lanline::ui {

using namespace std::chrono_literals;
using client::ChatSession;

namespace {

constexpr int mostDetailsPerSecond = 20;

} // namespace

DiagnosticsRecord::DiagnosticsRecord(QObject *parent)
    : QObject(parent)
{ }

DiagnosticsRecord::~DiagnosticsRecord() = default;

void DiagnosticsRecord::follow(ChatSession &session)
{
    m_session = &session;
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
        if (m_isActive && !trace.isDetailed)
            requestDetail(trace);
    }
    changeSoon();
}

void DiagnosticsRecord::requestDetail(const client::MessageTrace &trace)
{
    if (!m_session || trace.isDetailed)
        return;
    const SteadyTime now = m_time.now();
    if (now - m_askedSince >= 1s) {
        m_askedSince = now;
        m_asked = 0;
    }
    if (m_asked++ < mostDetailsPerSecond)
        m_session->requestTrace(trace.room, trace.seq);
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
