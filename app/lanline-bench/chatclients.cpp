#include "chatclients.h"

#include "app/loadtest/wirewalk.h"
#include "protocol/codec.h"

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace loadtest;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

constexpr auto patience = 20s;
/// What is announced, and when the next comes: measurings keep a client from beating in time.
constexpr auto nextBeatWithin = 60s;
constexpr auto beatEvery = 30s;
constexpr quint32 requestId = 1;
/// Logins on their way at a time.
constexpr int comingAtOnce = 16;
constexpr auto lobby = "lobby"_L1;

/// Connections of one person are clients of one session.
ClientId clientIdOf(const RawClient &client)
{
    return ClientId(u"c_bench%1"_s.arg(client.number()));
}

} // namespace

ChatClients::ChatClients(ClientSet &clients, const RoomId &room)
    : m_clients(clients)
    , m_room(room)
    , m_lastBeat(steady_clock::now())
{
    clients.setWatcher(this);
}

void ChatClients::send(RawClient &client, const protocol::ClientCommand &command)
{
    m_clients.send(client, Opcode::Binary, protocol::encode(protocol::Encoding::Protobuf, command));
}

ChatClients::Guest &ChatClients::guestOf(const RawClient &client)
{
    return m_guests[size_t(client.number())];
}

// ---- coming -------------------------------------------------------------------------------------------------------

Result<void, QString> ChatClients::logIn(const Endpoint &endpoint, int count, int people)
{
    m_people = people;
    const int before = m_live;
    int begun = 0;
    int lastLive = -1;
    SteadyTime giveUp = steady_clock::now() + patience;
    while (m_live < before + count) {
        const auto now = steady_clock::now();
        const int coming = before + begun - m_live;
        // Nobody comes as somebody whose secret is not known yet.
        const bool mustWait = int(m_guests.size()) >= people && m_live < people;
        // The first makes the room.
        const int atOnce = m_live == 0 ? 1 : comingAtOnce;
        if (begun < count && coming < atOnce && !mustWait) {
            RawClient &client = m_clients.add(endpoint);
            client.setWhole(true);
            m_guests.push_back({});
            if (client.number() >= people)
                m_guests.back().secret = m_guests[size_t(client.number() % people)].secret;
            m_clients.connect(client);
            ++begun;
            continue;
        }
        if (std::exchange(lastLive, m_live) != m_live)
            giveUp = now + patience;
        else if (now > giveUp)
            m_clients.fail(u"%1: %2 of %3 clients are not logged in"_s.arg(endpoint.name).arg(coming).arg(count));
        if (!m_clients.poll(giveUp))
            return unexpected(m_clients.failure());
    }
    return {};
}

void ChatClients::comeBack(RawClient &client)
{
    m_clients.connect(client);
}

void ChatClients::onMessage(RawClient &client, QByteArrayView message)
{
    WireField frame;
    if (!WireWalk(message).next(frame)) {
        m_clients.fail(u"a frame of the server cannot be read"_s);
        return;
    }
    switch (frame.number) {
    case wire::events:
        if (guestOf(client).isLive) {
            onEvents(client, frame.bytes);
            return;
        }
        onPage(client, frame.bytes);
        return;
    case wire::stored:
        onStored(client, frame.bytes);
        return;
    case wire::ready:
        onReady(client);
        return;
    case wire::welcome:
        onWelcome(client, frame.bytes);
        return;
    case wire::joined:
        onJoined(client, message);
        return;
    case wire::error:
    case wire::refused:
        onError(client, message);
        return;
    case wire::status:
    case wire::goodbye:
        onSeldom(client, message);
        return;
    default:
        return;
    }
}

void ChatClients::onPage(RawClient &client, QByteArrayView page)
{
    WireWalk walk(page);
    for (WireField field; walk.next(field);) {
        if (field.number == wire::eventsLive && field.value == 1) {
            guestOf(client).isLive = true;
            ++m_live;
            onLive(client);
            return;
        }
    }
    m_clients.fail(u"the room has more history than a guest of this run catches up with"_s);
}

void ChatClients::onReady(RawClient &client)
{
    protocol::Hello hello;
    hello.app = u"lanline-bench"_s;
    hello.clientId = clientIdOf(client);
    hello.name = u"Bench %1"_s.arg(client.number() % m_people);
    hello.auth = protocol::GuestAuth{guestOf(client).secret};
    send(client, hello);
}

void ChatClients::onWelcome(RawClient &client, QByteArrayView welcome)
{
    WireWalk walk(welcome);
    for (WireField field; walk.next(field);) {
        if (field.number == wire::welcomeGuestSecret)
            guestOf(client).secret = field.bytes.toByteArray();
    }
    onWelcomed(client);
    beat(client);
    if (m_room.value() == lobby)
        send(client, protocol::EventsGet{requestId, m_room, 0});
    else if (client.number() == 0)
        send(client, protocol::CreateRoom{requestId, m_room, {}});
    else
        send(client, protocol::Join{requestId, m_room});
}

void ChatClients::onJoined(RawClient &client, QByteArrayView message)
{
    const auto decoded = protocol::decodeMessage(protocol::Encoding::Protobuf, message, {});
    const auto *joined = decoded ? std::get_if<protocol::Joined>(&*decoded) : nullptr;
    if (joined && joined->requestId == requestId)
        send(client, protocol::EventsGet{requestId, m_room, joined->room.info.headSeq});
}

void ChatClients::onError(RawClient &client, QByteArrayView message)
{
    const auto decoded = protocol::decodeMessage(protocol::Encoding::Protobuf, message, {});
    const auto *error = decoded ? std::get_if<protocol::Error>(&*decoded) : nullptr;
    const auto *refused = decoded ? std::get_if<protocol::Refused>(&*decoded) : nullptr;
    if (error && error->code == protocol::ErrorCode::RoomExists)
        send(client, protocol::Join{requestId, m_room});
    else
        m_clients.fail(u"the server refuses: %1"_s.arg(error ? error->text : refused ? refused->text : QString()));
}

void ChatClients::onSeldom(RawClient &client, QByteArrayView message)
{
    const auto decoded = protocol::decodeMessage(protocol::Encoding::Protobuf, message, {});
    if (!decoded)
        m_clients.fail(u"a frame of the server cannot be read: %1"_s.arg(decoded.error().text));
    else if (const auto *status = std::get_if<protocol::Status>(&*decoded))
        onStatus(*status);
    else if (const auto *goodbye = std::get_if<protocol::Goodbye>(&*decoded))
        onGoodbye(client, *goodbye);
}

bool ChatClients::onEnded(RawClient &client, const QString &why)
{
    if (std::exchange(guestOf(client).isLive, false))
        --m_live;
    return mayEnd(client, why);
}

// ---- staying ------------------------------------------------------------------------------------------------------

void ChatClients::beat(RawClient &client)
{
    protocol::Heartbeat beat;
    beat.clientId = clientIdOf(client);
    beat.next = nextBeatWithin;
    send(client, beat);
}

void ChatClients::beatIfDue()
{
    const auto now = steady_clock::now();
    if (now - m_lastBeat < beatEvery)
        return;
    m_lastBeat = now;
    for (qsizetype number = 0; number < m_clients.size(); ++number) {
        if (m_clients.at(number).isOpen())
            beat(m_clients.at(number));
    }
}

} // namespace lanline::bench
