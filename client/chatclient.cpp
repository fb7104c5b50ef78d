#include "client/chatclient.h"

#include "client/address.h"
#include "client/problems.h"
#include "protocol/codec.h"

#include <QRandomGenerator>

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

ClientId makeClientId()
{
    return ClientId(u"c_%1"_s.arg(QRandomGenerator::global()->generate(), 8, 16, QLatin1Char('0')));
}

} // namespace

ChatClient::ChatClient(Persona persona, ClientParts parts, QObject *parent)
    : QObject(parent)
    , m_credentials(std::move(persona))
    , m_parts(std::move(parts))
    , m_clientId(makeClientId())
    , m_loopWatch(*m_parts.time)
    , m_heartbeat(*m_parts.time, m_clientId, heartbeatSink())
    , m_backoff(ownLimits.backoffFirst, ownLimits.backoffLongest, m_parts.random)
    , m_connectTimer(m_parts.time->makeTimer([this] {
        giveUpOn({Problem::TimedOut, 0, u"no answer within the time limit"_s}, protocol::close::Normal);
    }))
    , m_retryTimer(m_parts.time->makeTimer([this] { connectNow(); }))
    , m_stableTimer(m_parts.time->makeTimer([this] { m_backoff.reset(); }))
    , m_store(m_parts.makeStore())
    , m_record([this](StoreRequest request) { m_store->ask(std::move(request)); })
    , m_dialogue(makeDialogue())
    , m_flushTimer(m_parts.time->makeTimer([this] { flush(); }))
{
    m_store->listen([this](const StoreReply &reply) { onStoreReply(reply); });
}

ChatClient::~ChatClient() = default;

void ChatClient::execute(const Command &command)
{
    std::visit(protocol::Overloaded{
                   [this](const Open &request) { open(request.url); },
                   [this](const Close &) { close(); },
                   [this](const RetryNow &) { retryNow(); },
                   [this](const SetHeartbeatInterval &request) { m_heartbeat.setInterval(request.interval); },
                   [&](const auto &) {
                       if (!m_record.hold(command))
                           m_dialogue->execute(command);
                   },
               },
        command);
}

void ChatClient::open(const QUrl &url)
{
    if (m_state.phase != Phase::Offline)
        close();
    const auto address = parseServerAddress(url.toString());
    if (!address) {
        m_state.problem = Problem::BadAddress;
        m_state.problemDetail = url.toString();
        enter(Phase::Offline);
        return;
    }
    if (*address != m_state.url) {
        if (!m_state.url.isEmpty()) {
            // Another server: nothing that belongs to the last one may reach it.
            m_dialogue = makeDialogue();
            m_credentials.forget();
            m_wasWelcomed = false;
            m_lostAt.reset();
            m_backoff.reset();
        }
        m_state.serverId = {};
        m_record.open(*address);
    }
    m_state.url = *address;
    m_state.attempt = 1;
    m_state.problem = Problem::None;
    m_state.problemDetail.clear();
    connectNow();
}

void ChatClient::connectNow()
{
    dropLink();
    m_ready.reset();
    m_goodbye.reset();
    m_compression = {};
    m_link = m_parts.makeLink().release();
    m_link->setParent(this);
    const auto current = [this, generation = m_generation](auto handle) {
        return [this, generation, handle](const auto &value) {
            if (generation == m_generation)
                (this->*handle)(value);
        };
    };
    connect(m_link, &Link::opened, this, current(&ChatClient::onOpened));
    connect(m_link, &Link::frameReceived, this, current(&ChatClient::onFrame));
    connect(m_link, &Link::ended, this, current(&ChatClient::onEnded));
    m_connectTimer->start(ownLimits.connectTimeout);
    enter(Phase::Connecting);
    m_link->open({m_state.url, {}});
}

void ChatClient::onOpened(const ConnectSteps &steps)
{
    m_steps = steps;
    m_openedAt = m_parts.time->now();
    m_connectTimer->start(ownLimits.connectTimeout);
    enter(Phase::Joining);
}

