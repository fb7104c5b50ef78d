#include "clientload.h"

#include <QDir>
#include <QTimer>
#include <QUuid>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using client::ChatSession;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

constexpr auto longestJoining = 10s;

} // namespace

ClientLoad::ClientLoad(const QString &dir, qsizetype payload)
    : Load(payload, u"the client does not get into its room"_s)
{
    client::Identity identity;
    // A name belongs to its device, and this one is a new device each time.
    identity.name = u"Bench "_s + QUuid::createUuid().toString(QUuid::Id128).first(8);
    identity.keyPath = QDir(dir).filePath(u"device.key"_s);
    identity.storePath = QDir(dir).filePath(u"profile.sqlite"_s);
    m_network.start();
    m_session = std::make_unique<ChatSession>(identity, &m_network);

    connect(m_session.get(), &ChatSession::stateChanged, this, &ClientLoad::onState);
    connect(m_session.get(), &ChatSession::roomJoined, this, [this](const protocol::RoomState &room) {
        if (room.info.id == m_room)
            m_hasJoined = true;
    });
    connect(m_session.get(), &ChatSession::requestFailed, this, &ClientLoad::onRequestFailed);
    connect(m_session.get(), &ChatSession::timelineChanged, this, &ClientLoad::onTimeline);
    connect(m_session.get(), &ChatSession::outboxChanged, this, &ClientLoad::onOutbox);
}

ClientLoad::~ClientLoad()
{
    m_session.reset();
    m_network.quit();
    m_network.wait();
}

Result<void, QString> ClientLoad::join(const QUrl &url, const RoomId &room)
{
    m_room = room;
    m_session->open(url);
    if (!wait(longestJoining))
        return unexpected(m_failure);
    return {};
}

// ---- joining ------------------------------------------------------------------------------------------------------

void ClientLoad::onState(const client::ConnectionState &state)
{
    if (state.problem != client::Problem::None)
        fail(u"no connection to %1: %2"_s.arg(state.url.toString(), state.problemDetail));
    else if (state.phase == client::Phase::Online && !std::exchange(m_hasAsked, true))
        m_session->createRoom(m_room, {});
}

void ClientLoad::onRequestFailed(const client::RequestFailure &failure)
{
    if (failure.code == protocol::ErrorCode::RoomExists)
        m_session->join(m_room);
    else
        fail(u"the server refuses: %1"_s.arg(failure.text));
}

void ClientLoad::onTimeline(const client::TimelineUpdate &update)
{
    if (update.room != m_room)
        return;
    for (const protocol::Event &event : update.events) {
        if (m_isLive && event.seq <= m_lastSeq) {
            fail(u"event %1 came behind %2"_s.arg(event.seq).arg(m_lastSeq));
            return;
        }
        m_lastSeq = event.seq;
        if (event.author.id == m_session->state().self.id)
            ++m_delivered;
    }
    // The room's first page: what follows comes by itself.
    if (m_hasJoined && !std::exchange(m_isLive, true))
        m_loop.quit();
    else
        stopWhenDone();
}

// ---- measuring ----------------------------------------------------------------------------------------------------

void ClientLoad::sendMessage()
{
    const auto now = steady_clock::now();
    ++m_sample.asked;
    m_unanswered.insert(m_session->send(m_room, m_text), now);
}

void ClientLoad::onOutbox(const QList<client::OutboxItem> &items)
{
    const auto now = steady_clock::now();
    for (const client::OutboxItem &item : items) {
        if (item.state == client::SendState::Stored)
            onStored(item, now);
        else if (item.state == client::SendState::Failed)
            fail(u"a message was refused: %1"_s.arg(item.reason));
    }
    stopWhenDone();
}

void ClientLoad::onStored(const client::OutboxItem &item, SteadyTime now)
{
    const auto sent = m_unanswered.constFind(item.messageId);
    if (sent == m_unanswered.cend() || item.isDuplicate) {
        fail(u"an answer came twice"_s);
        return;
    }
    m_sample.latency.record(duration_cast<microseconds>(now - *sent));
    m_sample.wire.record(item.ackTime);
    m_sample.elapsed = duration_cast<microseconds>(now - m_began);
    m_unanswered.erase(sent);
    ++m_sample.done;
    if (now < m_sendUntil)
        sendMessage();
}

void ClientLoad::stopWhenDone()
{
    if (m_isLive && m_unanswered.isEmpty() && m_delivered == m_sample.done)
        m_loop.quit();
}

} // namespace lanline::bench
