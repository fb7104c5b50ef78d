#include "app/loadtest/loadclient.h"

#include "app/loadtest/wirewalk.h"
#include "protocol/codec.h"

#include <QTimer>

#include <algorithm>
#include <functional>
#include <iterator>

namespace lanline::loadtest {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr quint32 requestId = 1;
/// What is announced; beats come oftener than that.
constexpr auto nextBeatWithin = 60s;
constexpr auto shortestPause = 50ms;
constexpr protocol::Limits limits;

} // namespace

LoadClient::LoadClient(LoadClientPlace place, LoadClientUser &user, QObject *parent)
    : QObject(parent)
    , m_place(std::move(place))
    , m_user(&user)
{
    connect(&m_link, &client::Link::frameReceived, this, &LoadClient::onFrame);
    connect(&m_link, &client::Link::ended, this, [this](const client::LinkEnd &end) {
        m_hasEnded = true;
        fail(end.text);
    });
}

void LoadClient::open(const QUrl &url, const QByteArray &secret)
{
    m_secret = secret;
    m_link.open({url, {}});
}

void LoadClient::send(const protocol::ClientCommand &command)
{
    if (!m_hasEnded)
        m_link.send(protocol::encode(protocol::Encoding::Protobuf, command));
}

void LoadClient::giveUp(const QString &why)
{
    if (m_user && !std::exchange(m_hasGivenUp, true))
        m_user->onEnded(*this, why);
}

void LoadClient::fail(const QString &why)
{
    m_isLive = false;
    m_where = Where::Outside;
    giveUp(why);
}

void LoadClient::beat()
{
    protocol::Heartbeat beat;
    beat.next = nextBeatWithin;
    send(beat);
}

bool LoadClient::leaveRoom()
{
    m_isLeaving = true;
    if (m_where == Where::Inside && m_place.leads)
        send(protocol::Leave{requestId, m_place.room});
    return m_where == Where::Joining || (m_where == Where::Inside && m_place.leads);
}

void LoadClient::close()
{
    m_user = nullptr;
    m_isLive = false;
    send(protocol::Bye{});
    if (!m_hasEnded)
        m_link.close(protocol::close::Normal);
}

void LoadClient::onFrame(const QByteArray &frame)
{
    if (!m_user)
        return;
    WireField field;
    if (!WireWalk(frame).next(field)) {
        fail(u"a frame of the server cannot be read"_s);
        return;
    }
    switch (field.number) {
    case wire::events:
        onEvents(field.bytes);
        return;
    case wire::stored:
        onStored(field.bytes);
        return;
    case wire::ready:
        onReady();
        return;
    case wire::welcome:
    case wire::heartbeatAck:
    case wire::refused:
    case wire::joined:
    case wire::left:
    case wire::error:
    case wire::goodbye:
    case wire::storeState:
        onSeldom(frame);
        return;
    default:
        return;
    }
}

void LoadClient::onSeldom(const QByteArray &frame)
{
    const auto message = protocol::decodeMessage(protocol::Encoding::Protobuf, frame, limits);
    if (!message) {
        fail(u"a frame of the server cannot be decoded: %1"_s.arg(message.error().text));
        return;
    }
    std::visit(protocol::Overloaded{
                   [this](const protocol::Welcome &welcome) { onWelcome(welcome); },
                   [this](const protocol::HeartbeatAck &ack) { m_user->onThreads(*this, ack.threads); },
                   [this](const protocol::Refused &refused) { onRefused(refused); },
                   [this](const protocol::Joined &joined) {
                       if (joined.room.info.id == m_place.room && joined.requestId == requestId)
                           onJoined(joined.room.info.headSeq);
                   },
                   [this](const protocol::Left &left) {
                       if (left.room == m_place.room)
                           onLeft();
                   },
                   [this](const protocol::Error &error) { onError(error); },
                   [this](const protocol::Goodbye &goodbye) { fail(goodbye.text); },
                   [this](const protocol::StoreState &state) {
                       // Not how fast it is, but what has happened to it would be measured.
                       if (!state.isWritable)
                           giveUp(state.text);
                   },
                   [](const auto &) {},
               },
        *message);
}

// ---- coming -------------------------------------------------------------------------------------------------------

void LoadClient::onReady()
{
    protocol::Hello hello;
    hello.app = m_place.app;
    hello.clientId = ClientId(u"c_load%1"_s.arg(m_place.number));
    hello.name = m_place.name;
    hello.auth = protocol::GuestAuth{m_secret};
    send(hello);
}

void LoadClient::onWelcome(const protocol::Welcome &welcome)
{
    m_user->onWelcomed(*this, welcome.guestSecret);
    if (m_isLeaving)
        return;
    beat();
    // What else the guest was made a member of is no business of a test.
    for (const protocol::RoomState &room : welcome.rooms) {
        if (m_place.leads && room.info.id != m_place.room)
            send(protocol::Leave{requestId, room.info.id});
    }
    if (m_place.makesRoom)
        send(protocol::CreateRoom{requestId, m_place.room, m_place.roomTitle});
    else
        send(protocol::Join{requestId, m_place.room});
    m_where = Where::Joining;
}