void ChatClient::onFrame(const QByteArray &frame)
{
    m_state.lastContactAt = m_parts.time->wallNow();
    const auto message = unpacked(frame).and_then(
        [](QByteArrayView bytes) { return protocol::decodeMessage(protocol::Encoding::Protobuf, bytes, ownLimits); });
    if (!m_ready && !(message && std::holds_alternative<protocol::Ready>(*message))) {
        giveUpOn({Problem::NotLanline, 0, u"the server did not begin with READY"_s}, protocol::close::OutOfOrder);
        return;
    }
    if (!message) {
        giveUpOn({Problem::ConnectionLost, 0, message.error().text}, protocol::close::BadFrame);
        return;
    }
    std::visit(protocol::Overloaded{
                   [this](const protocol::Ready &ready) { onReady(ready); },
                   [this](const protocol::Welcome &welcome) { onWelcome(welcome); },
                   [this](const protocol::Goodbye &goodbye) { m_goodbye = goodbye; },
                   [this](const protocol::HeartbeatAck &ack) { m_heartbeat.onAck(ack); },
                   [this](const protocol::StoreState &store) {
                       m_state.isHostReadOnly = !store.isWritable;
                       publish();
                   },
                   [this, &message](const auto &) {
                       if (isWelcomed())
                           m_dialogue->onMessage(*message);
                   },
               },
        *message);
}

Result<QByteArrayView, protocol::DecodeError> ChatClient::unpacked(const QByteArray &frame)
{
    if (m_compression.method == protocol::CompressionMethod::None)
        return frame;
    return m_decompressor.unpack(m_compression, frame, ownLimits.messageBytes);
}

void ChatClient::onReady(const protocol::Ready &ready)
{
    if (m_ready)
        return;
    m_ready = ready;
    m_state.serverName = ready.serverName;
    m_state.limits = ready.limits;
    if (ready.versionMajor != protocol::versionMajor) {
        const QString versions = u"the server speaks version %1, this program version %2"_s.arg(ready.versionMajor)
                                     .arg(protocol::versionMajor);
        giveUpOn({Problem::VersionMismatch, 0, versions}, protocol::close::VersionMismatch);
        return;
    }
    sayHello();
}

void ChatClient::sayHello()
{
    // Until the store knows the server there is no telling which cursors are meant for it.
    if (m_ready && m_state.phase == Phase::Joining && m_record.meet(*m_ready))
        send(helloFor(*m_ready));
}

void ChatClient::onStoreReply(const StoreReply &reply)
{
    if (const auto *opened = std::get_if<ServerOpened>(&reply.what)) {
        onServerOpened(*opened);
    } else if (const auto *problem = std::get_if<StoreProblem>(&reply.what)) {
        m_state.storeProblem = problem->text;
        publish();
    } else if (reply.server == m_record.key()) {
        m_dialogue->onStoreAnswer(reply.what);
    }
}

void ChatClient::onServerOpened(const ServerOpened &opened)
{
    const qint64 before = m_record.key();
    if (!m_record.onOpened(opened))
        return;
    m_state.serverId = m_record.serverId();
    const bool isTheSame = opened.isIdentified && before == m_record.key() && !opened.isAnotherEpoch;
    if (!isTheSame) {
        m_state.self = opened.snapshot.self;
        if (!m_ready)
            m_state.serverName = opened.snapshot.name;
        publish();
        const auto followed = m_dialogue->catchUp().followed();
        m_dialogue = makeDialogue();
        for (const auto &[room, afterSeq] : followed)
            m_dialogue->execute(Follow{room, afterSeq});
        m_dialogue->restore(opened.snapshot, opened.isIdentified);
    }
    for (const Command &command : m_record.takeHeld())
        m_dialogue->execute(command);
    sayHello();
}

protocol::Hello ChatClient::helloFor(const protocol::Ready &ready) const
{
    protocol::Hello hello;
    hello.app = u"lanline " LANLINE_VERSION ""_s;
    hello.clientId = m_clientId;
    hello.name = m_credentials.name();
    hello.auth = m_credentials.authFor(ready, m_link->certificateSha256());
    hello.cursors = m_dialogue->cursors(ready.limits.cursorsPerHello);
    if (!hello.cursors.isEmpty())
        hello.epoch = ready.epoch;
    hello.compressions = m_parts.compressions;
    return hello;
}

