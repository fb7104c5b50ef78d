#include "client/chatsession.h"

#include "client/clientport.h"
#include "client/networkwatch.h"
#include "client/store/threadedclientstore.h"
#include "client/threadreporter.h"
#include "client/tracebook.h"
#include "client/websocketlink.h"

#include <QRandomGenerator>

namespace lanline::client {

namespace {

ClientParts realParts()
{
    return {.time = std::make_shared<SystemTime>(),
        .random = [] { return QRandomGenerator::global()->generateDouble(); },
        .makeLink = [] { return std::make_unique<WebSocketLink>(); },
        .makeNetworkWatch = makeNetworkWatch};
}

OutboxItem newItem(const RoomId &room, const QString &text)
{
    OutboxItem item;
    item.composedAt = SystemTime().wallNow();
    item.tracedFrom = SystemTime().now();
    item.messageId = makeMessageId(item.composedAt.time_since_epoch().count());
    item.room = room;
    item.text = text;
    return item;
}

} // namespace

ChatSession::ChatSession(const Identity &identity, QThread *network, QObject *parent)
    : ChatSession(identity, realParts(), network, parent)
{ }

ChatSession::ChatSession(const Identity &identity, ClientParts parts, QThread *network, QObject *parent)
    : QObject(parent)
    , m_traces(std::make_unique<TraceBook>(
          m_time, [this](const QList<MessageTrace> &traces) { Q_EMIT messagesTraced(traces); }))
    , m_loopWatch(m_time)
    , m_threadReporter(std::make_unique<ThreadReporter>(
          ThreadKind::Gui, m_loopWatch, m_time, [this](const ThreadReport &report) { onThreads(report); }))
{
    Persona persona{identity.name, std::nullopt};
    if (!identity.keyPath.isEmpty()) {
        auto key = DeviceKey::loadOrCreate(identity.keyPath);
        if (key)
            persona.key = *std::move(key);
        else
            m_keyError = key.error();
    }
    if (!parts.makeStore) {
        // A guest is another device with every start: what it left would not be known again by the server.
        const QString path = persona.key ? identity.storePath : QString();
        parts.makeStore = [path] { return std::make_unique<ThreadedClientStore>(path); };
    }

    m_port = new ClientPort(std::move(persona), std::move(parts));
    m_port->moveToThread(network);
    connect(this, &ChatSession::commanded, m_port, &ClientPort::execute, Qt::QueuedConnection);
    connect(m_port, &ClientPort::noticed, this, &ChatSession::onNotices, Qt::QueuedConnection);
}

ChatSession::~ChatSession()
{
    close();
    // The owner may stop the network thread next, and that drops what is still queued to it.
    QMetaObject::invokeMethod(m_port, &ClientPort::finish, Qt::BlockingQueuedConnection);
}

void ChatSession::open(const QUrl &url, const QString &pairingCode)
{
    if (m_keyError.isEmpty()) {
        command(Open{url, pairingCode});
        return;
    }
    m_state.url = url;
    m_state.problem = Problem::KeyUnusable;
    m_state.problemDetail = m_keyError;
    Q_EMIT stateChanged(m_state);
}

void ChatSession::close()
{
    command(Close{});
}

void ChatSession::retryNow()
{
    command(RetryNow{});
}

void ChatSession::setHeartbeatInterval(std::chrono::milliseconds interval)
{
    command(SetHeartbeatInterval{interval});
}

void ChatSession::setRedundancy(Redundancy redundancy)
{
    command(SetRedundancy{redundancy});
}

void ChatSession::setInUse()
{
    command(protocol::InUse{});
}

void ChatSession::markRead(const RoomId &room, quint64 seq)
{
    command(protocol::MarkRead{room, seq});
    Q_EMIT roomRead(room, seq);
}

void ChatSession::setDraft(const RoomId &room, const QString &text)
{
    command(protocol::SetDraft{room, text});
    Q_EMIT draftChanged(room, text);
}

void ChatSession::requestPairing()
{
    command(protocol::PairingGet{});
}

MessageId ChatSession::send(const RoomId &room, const QString &text)
{
    OutboxItem item = newItem(room, text);
    const MessageId message = item.messageId;
    command(Submit{std::move(item)});
    return message;
}

MessageId ChatSession::edit(const RoomId &room, const MessageId &target, quint64 targetSeq, const QString &text)
{
    OutboxItem item = newItem(room, text);
    item.kind = protocol::EventKind::Edit;
    item.targetId = target;
    item.targetSeq = targetSeq;
    command(Amend{item});
    return item.messageId;
}

MessageId ChatSession::remove(const RoomId &room, const MessageId &target, quint64 targetSeq)
{
    OutboxItem item = newItem(room, {});
    item.kind = protocol::EventKind::Deletion;
    item.targetId = target;
    item.targetSeq = targetSeq;
    command(Amend{item});
    return item.messageId;
}

void ChatSession::retry(const MessageId &message)
{
    command(Resubmit{message});
}

void ChatSession::discard(const MessageId &message)
{
    command(Discard{message});
}

void ChatSession::join(const RoomId &room)
{
    command(protocol::Join{0, room});
}

void ChatSession::leave(const RoomId &room)
{
    command(protocol::Leave{0, room});
}

void ChatSession::createRoom(const RoomId &room, const QString &title)
{
    command(protocol::CreateRoom{0, room, title});
}

void ChatSession::listRooms()
{
    command(protocol::RoomsGet{});
}

void ChatSession::loadOlder(const RoomId &room, quint64 beforeSeq)
{
    command(LoadOlder{room, beforeSeq});
}

void ChatSession::loadNewer(const RoomId &room, quint64 afterSeq)
{
    command(LoadNewer{room, afterSeq});
}

void ChatSession::loadNewest(const RoomId &room)
{
    command(LoadNewest{room});
}

void ChatSession::requestStatus()
{
    command(protocol::StatusGet{});
}

void ChatSession::requestTrace(const RoomId &room, quint64 seq)
{
    command(protocol::TraceGet{0, room, seq});
}

void ChatSession::notePainted(const RoomId &room, const QList<quint64> &seqs)
{
    m_traces->onPainted(room, seqs);
}

void ChatSession::setFault(const Fault &fault)
{
    command(SetFault{fault});
}

void ChatSession::requestFault(const std::optional<Fault> &fault)
{
    command(protocol::FaultSet{0, fault});
}

void ChatSession::follow(const RoomId &room, quint64 afterSeq)
{
    command(Follow{room, afterSeq});
}

void ChatSession::command(Command command)
{
    Q_EMIT commanded(Crossing<Command>(std::move(command)), QPrivateSignal());
}

void ChatSession::onThreads(const ThreadReport &report)
{
    m_traces->onStalls(report.stalls);
    Q_EMIT threadsMeasured(report);
}

void ChatSession::onState(const ConnectionState &state)
{
    m_state = state;
    const bool isLinked = state.phase == Phase::CatchingUp || state.phase == Phase::Online;
    if (isLinked != m_loopWatch.isRunning()) {
        m_threadReporter->setActive(isLinked);
        isLinked ? m_loopWatch.start() : m_loopWatch.stop();
    }
    Q_EMIT stateChanged(m_state);
}

void ChatSession::onNotices(const Crossing<QList<Notice>> &notices)
{
    const WorkScope scope("Taking in what has come");
    const auto tell = protocol::Overloaded{
        [this](const ConnectionState &state) { onState(state); },
        [this](const QList<protocol::RoomState> &rooms) { Q_EMIT roomsReset(rooms); },
        [this](const protocol::Joined &joined) { Q_EMIT roomJoined(joined.room); },
        [this](const protocol::Left &left) { Q_EMIT roomLeft(left.room); },
        [this](const protocol::Rooms &rooms) { Q_EMIT roomsListed(rooms.rooms, rooms.requestId != 0); },
        [this](const TimelineUpdate &update) { Q_EMIT timelineChanged(update); },
        [this](const QList<OutboxItem> &items) { Q_EMIT outboxChanged(items); },
        [this](const protocol::MemberChanged &change) {
            Q_EMIT memberChanged(change.room, change.member, change.isMember);
        },
        [this](const protocol::PresenceChanged &change) { Q_EMIT presenceChanged(change.user, change.presence); },
        [this](const RoundTrip &roundTrip) { Q_EMIT roundTripMeasured(roundTrip); },
        [this](const LinkEvent &event) { Q_EMIT linkEventHappened(event); },
        [this](const Ledger &ledger) {
            m_ledger = ledger;
            Q_EMIT ledgerChanged(m_ledger);
        },
        [this](const ConnectSteps &steps) { Q_EMIT connectMeasured(steps); },
        [this](const protocol::Status &status) { Q_EMIT statusReceived(status); },
        [this](const RequestFailure &failure) { Q_EMIT requestFailed(failure); },
        [this](const protocol::ReadMark &mark) { Q_EMIT roomRead(mark.room, mark.seq); },
        [this](const protocol::Draft &draft) { Q_EMIT draftChanged(draft.room, draft.text); },
        [this](const ThreadReport &report) { onThreads(report); },
        [this](const QList<TracePoints> &points) { m_traces->onShown(points); },
        [this](const protocol::Trace &trace) { m_traces->onAccount(trace); },
        [this](const protocol::Faults &faults) { Q_EMIT faultsReceived(faults.faults); },
        [this](const protocol::Pairing &pairing) { Q_EMIT pairingReceived(pairing.code, pairing.validFor); },
    };
    for (const Notice &notice : notices.get())
        std::visit(tell, notice);
}

} // namespace lanline::client
