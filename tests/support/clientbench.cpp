#include "tests/support/clientbench.h"

#include <QCoreApplication>

namespace lanline::client {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

ClientBench::ClientBench(Persona persona, const QString &storePath)
    : m_client(std::move(persona),
        {m_time, [random = m_random] { return *random; }, m_network.factory(),
            [&] {
                auto store = std::make_unique<InlineStore>(storePath);
                m_store = store.get();
                return store;
            },
            [&] {
                auto watch = std::make_unique<FakeNetworkWatch>(QList<LocalNetwork>());
                m_watch = watch.get();
                return watch;
            }})
{
    QObject::connect(
        &m_client, &ChatClient::noticed, &m_client, [this](const QList<Notice> &notices) { m_told += notices; });
}

void ClientBench::settle()
{
    // A turn may start another: a frame asks for a page, a page is told, and so on.
    for (int turn = 0; turn < 12; ++turn) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_time->advance(0ms);
    }
}

void ClientBench::advance(std::chrono::milliseconds duration)
{
    m_time->advance(duration);
    settle();
}

void ClientBench::execute(const Command &command)
{
    m_client.execute(command);
    settle();
}

protocol::Hello ClientBench::reachHello(const protocol::Ready &ready)
{
    link().accept();
    link().deliver(ready);
    settle();
    const auto hellos = link().received<protocol::Hello>();
    return hellos.isEmpty() ? protocol::Hello{} : hellos.last();
}

void ClientBench::reachWelcome(const protocol::Welcome &welcome)
{
    reachHello();
    deliver(welcome);
}

void ClientBench::deliver(const protocol::ServerMessage &message)
{
    link().deliver(message);
    settle();
}

void ClientBench::cutLink()
{
    link().endWith({Problem::ConnectionLost, 0, u"cut"_s});
    settle();
}

QList<Phase> ClientBench::phases() const
{
    QList<Phase> phases;
    for (const ConnectionState &state : told<ConnectionState>()) {
        if (phases.isEmpty() || phases.last() != state.phase)
            phases.append(state.phase);
    }
    return phases;
}

QList<LinkEvent> ClientBench::marks() const
{
    QList<LinkEvent> marks = told<LinkEvent>();
    marks.removeIf([](const LinkEvent &event) { return event.kind == LinkEvent::Kind::LaneChanged; });
    return marks;
}

QList<OutboxItem> ClientBench::toldItems() const
{
    QList<OutboxItem> items;
    for (const QList<OutboxItem> &some : told<QList<OutboxItem>>())
        items += some;
    return items;
}

protocol::Ready ClientBench::ready()
{
    protocol::Ready ready;
    ready.serverName = u"Kitchen"_s;
    ready.app = u"lanline test"_s;
    ready.epoch = epoch();
    ready.serverId = serverId();
    ready.nonce = QByteArray(32, 'n');
    return ready;
}

protocol::Welcome ClientBench::welcome(const QList<protocol::RoomState> &rooms)
{
    protocol::Welcome welcome;
    welcome.self = {UserId(3), u"Ann"_s, true, 12};
    welcome.deviceId = DeviceId(QByteArray(16, 'd'));
    welcome.rooms = rooms;
    return welcome;
}

protocol::SessionInfo ClientBench::session(protocol::LinkRole role)
{
    return {SessionId(QByteArray(16, 'i')), QByteArray(32, 't'), 1, role, false, 120s};
}

protocol::Welcome ClientBench::primaryWelcome(const QList<protocol::RoomState> &rooms, const QStringList &addresses)
{
    protocol::Welcome told = welcome(rooms);
    told.session = session(protocol::LinkRole::Primary);
    told.addresses = addresses;
    return told;
}

protocol::Welcome ClientBench::standbyWelcome()
{
    protocol::Welcome told = welcome();
    told.session = session(protocol::LinkRole::Standby);
    return told;
}

protocol::RoomState roomState(const QString &name, quint64 headSeq, protocol::CursorState cursor, quint64 firstSeq)
{
    protocol::RoomState state;
    state.info.id = RoomId(name);
    state.info.title = name;
    state.info.headSeq = headSeq;
    state.info.memberCount = 1;
    state.firstSeq = firstSeq;
    state.cursor = cursor;
    return state;
}

QList<protocol::Event> eventsFrom(quint64 from, quint64 to)
{
    QList<protocol::Event> events;
    for (quint64 seq = from; seq <= to; ++seq) {
        protocol::Event event;
        event.seq = seq;
        event.messageId = MessageId(QUuid(uint(seq), 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));
        event.author = {UserId(7), u"Bob"_s, false, 40};
        event.storedAt = WallTime(std::chrono::milliseconds(1'700'000'000'000 + qint64(seq)));
        event.text = u"text %1"_s.arg(seq);
        events.append(event);
    }
    return events;
}

QList<quint64> seqsOf(const QList<protocol::Event> &events)
{
    QList<quint64> seqs;
    for (const protocol::Event &event : events)
        seqs.append(event.seq);
    return seqs;
}

OutboxItem composed(const QString &room, const QString &text)
{
    OutboxItem item;
    item.messageId = makeMessageId(1'700'000'000'000);
    item.room = RoomId(room);
    item.text = text;
    return item;
}

} // namespace lanline::client