void ChatClient::onWelcome(const protocol::Welcome &welcome)
{
    if (m_state.phase != Phase::Joining || !m_ready)
        return;
    if (welcome.compression.method != protocol::CompressionMethod::None
        && !m_parts.compressions.contains(welcome.compression)) {
        giveUpOn({Problem::NotLanline, 0, u"the server chose a compression that was not offered"_s},
            protocol::close::OutOfOrder);
        return;
    }
    m_compression = welcome.compression;
    m_connectTimer->stop();
    const SteadyTime now = m_parts.time->now();
    m_wasWelcomed = true;
    m_credentials.remember(*m_ready, welcome);
    if (m_state.self != welcome.self)
        m_store->ask({m_record.key(), SaveSelf{welcome.self}});
    m_state.self = welcome.self;
    m_state.isHostReadOnly = false;
    m_state.problem = Problem::None;
    m_state.problemDetail.clear();
    m_state.attempt = 0;
    m_steps.welcome = duration_cast<microseconds>(now - m_openedAt);
    tell(m_steps);
    if (m_lostAt)
        m_outage = duration_cast<milliseconds>(now - *m_lostAt);
    else
        tell(linkEvent(LinkEvent::Kind::Connected));

    enter(Phase::CatchingUp);
    m_loopWatch.start();
    m_heartbeat.start();
    m_dialogue->begin(welcome, m_ready->limits);
    publish();
    goOnlineWhenCaughtUp();
}

void ChatClient::goOnlineWhenCaughtUp()
{
    if (!m_link || m_state.phase != Phase::CatchingUp || !m_dialogue->catchUp().isComplete())
        return;
    enter(Phase::Online);
    m_stableTimer->start(ownLimits.stableAfter);
    if (m_lostAt) {
        LinkEvent event = linkEvent(LinkEvent::Kind::Reconnected);
        event.outage = m_outage;
        event.replayed = m_dialogue->catchUp().replayed();
        tell(event);
        m_lostAt.reset();
    }
}

void ChatClient::onHeartbeatMissed()
{
    tell(linkEvent(LinkEvent::Kind::HeartbeatMissed));
    // Whatever is wrong with this connection, a close handshake would wait for the same silence.
    lose({Problem::HeartbeatMissed, 0, u"no answer to a heartbeat"_s});
}

void ChatClient::onEnded(const LinkEnd &end)
{
    LinkEnd told = end;
    if (m_goodbye) {
        if (told.problem == Problem::ConnectionLost || told.problem == Problem::ClosedByServer)
            told.problem = Problem::ServerStopped;
        told.text = m_goodbye->text;
    }
    lose(told);
}

void ChatClient::giveUpOn(const LinkEnd &end, const protocol::CloseReason &tellServer)
{
    if (m_link && m_state.phase != Phase::Connecting) {
        // The link says its farewell by itself, and is not heard any more.
        connect(m_link, &Link::ended, m_link, &QObject::deleteLater);
        std::exchange(m_link, nullptr)->close(tellServer);
    }
    lose(end);
}

void ChatClient::lose(const LinkEnd &end)
{
    const bool wasWelcomed = isWelcomed();
    dropLink();
    m_state.problem = end.problem;
    m_state.problemDetail = end.text;
    if (wasWelcomed && !m_lostAt) {
        m_lostAt = m_parts.time->now();
        LinkEvent event = linkEvent(LinkEvent::Kind::Lost);
        event.problem = end.problem;
        tell(event);
    }
    if (isWorthRetrying(end.problem, end.closeCode, m_wasWelcomed))
        retryLater();
    else
        enter(Phase::Offline);
}

