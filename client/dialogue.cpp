#include "client/dialogue.h"

namespace lanline::client {

using namespace Qt::Literals::StringLiterals;

Dialogue::Dialogue(TimeSource &time, std::function<double()> random, Sink sink)
    : m_sink(std::move(sink))
    , m_catchUp(time, std::move(random), catchUpSink())
    , m_scrollback(scrollbackSink())
    , m_outbox(time, outboxSink())
    , m_marks(time, marksSink())
    , m_tracer(time)
{ }

CatchUp::Sink Dialogue::catchUpSink()
{
    CatchUp::Sink sink;
    sink.askEvents = [this](const protocol::EventsGet &get) {
        ask(get, {get.targetsUntil > 0 ? Request::Kind::ChangesPage : Request::Kind::EventsPage, get.room});
    };
    sink.askNewest = [this](const RoomId &room) {
        ask(protocol::HistoryGet{0, room, 0, CatchUp::pageSize}, {Request::Kind::NewestPage, room});
    };
    sink.store = [this](StoreTask task) { m_sink.store(std::move(task)); };
    sink.timelineChanged = [this](const TimelineUpdate &update) {
        m_scrollback.onTold(update);
        if (update.kind == TimelineUpdate::Kind::Append && !update.isCatchUp)
            m_tracer.onLive(update.room, update.events, m_self, m_liveSentAt, m_arrival);
        m_sink.tell(update);
    };
    sink.progressed = [this] { m_sink.progressed(); };
    return sink;
}

Scrollback::Sink Dialogue::scrollbackSink()
{
    Scrollback::Sink sink;
    sink.askHistory = [this](const protocol::HistoryGet &get) { ask(get, {Request::Kind::OlderPage, get.room}); };
    sink.store = [this](StoreTask task) { m_sink.store(std::move(task)); };
    sink.timelineChanged = [this](const TimelineUpdate &update) { m_sink.tell(update); };
    sink.failed = [this](const RoomId &room, const QString &why) {
        m_sink.tell(RequestFailure{protocol::ErrorCode::Unspecified, room, why});
    };
    return sink;
}

Outbox::Sink Dialogue::outboxSink()
{
    return {
        [this](protocol::Send send) {
            send.trace = m_tracer.onLeaving(send.messageId);
            m_sink.send(send);
        },
        [this](const QList<OutboxItem> &items) {
            for (const OutboxItem &item : items) {
                if (item.state == SendState::Failed || item.state == SendState::Discarded)
                    m_tracer.onGone(item.messageId);
            }
            m_sink.tell(items);
            m_sink.progressed();
        },
        [this](StoreTask task) {
            if (const auto *marking = std::get_if<MarkLeft>(&task))
                m_tracer.onMarking(marking->items);
            m_sink.store(std::move(task));
        },
        [this] {
            m_sink.flush();
            m_tracer.onWritten();
        },
    };
}

RoomMarks::Sink Dialogue::marksSink()
{
    return {
        [this](const protocol::ClientCommand &command) { m_sink.send(command); },
        [this](Notice notice) { m_sink.tell(std::move(notice)); },
        [this] { return m_sink.isInUse(); },
    };
}

void Dialogue::restore(const ServerSnapshot &snapshot, bool isAnother)
{
    m_ledger = snapshot.ledger;
    QList<protocol::RoomState> rooms;
    for (const CachedRoom &room : snapshot.rooms) {
        rooms.append({room.info, room.firstSeq, protocol::CursorState::None, {}, 0});
        m_scrollback.setFirst(room.info.id, room.firstSeq);
    }
    if (isAnother || !rooms.isEmpty())
        m_sink.tell(rooms);
    m_catchUp.restore(snapshot.rooms);
    m_outbox.restore(snapshot.outbox);
    m_sink.progressed();
}

void Dialogue::begin(const protocol::Welcome &welcome, const protocol::Limits &limits)
{
    m_isUp = true;
    m_self = welcome.self.id;
    m_limits = limits;
    m_scrollback.setUp(true);
    for (const protocol::RoomState &room : welcome.rooms)
        m_scrollback.setFirst(room.info.id, room.firstSeq);
    m_sink.tell(welcome.rooms);
    m_marks.linkUp(welcome.rooms);
    m_catchUp.begin(welcome.rooms);
    m_outbox.linkUp(limits);
}

void Dialogue::linkDown()
{
    m_isUp = false;
    m_tracer.onLinkChanged();
    m_scrollback.setUp(false);
    m_catchUp.linkDown();
    m_outbox.linkDown();
    m_marks.linkDown();
    const auto unanswered = std::exchange(m_requests, {});
    for (const Request &request : unanswered)
        fail(request, protocol::ErrorCode::Unspecified, u"the connection was lost before the answer came"_s);
}

void Dialogue::switchLink()
{
    const auto unanswered = std::exchange(m_requests, {});
    m_tracer.onLinkChanged();
    m_outbox.linkDown();
    m_catchUp.switchLink();
    // All that a person has asked for may be asked once more.
    for (auto request = unanswered.begin(); request != unanswered.end(); ++request) {
        if (request->kind != Request::Kind::Plain && request->kind != Request::Kind::OlderPage)
            continue;
        m_requests.insert(request.key(), *request);
        m_sink.send(request->command);
    }
    m_outbox.linkUp(m_limits);
    m_sink.progressed();
}

void Dialogue::confirm(const QList<protocol::RoomState> &rooms)
{
    for (const protocol::RoomState &room : rooms)
        m_scrollback.setFirst(room.info.id, room.firstSeq);
    m_sink.tell(rooms);
    m_marks.linkUp(rooms);
    m_catchUp.confirm(rooms);
}

void Dialogue::onMessage(const protocol::ServerMessage &message, const Tracer::Arrival &arrival)
{
    std::visit(protocol::Overloaded{
                   [&](const protocol::Stored &stored) {
                       m_tracer.onStored(stored, m_self, arrival);
                       m_outbox.onStored(stored);
                   },
                   [this](const protocol::Refused &refused) { m_outbox.onRefused(refused); },
                   [&](const protocol::Events &events) {
                       m_arrival = arrival;
                       m_liveSentAt = events.requestId == 0 ? events.sentAt : protocol::Ticks();
                       onEvents(events);
                   },
                   [this](const protocol::History &page) {
                       if (m_requests.take(page.requestId).kind == Request::Kind::OlderPage)
                           m_scrollback.onHistory(page);
                       else
                           m_catchUp.onNewest(page);
                   },
                   [this](const protocol::Joined &joined) {
                       m_requests.remove(joined.requestId);
                       m_sink.tell(joined);
                       m_marks.onJoined(joined.room);
                       m_scrollback.setFirst(joined.room.info.id, joined.room.firstSeq);
                       m_catchUp.add(joined.room);
                   },
                   [this](const protocol::Left &left) {
                       m_requests.remove(left.requestId);
                       m_catchUp.remove(left.room);
                       m_marks.onLeft(left.room);
                       m_scrollback.forget(left.room);
                       m_sink.tell(left);
                   },
                   [this](const protocol::Rooms &rooms) {
                       m_requests.remove(rooms.requestId);
                       m_sink.tell(rooms);
                   },
                   [this](const protocol::Status &status) {
                       m_requests.remove(status.requestId);
                       m_sink.tell(status);
                   },
                   [this](const protocol::MemberChanged &change) { m_sink.tell(change); },
                   [this](const protocol::PresenceChanged &change) { m_sink.tell(change); },
                   [this](const protocol::ReadMark &mark) { m_marks.onReadMark(mark); },
                   [this](const protocol::Draft &draft) { m_marks.onDraft(draft); },
                   [this](const protocol::Pairing &pairing) {
                       m_requests.remove(pairing.requestId);
                       m_sink.tell(pairing);
                   },
                   [this](const protocol::Trace &trace) {
                       m_requests.remove(trace.requestId);
                       m_sink.tell(trace);
                   },
                   [this](const protocol::Faults &faults) {
                       m_requests.remove(faults.requestId);
                       m_sink.tell(faults);
                   },
                   [this](const protocol::Error &error) { onError(error); },
                   // The rest belongs to the connection itself, or to a later version.
                   [](const auto &) {},
               },
        message);
}

void Dialogue::onStoreAnswer(const StoreAnswer &answer)
{
    std::visit(protocol::Overloaded{
                   [this](const ItemsWritten &written) {
                       m_tracer.onKept(written.messages);
                       m_outbox.onWritten(written);
                   },
                   [this](const ItemDiscarded &discarded) {
                       m_outbox.onDiscarded(discarded.message);
                       m_sink.progressed();
                   },
                   [this](const EventsSaved &saved) { m_catchUp.onSaved(saved); },
                   [this](const PageLoaded &page) { m_scrollback.onPage(page); },
                   [this](const LedgerCounted &counted) {
                       m_ledger = counted.ledger;
                       m_sink.progressed();
                   },
                   [](const auto &) {},
               },
        answer);
}

Ledger Dialogue::ledger() const
{
    Ledger ledger = m_ledger;
    const CatchUp::Counts &counts = m_catchUp.counts();
    ledger.delivered = counts.delivered;
    ledger.replayed = counts.replayed + m_scrollback.replayed();
    ledger.repeated = counts.repeated;
    ledger.missing = counts.missing;
    return ledger;
}

void Dialogue::onEvents(const protocol::Events &events)
{
    if (events.requestId == 0) {
        m_catchUp.onEvents(events);
        return;
    }
    const auto request = m_requests.find(events.requestId);
    if (request == m_requests.end())
        return;
    const bool areChanges = request->kind == Request::Kind::ChangesPage;
    m_requests.erase(request);
    if (areChanges)
        m_catchUp.onChanges(events);
    else
        m_catchUp.onEvents(events);
}

void Dialogue::execute(const Command &command)
{
    std::visit(protocol::Overloaded{
                   [this](const Submit &submit) {
                       // What waits for a connection is not traced: it is not slow, it is alone.
                       if (m_isUp)
                           m_tracer.onAccepted(submit.item);
                       m_outbox.add(submit.item);
                   },
                   [this](const Resubmit &resubmit) { m_outbox.retry(resubmit.message); },
                   [this](const Amend &amend) {
                       if (m_outbox.amend(amend.item) && m_isUp)
                           m_tracer.onAccepted(amend.item);
                   },
                   [this](const Discard &discard) {
                       m_outbox.discard(discard.message);
                       m_sink.progressed();
                   },
                   [this](const LoadOlder &older) { m_scrollback.loadOlder(older); },
                   [this](const LoadNewer &newer) { m_scrollback.loadNewer(newer); },
                   [this](const LoadNewest &newest) { m_scrollback.loadNewest(newest); },
                   [this](const Follow &follow) { m_catchUp.follow(follow.room, follow.afterSeq); },
                   [this](const protocol::Join &join) {
                       ask(join, {Request::Kind::Plain, join.room});
                   },
                   [this](const protocol::Leave &leave) {
                       ask(leave, {Request::Kind::Plain, leave.room});
                   },
                   [this](const protocol::CreateRoom &create) {
                       ask(create, {Request::Kind::Plain, create.room});
                   },
                   [this](const protocol::RoomsGet &get) { ask(get, {}); },
                   [this](const protocol::StatusGet &get) { ask(get, {}); },
                   [this](const protocol::PairingGet &get) { ask(get, {}); },
                   [this](const protocol::FaultSet &set) { ask(set, {}); },
                   [this](const protocol::TraceGet &get) {
                       ask(get, {Request::Kind::Trace, get.room});
                   },
                   [this](const protocol::MarkRead &mark) { m_marks.markRead(mark); },
                   [this](const protocol::SetDraft &draft) { m_marks.setDraft(draft); },
                   [](const auto &) {},
               },
        command);
}

template <class Asked>
void Dialogue::ask(Asked command, Request request)
{
    if (!m_isUp) {
        fail(request, protocol::ErrorCode::Unspecified, u"not connected"_s);
        return;
    }
    command.requestId = ++m_lastRequest;
    request.command = command;
    m_requests.insert(command.requestId, std::move(request));
    m_sink.send(command);
}

void Dialogue::onError(const protocol::Error &error)
{
    Request request = m_requests.take(error.requestId);
    if (request.room.isNull())
        request.room = error.room;
    fail(request, error.code, error.text);
}

void Dialogue::fail(const Request &request, protocol::ErrorCode code, const QString &text)
{
    switch (request.kind) {
    case Request::Kind::EventsPage:
    case Request::Kind::NewestPage:
        // Nobody asked for these in person. After a lost link the next WELCOME asks again.
        m_catchUp.onPageFailed(request.room, code);
        return;
    case Request::Kind::ChangesPage:
        m_catchUp.onChangesFailed(request.room, code);
        return;
    case Request::Kind::OlderPage:
        m_scrollback.onHistoryFailed(request.room);
        break;
    case Request::Kind::Trace:
        // It stays as it is.
        return;
    case Request::Kind::Plain:
        break;
    }
    m_sink.tell(RequestFailure{code, request.room, text});
}

} // namespace lanline::client
