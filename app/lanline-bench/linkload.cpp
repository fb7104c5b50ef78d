#include "linkload.h"

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

constexpr auto longestJoining = 10s;
constexpr auto beatEvery = 15s;
/// What is announced: other measurings keep this thread from beating in time.
constexpr auto nextBeatWithin = 60s;
constexpr quint32 requestId = 1;

} // namespace

LinkLoad::LinkLoad(qsizetype payload)
    : Load(payload, u"the server does not answer"_s)
{
    connect(&m_link, &client::Link::frameReceived, this, &LinkLoad::onFrame);
    connect(&m_link, &client::Link::ended, this, [this](const client::LinkEnd &end) {
        fail(u"the connection to %1 ended: %2"_s.arg(m_url.toString(), end.text));
    });
    connect(&m_heartbeat, &QTimer::timeout, this, &LinkLoad::beat);
}

Result<void, QString> LinkLoad::join(const QUrl &url, const RoomId &room)
{
    m_url = url;
    m_room = room;
    m_link.open({url, {}});
    if (!wait(longestJoining))
        return unexpected(m_failure);
    return {};
}

void LinkLoad::send(const protocol::ClientCommand &command)
{
    m_link.send(protocol::encode(protocol::Encoding::Protobuf, command));
}

void LinkLoad::beat()
{
    protocol::Heartbeat beat;
    beat.next = nextBeatWithin;
    send(beat);
}

// ---- joining ------------------------------------------------------------------------------------------------------

void LinkLoad::onFrame(const QByteArray &frame)
{
    const auto message = protocol::decodeMessage(protocol::Encoding::Protobuf, frame, {});
    if (!message) {
        fail(u"a frame cannot be decoded: %1"_s.arg(message.error().text));
        return;
    }
    std::visit(protocol::Overloaded{
                   [this](const protocol::Stored &stored) { onStored(stored); },
                   [this](const protocol::Events &events) { onEvents(events); },
                   [this](const protocol::Ready &) { onReady(); },
                   [this](const protocol::Welcome &welcome) { onWelcome(welcome); },
                   [this](const protocol::Joined &joined) {
                       m_lastSeq = joined.room.info.headSeq;
                       send(protocol::EventsGet{requestId, m_room, m_lastSeq});
                   },
                   [this](const protocol::Error &error) { onError(error); },
                   [this](const protocol::Refused &refused) { fail(u"a message was refused: %1"_s.arg(refused.text)); },
                   [](const auto &) {},
               },
        *message);
}

void LinkLoad::onReady()
{
    protocol::Hello hello;
    hello.app = u"lanline-bench"_s;
    hello.clientId = ClientId(u"c_bench"_s);
    hello.name = u"Bench"_s;
    hello.auth = protocol::GuestAuth{};
    send(hello);
}

void LinkLoad::onWelcome(const protocol::Welcome &welcome)
{
    m_self = welcome.self.id;
    beat();
    m_heartbeat.start(beatEvery);
    send(protocol::CreateRoom{requestId, m_room, {}});
}

void LinkLoad::onError(const protocol::Error &error)
{
    if (error.code == protocol::ErrorCode::RoomExists)
        send(protocol::Join{requestId, m_room});
    else
        fail(u"the server refuses: %1"_s.arg(error.text));
}

// ---- measuring ----------------------------------------------------------------------------------------------------

void LinkLoad::sendMessage()
{
    const auto now = steady_clock::now();
    const MessageId id = makeMessageId(SystemTime().wallNow().time_since_epoch().count());
    m_unanswered.push_back({id, now});
    ++m_sample.asked;
    protocol::Send message;
    message.room = m_room;
    message.messageId = id;
    message.text = m_text;
    send(message);
}

void LinkLoad::onStored(const protocol::Stored &stored)
{
    const auto now = steady_clock::now();
    if (m_unanswered.empty() || m_unanswered.front().id != stored.messageId || stored.isDuplicate) {
        fail(u"an answer came twice, or in another order than its message"_s);
        return;
    }
    m_sample.latency.record(duration_cast<microseconds>(now - m_unanswered.front().sentAt));
    m_sample.elapsed = duration_cast<microseconds>(now - m_began);
    m_unanswered.pop_front();
    ++m_sample.done;
    if (now < m_sendUntil)
        sendMessage();
    stopWhenDone();
}

void LinkLoad::onEvents(const protocol::Events &events)
{
    for (const protocol::Event &event : events.events) {
        if (event.seq != m_lastSeq + 1) {
            fail(u"event %1 came behind %2"_s.arg(event.seq).arg(m_lastSeq));
            return;
        }
        m_lastSeq = event.seq;
        if (event.author.id == m_self)
            ++m_delivered;
    }
    if (m_isLive) {
        stopWhenDone();
    } else if (events.live) {
        m_isLive = true;
        m_loop.quit();
    } else {
        send(protocol::EventsGet{requestId, m_room, m_lastSeq});
    }
}

void LinkLoad::stopWhenDone()
{
    if (m_unanswered.empty() && m_delivered == m_sample.done)
        m_loop.quit();
}

} // namespace lanline::bench