void LoadClient::onJoined(quint64 headSeq)
{
    m_where = Where::Inside;
    if (m_isLeaving)
        send(protocol::Leave{requestId, m_place.room});
    else
        askForPage(headSeq);
}

void LoadClient::onLeft()
{
    if (std::exchange(m_where, Where::Outside) != Where::Outside)
        m_user->onLeft(*this);
}

void LoadClient::onError(const protocol::Error &error)
{
    if (error.code == protocol::ErrorCode::RoomExists)
        send(protocol::Join{requestId, m_place.room});
    else if (m_isLeaving && error.room == m_place.room)
        onLeft();
    // That it is no member any more of what it leaves, is as well.
    else if (error.code != protocol::ErrorCode::NotAMember || !m_isLive)
        fail(error.text);
}

void LoadClient::askForPage(quint64 afterSeq)
{
    m_lastSeq = afterSeq;
    send(protocol::EventsGet{requestId, m_place.room, afterSeq});
}

// ---- measuring ----------------------------------------------------------------------------------------------------

bool LoadClient::isReady() const
{
    return m_isLive && !m_isPaused && unanswered() < limits.outboxInFlight;
}

void LoadClient::say(quint64 number, const QString &text, SteadyTime now)
{
    const MessageId id = makeMessageId(SystemTime().wallNow().time_since_epoch().count());
    m_unanswered.push_back({number, id, now, text});
    send(m_unanswered.back());
}

void LoadClient::send(const Unanswered &message)
{
    protocol::Send command;
    command.room = m_place.room;
    command.messageId = message.id;
    command.text = message.text;
    send(command);
}

void LoadClient::onStored(QByteArrayView stored)
{
    QByteArrayView id;
    quint64 seq = 0;
    WireWalk walk(stored);
    for (WireField field; walk.next(field);) {
        if (field.number == wire::storedMessageId)
            id = field.bytes;
        else if (field.number == wire::storedSeq)
            seq = field.value;
    }
    m_lastStoredSeq = std::max(m_lastStoredSeq, seq);
    // Answers come in the order of the messages.
    if (m_unanswered.empty() || m_unanswered.front().id.value().toRfc4122() != id) {
        // A store that did not know whether it had written something has refused it, and now finds it.
        if (!m_wasRefused)
            fail(u"an answer came twice, or in another order than its message"_s);
        return;
    }
    const Unanswered answered = m_unanswered.front();
    m_unanswered.pop_front();
    m_user->onStored(*this, answered.number, answered.sentAt);
}

void LoadClient::onEvents(QByteArrayView events)
{
    bool isLivePage = false;
    quint64 newest = m_lastSeq;
    WireWalk walk(events);
    for (WireField field; walk.next(field);) {
        if (field.number == wire::eventsLive)
            isLivePage = field.value == 1;
        if (field.number != wire::eventsEvents)
            continue;
        quint64 seq = 0;
        QByteArrayView text;
        WireWalk event(field.bytes);
        for (WireField part; event.next(part);) {
            if (part.number == wire::eventSeq)
                seq = part.value;
            else if (part.number == wire::eventText)
                text = part.bytes;
        }
        if (seq <= newest)
            continue;
        m_missed += seq - newest - 1;
        newest = seq;
        if (m_isLive)
            m_user->onDelivered(*this, text);
        if (!m_user)
            return;
    }
    m_lastSeq = newest;
    if (m_isLive)
        return;
    if (!isLivePage) {
        askForPage(m_lastSeq);
        return;
    }
    m_isLive = true;
    m_missed = 0;
    m_user->onLive(*this);
}

void LoadClient::onRefused(const protocol::Refused &refused)
{
    const auto found = std::find_if(m_unanswered.begin(), m_unanswered.end(),
        [&refused](const Unanswered &each) { return each.id == refused.messageId; });
    if (found == m_unanswered.end())
        return;
    if (refused.retryAfter == 0ms) {
        fail(refused.text);
        return;
    }
    m_wasRefused = true;
    QList<quint64> numbers;
    std::transform(found, m_unanswered.end(), std::back_inserter(numbers), std::mem_fn(&Unanswered::number));
    // The server waits for just this one, and has dropped all behind it.
    m_unanswered.erase(found + 1, m_unanswered.end());
    m_isPaused = true;
    QTimer::singleShot(std::max<std::chrono::milliseconds>(refused.retryAfter, shortestPause), this, [this] {
        m_isPaused = false;
        if (!m_unanswered.empty())
            send(m_unanswered.back());
    });
    for (const quint64 number : numbers)
        m_user->onRefused(*this, number);
}

} // namespace lanline::loadtest
