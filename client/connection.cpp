#include "client/connection.h"

#include "client/problems.h"
#include "protocol/codec.h"

namespace lanline::client {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

/// Ours, for what binds us; the server tells its own in READY for what binds its clients.
const protocol::Limits ownLimits;
/// A server may ask us to stay away for a while, but not for ever.
constexpr milliseconds longestRetryAfter = 10min;

} // namespace

Connection::Connection(const ClientParts &parts, const ClientId &clientId, const EventLoopWatch &loopWatch,
    ConnectionUser &user, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_loopWatch(loopWatch)
    , m_user(&user)
    , m_heartbeat(*parts.time, clientId, heartbeatSink())
    , m_connectTimer(parts.time->makeTimer([this] {
        refuse({Problem::TimedOut, 0, u"no answer within the time limit"_s}, protocol::close::Normal);
    }))
{ }

Connection::~Connection()
{
    abandon();
}

void Connection::open(const Path &path)
{
    m_path = path;
    m_link = m_parts.makeLink().release();
    m_link->setParent(this);
    connect(m_link, &Link::opened, this, &Connection::onOpened);
    connect(m_link, &Link::frameReceived, this, &Connection::onFrame);
    connect(m_link, &Link::ended, this, &Connection::onEnded);
    m_connectTimer->start(ownLimits.connectTimeout);
    m_link->open(path);
}

void Connection::onOpened(const ConnectSteps &steps)
{
    m_steps = steps;
    m_openedAt = m_parts.time->now();
    m_connectTimer->start(ownLimits.connectTimeout);
    m_stage = Stage::Joining;
    m_user->onOpened(*this);
}

void Connection::onFrame(const QByteArray &frame)
{
    m_lastReadAt = m_parts.time->now();
    m_lastArrivedAt = m_link->lastArrival().value_or(*m_lastReadAt);
    m_lastContactAt = m_parts.time->wallNow();
    const auto message = unpacked(frame).and_then(
        [](QByteArrayView bytes) { return protocol::decodeMessage(protocol::Encoding::Protobuf, bytes, ownLimits); });
    if (!m_ready && !(message && std::holds_alternative<protocol::Ready>(*message))) {
        refuse({Problem::NotLanline, 0, u"the server did not begin with READY"_s}, protocol::close::OutOfOrder);
        return;
    }
    if (!message) {
        refuse({Problem::ConnectionLost, 0, message.error().text}, protocol::close::BadFrame);
        return;
    }
    std::visit(protocol::Overloaded{
                   [this](const protocol::Ready &ready) { onReady(ready); },
                   [this](const protocol::Welcome &welcome) { onWelcome(welcome); },
                   [this](const protocol::Goodbye &goodbye) { m_goodbye = goodbye; },
                   [this, &message](const protocol::HeartbeatAck &ack) {
                       m_heartbeat.onAck(ack, m_lastArrivedAt);
                       if (isWelcomed())
                           m_user->onMessage(*this, *message);
                   },
                   [this, &message](const auto &) {
                       if (isWelcomed())
                           m_user->onMessage(*this, *message);
                   },
               },
        *message);
}

Result<QByteArrayView, protocol::DecodeError> Connection::unpacked(const QByteArray &frame)
{
    if (m_compression.method == protocol::CompressionMethod::None)
        return frame;
    return m_decompressor.unpack(m_compression, frame, ownLimits.messageBytes);
}

void Connection::onReady(const protocol::Ready &ready)
{
    if (m_ready)
        return;
    m_ready = ready;
    if (ready.versionMajor != protocol::versionMajor) {
        const QString versions = u"the server speaks version %1, this program version %2"_s.arg(ready.versionMajor)
                                     .arg(protocol::versionMajor);
        refuse({Problem::VersionMismatch, 0, versions}, protocol::close::VersionMismatch);
        return;
    }
    m_user->onReady(*this);
}

void Connection::sayHello(const protocol::Hello &hello)
{
    if (m_stage == Stage::Joining && m_ready)
        send(hello);
}

void Connection::onWelcome(const protocol::Welcome &welcome)
{
    if (m_stage != Stage::Joining)
        return;
    if (welcome.compression.method != protocol::CompressionMethod::None
        && !m_parts.compressions.contains(welcome.compression)) {
        refuse({Problem::NotLanline, 0, u"the server chose a compression that was not offered"_s},
            protocol::close::OutOfOrder);
        return;
    }
    m_compression = welcome.compression;
    m_connectTimer->stop();
    m_steps.welcome = duration_cast<microseconds>(m_parts.time->now() - m_openedAt);
    m_stage = Stage::Welcomed;
    m_heartbeat.start();
    m_user->onWelcome(*this, welcome);
}

void Connection::send(const protocol::ClientCommand &command)
{
    if (!m_link)
        return;
    const QByteArray frame = protocol::encode(protocol::Encoding::Protobuf, command);
    const bool isPacked = m_compression.method != protocol::CompressionMethod::None;
    m_link->send(isPacked ? m_compressor.pack(m_compression, frame) : frame);
}

void Connection::flush()
{
    if (m_link)
        m_link->flush();
}

void Connection::onEnded(const LinkEnd &end)
{
    LinkEnd told = end;
    if (m_goodbye) {
        if (told.problem == Problem::ConnectionLost || told.problem == Problem::ClosedByServer)
            told.problem = Problem::ServerStopped;
        told.text = m_goodbye->text;
        told.retryAfter = std::clamp<milliseconds>(m_goodbye->retryAfter, 0ms, longestRetryAfter);
    }
    fail(told);
}

void Connection::fail(const LinkEnd &end)
{
    if (m_stage == Stage::Ended)
        return;
    abandon();
    m_user->onConnectionEnded(*this, end);
}

void Connection::refuse(const LinkEnd &end, const protocol::CloseReason &reason)
{
    if (m_stage == Stage::Ended)
        return;
    leave(reason);
    m_user->onConnectionEnded(*this, end);
}

void Connection::leave(const protocol::CloseReason &reason)
{
    const bool isOpen = m_stage == Stage::Joining || m_stage == Stage::Welcomed;
    Link *link = letGo();
    if (!link)
        return;
    if (!isOpen) {
        link->abort();
        link->deleteLater();
        return;
    }
    // The link outlives us by its farewell.
    link->setParent(parent());
    connect(link, &Link::ended, link, &QObject::deleteLater);
    link->close(reason);
}

void Connection::abandon()
{
    if (Link *link = letGo()) {
        link->abort();
        // Not at once: we may be inside one of its signals.
        link->deleteLater();
    }
}

Link *Connection::letGo()
{
    m_stage = Stage::Ended;
    m_connectTimer->stop();
    m_heartbeat.stop();
    Link *link = std::exchange(m_link, nullptr);
    if (link)
        link->disconnect(this);
    return link;
}

Heartbeat::Sink Connection::heartbeatSink()
{
    return {
        [this](const protocol::Heartbeat &beat) {
            if (!m_parts.faults->isOn(FaultKind::DropHeartbeats))
                send(beat);
        },
        [this](const RoundTrip &roundTrip) {
            m_roundTrip = roundTrip.rtt;
            m_user->onRoundTrip(*this, roundTrip);
        },
        [this] { m_user->onBeatUnanswered(*this); },
        // Whatever is wrong with this connection, a close handshake would wait for the same silence.
        [this] {
            fail({Problem::HeartbeatMissed, 0, u"no answer to a heartbeat"_s});
        },
        [this](SteadyTime begin, SteadyTime end) { return m_loopWatch.stalledBetween(begin, end); },
    };
}

} // namespace lanline::client