void ChatClient::retryLater()
{
    milliseconds delay = m_backoff.next();
    if (m_goodbye)
        delay += std::clamp<milliseconds>(m_goodbye->retryAfter, 0ms, longestRetryAfter);
    // 0 while it was up: this is the first attempt of a new outage.
    ++m_state.attempt;
    m_state.nextAttemptAt = m_parts.time->now() + delay;
    m_retryTimer->start(delay);
    enter(Phase::WaitingToRetry);
}

void ChatClient::retryNow()
{
    if (m_state.phase == Phase::WaitingToRetry) {
        m_retryTimer->stop();
        connectNow();
    } else if (m_state.phase == Phase::Offline && m_state.url.isValid()) {
        open(m_state.url);
    }
}

void ChatClient::close()
{
    if (m_state.phase == Phase::Offline)
        return;
    if (isWelcomed()) {
        send(protocol::Bye{});
        if (!m_lostAt) {
            m_lostAt = m_parts.time->now();
            tell(linkEvent(LinkEvent::Kind::Lost));
        }
    }
    if (m_link && m_state.phase != Phase::Connecting) {
        connect(m_link, &Link::ended, m_link, &QObject::deleteLater);
        std::exchange(m_link, nullptr)->close(protocol::close::Normal);
    }
    dropLink();
    m_retryTimer->stop();
    m_state.problem = Problem::None;
    m_state.problemDetail.clear();
    m_state.attempt = 0;
    enter(Phase::Offline);
}

void ChatClient::dropLink()
{
    ++m_generation;
    m_connectTimer->stop();
    m_stableTimer->stop();
    m_heartbeat.stop();
    m_loopWatch.stop();
    if (Link *link = std::exchange(m_link, nullptr)) {
        link->abort();
        // Not at once: we may be inside one of its signals.
        link->deleteLater();
    }
    if (isWelcomed())
        m_dialogue->linkDown();
}

void ChatClient::send(const protocol::ClientCommand &command)
{
    if (!m_link)
        return;
    const QByteArray frame = protocol::encode(protocol::Encoding::Protobuf, command);
    const bool isPacked = m_compression.method != protocol::CompressionMethod::None;
    m_link->send(isPacked ? m_compressor.pack(m_compression, frame) : frame);
}

std::unique_ptr<Dialogue> ChatClient::makeDialogue()
{
    return std::make_unique<Dialogue>(*m_parts.time, m_parts.random,
        Dialogue::Sink{
            [this](const protocol::ClientCommand &command) { send(command); },
            [this](Notice notice) { tell(std::move(notice)); },
            [this](StoreTask task) {
                m_store->ask({m_record.key(), std::move(task)});
            },
            [this] {
                publish();
                goOnlineWhenCaughtUp();
            },
        });
}

Heartbeat::Sink ChatClient::heartbeatSink()
{
    return {
        [this](const protocol::Heartbeat &beat) { send(beat); },
        [this](const RoundTrip &roundTrip) { tell(roundTrip); },
        [this] { onHeartbeatMissed(); },
        [this](SteadyTime begin, SteadyTime end) { return m_loopWatch.stalledBetween(begin, end); },
    };
}

void ChatClient::enter(Phase phase)
{
    m_state.phase = phase;
    publish();
}

void ChatClient::publish()
{
    m_state.toCatchUp = m_dialogue->catchUp().missing();
    m_state.caughtUp = m_dialogue->catchUp().loaded();
    m_state.waiting = m_dialogue->waiting();
    tell(m_state);
}

LinkEvent ChatClient::linkEvent(LinkEvent::Kind kind) const
{
    LinkEvent event;
    event.kind = kind;
    event.at = m_parts.time->now();
    event.wallAt = m_parts.time->wallNow();
    return event;
}

void ChatClient::tell(Notice notice)
{
    if (m_batch.isEmpty())
        m_flushTimer->start(0ms);
    m_batch.add(std::move(notice));
}

void ChatClient::flush()
{
    if (const Ledger ledger = m_dialogue->ledger(); ledger != m_toldLedger) {
        m_toldLedger = ledger;
        m_batch.add(ledger);
    }
    Q_EMIT noticed(m_batch.take());
}

} // namespace lanline::client
