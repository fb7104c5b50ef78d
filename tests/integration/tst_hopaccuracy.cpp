#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"
#include "tests/support/relay.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <future>
#include <numeric>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::duration_cast;
using std::chrono::microseconds;

namespace {

constexpr auto delayUp = 30ms;
constexpr auto delayDown = 5ms;
/// Each of the two says as much in one round.
constexpr int messagesEach = 45;
/// A busy machine disturbs the observer as much as what it observes: of all that was said, what got through fastest is
/// compared, and more is said where that is still off.
constexpr size_t messagesCompared = 40;
constexpr int mostRounds = 6;
constexpr auto frameTime = 8ms;
constexpr int echoes = 41;

SteadyTime now()
{
    return std::chrono::steady_clock::now();
}

microseconds between(SteadyTime from, SteadyTime to)
{
    return duration_cast<microseconds>(to - from);
}

microseconds medianOf(QList<microseconds> values)
{
    if (values.isEmpty())
        return {};
    const auto middle = values.begin() + values.size() / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

microseconds sumOf(const MessageTrace &trace, std::initializer_list<Hop> hops)
{
    microseconds sum{};
    for (const Leg &leg : trace.legs) {
        if (std::find(hops.begin(), hops.end(), leg.hop) != hops.end())
            sum += leg.duration;
    }
    return sum;
}

microseconds errorOf(const MessageTrace &trace, Hop hop)
{
    const auto leg = std::find_if(trace.legs.begin(), trace.legs.end(), [hop](const Leg &at) { return at.hop == hop; });
    return leg == trace.legs.end() ? microseconds{} : leg->error;
}

/// A thread that sleeps until something comes over its socket, and sends that back.
class Echo
{
public:
    Echo()
    {
        m_home.moveToThread(&m_thread);
        m_thread.start();
        QMetaObject::invokeMethod(
            &m_home, [this] { listen(); }, Qt::BlockingQueuedConnection);
    }
    ~Echo()
    {
        QMetaObject::invokeMethod(
            &m_home, [this] { m_server.reset(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    Echo(const Echo &) = delete;
    Echo &operator=(const Echo &) = delete;

    quint16 port() const { return m_port; }

private:
    void listen()
    {
        m_server = std::make_unique<QTcpServer>();
        m_server->listen(QHostAddress(QHostAddress::LocalHost));
        m_port = m_server->serverPort();
        QObject::connect(m_server.get(), &QTcpServer::newConnection, m_server.get(), [this] {
            QTcpSocket *socket = m_server->nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->write(socket->readAll());
                socket->flush();
            });
        });
    }

    QThread m_thread;
    QObject m_home;
    std::unique_ptr<QTcpServer> m_server;
    quint16 m_port = 0;
};

/// From one thread to another over a socket and back, where nobody has anything else to do. Zero: it failed.
microseconds wayToSleeperAndBack(quint16 echoPort)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), echoPort);
    socket.waitForConnected();
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    QList<microseconds> times;
    while (times.size() < echoes) {
        QThread::msleep(frameTime.count());
        const SteadyTime begin = now();
        if (socket.write("?") != 1 || !socket.flush() || !socket.waitForReadyRead() || socket.readAll() != "?")
            return {};
        times.append(between(begin, now()));
    }
    return medianOf(times);
}

/// What the traces say of a stretch of the way, and what was seen of it from outside.
class Stretch
{
public:
    /// `blur`: how exactly it can be seen from outside.
    explicit Stretch(const char *name, microseconds blur = 0us)
        : m_name(name)
        , m_blur(blur)
    { }
    /// `error`: the trace's own bar.
    void add(microseconds traced, microseconds observed, microseconds error = 0us)
    {
        m_traced += traced;
        m_observed += observed;
        m_error += error;
    }
    /// Within 5 % or 0.2 ms, beyond the bar that the trace gives itself and the observer's own.
    bool isRight() const
    {
        const microseconds off = std::chrono::abs(medianOf(m_traced) - medianOf(m_observed));
        const microseconds allowed = std::max<microseconds>(medianOf(m_observed) / 20, 200us);
        return m_traced.size() == qsizetype(messagesCompared) && off <= allowed + medianOf(m_error) + m_blur;
    }
    QString line() const
    {
        const auto inMs = [](microseconds time) { return QString::number(double(time.count()) / 1000, 'f', 3); };
        return u"%1 %2 %3 %4 %5 %6 %7"_s.arg(QLatin1StringView(m_name), -44)
            .arg(m_traced.size(), 4)
            .arg(inMs(medianOf(m_traced)), 9)
            .arg(inMs(medianOf(m_observed)), 9)
            .arg(inMs(medianOf(m_traced) - medianOf(m_observed)), 9)
            .arg(inMs(medianOf(m_error)), 9)
            .arg(isRight() ? u"right"_s : u"WRONG"_s);
    }

private:
    const char *m_name;
    microseconds m_blur;
    QList<microseconds> m_traced;
    QList<microseconds> m_observed;
    QList<microseconds> m_error;
};

/// A relay in a thread of its own, so that it is not late because the face is.
class Observer
{
public:
    Observer()
    {
        m_home.moveToThread(&m_thread);
        m_thread.start(QThread::TimeCriticalPriority);
        inThread([this] { m_relay = std::make_unique<Relay>(QHostAddress(QHostAddress::LocalHost)); });
    }
    ~Observer()
    {
        inThread([this] { m_relay.reset(); });
        m_thread.quit();
        m_thread.wait();
    }
    Observer(const Observer &) = delete;
    Observer &operator=(const Observer &) = delete;

    quint16 open(quint16 serverPort)
    {
        quint16 port = 0;
        inThread([&] {
            m_relay->leadTo(serverPort);
            m_relay->setDelays(delayUp, delayDown);
            port = m_relay->open();
        });
        return port;
    }
    /// Who sits between the ends sees what passes when it has been woken, and the ends what comes when they have: what
    /// that takes on this machine just now. Zero: it could not be measured.
    microseconds blur()
    {
        microseconds blur{};
        inThread([&] { blur = wayToSleeperAndBack(m_echo.port()); });
        return blur;
    }
    QList<Relay::Passage> takePassages()
    {
        QList<Relay::Passage> passages;
        inThread([&] { passages = m_relay->takePassages(); });
        return passages;
    }

private:
    void inThread(const std::function<void()> &task)
    {
        QMetaObject::invokeMethod(&m_home, task, Qt::BlockingQueuedConnection);
    }

    Echo m_echo;
    QThread m_thread;
    QObject m_home;
    std::unique_ptr<Relay> m_relay;
};

} // namespace

/// What traces tell, compared with what somebody between the ends sees, who has the same clock. Judged by medians.
class TestHopAccuracy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyHopAgreesWithAnObserver();

private:
    struct Seen
    {
        SteadyTime composed; ///< before it was given away
        SteadyTime shown; ///< own: STORED told; another's: in the timeline
        SteadyTime painted;
    };
    struct Side
    {
        explicit Side(const QString &name)
            : probe(name)
        { }
        ClientProbe probe;
        std::map<MessageId, Seen> own;
        std::map<MessageId, Seen> others;
        std::map<MessageId, MessageTrace> traces;
    };

    void watch(Side &side);
    /// One message, until both have it.
    void say(Side &from, Side &to);
    /// Adds to what was said before.
    void talk();
    void askForDetails(Side &side);
    QList<Stretch> compare();
    void compareOwn(QList<Stretch> &stretches);
    void compareOthers(QList<Stretch> &stretches);
    const Relay::Passage *passageFrom(Relay::Direction direction, SteadyTime from) const;
    using SeenOf = std::map<MessageId, Seen>;
    /// Of those that `here` saw, by the time from being composed `there` until `end`.
    static QList<MessageId> fastest(const SeenOf &there, const SeenOf &here, SteadyTime Seen::*end);

    std::unique_ptr<ClientHost> m_host;
    std::unique_ptr<Observer> m_observer;
    std::unique_ptr<Side> m_far; ///< over the relay
    std::unique_ptr<Side> m_near; ///< directly
    QList<Relay::Passage> m_passages;
    microseconds m_blur{}; ///< the observer's
    const RoomId m_lobby{u"lobby"_s};
};

void TestHopAccuracy::init()
{
    m_host = std::make_unique<ClientHost>();
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
    m_observer = std::make_unique<Observer>();
    const quint16 port = m_observer->open(quint16(m_host->url().port()));
    QVERIFY(port > 0);
    m_far = std::make_unique<Side>(u"Ann"_s);
    m_near = std::make_unique<Side>(u"Bob"_s);
    for (Side *side : {m_far.get(), m_near.get()}) {
        watch(*side);
        side->probe.session().setRedundancy(Redundancy::Off);
        side->probe.session().setHeartbeatInterval(1s);
    }
    m_far->probe.session().open(QUrl(u"ws://127.0.0.1:%1/"_s.arg(port)));
    m_near->probe.session().open(m_host->url());
    QTRY_VERIFY(m_far->probe.isOnline() && m_near->probe.isOnline());
    QTRY_VERIFY(!m_far->probe.roundTrips().isEmpty() && !m_near->probe.roundTrips().isEmpty());
}

void TestHopAccuracy::cleanup()
{
    m_far.reset();
    m_near.reset();
    m_observer.reset();
    m_host.reset();
}

void TestHopAccuracy::watch(Side &side)
{
    ChatSession *session = &side.probe.session();
    connect(session, &ChatSession::outboxChanged, session, [&side](const QList<OutboxItem> &items) {
        for (const OutboxItem &item : items) {
            if (item.state == SendState::Stored)
                side.own[item.messageId].shown = now();
        }
    });
    connect(session, &ChatSession::timelineChanged, session, [&side, session](const TimelineUpdate &update) {
        for (const protocol::Event &event : update.events) {
            if (side.own.contains(event.messageId))
                continue;
            side.others[event.messageId].shown = now();
            QTimer::singleShot(frameTime, Qt::PreciseTimer, session,
                [&side, session, room = update.room, seq = event.seq, id = event.messageId] {
                    side.others[id].painted = now();
                    session->notePainted(room, {seq});
                });
        }
    });
    connect(session, &ChatSession::messagesTraced, session, [&side](const QList<MessageTrace> &traces) {
        for (const MessageTrace &trace : traces)
            side.traces[trace.messageId] = trace;
    });
}

void TestHopAccuracy::say(Side &from, Side &to)
{
    const SteadyTime composed = now();
    const MessageId message = from.probe.session().send(m_lobby, u"how long is the way?"_s);
    from.own[message].composed = composed;
    QTRY_VERIFY(from.own[message].shown != SteadyTime{});
    QTRY_VERIFY(to.others[message].painted != SteadyTime{});
    QTRY_COMPARE(from.probe.timeline().size(), to.probe.timeline().size());
}

void TestHopAccuracy::talk()
{
    const size_t saidBefore = m_far->own.size();
    for (int i = 0; i < messagesEach && !QTest::currentTestFailed(); ++i) {
        say(*m_far, *m_near);
        say(*m_near, *m_far);
    }
    QCOMPARE(m_far->own.size(), saidBefore + messagesEach);
    m_passages += m_observer->takePassages();
    askForDetails(*m_far);
    askForDetails(*m_near);
}

void TestHopAccuracy::askForDetails(Side &side)
{
    QTRY_COMPARE_GE(side.traces.size(), side.own.size() + side.others.size());
    for (const auto &[id, trace] : side.traces) {
        if (!trace.isDetailed)
            side.probe.session().requestTrace(trace.room, trace.seq);
    }
    QTRY_VERIFY(
        std::all_of(side.traces.begin(), side.traces.end(), [](const auto &entry) { return entry.second.isDetailed; }));
}

const Relay::Passage *TestHopAccuracy::passageFrom(Relay::Direction direction, SteadyTime from) const
{
    const auto found = std::find_if(m_passages.begin(), m_passages.end(),
        [&](const Relay::Passage &passage) { return passage.direction == direction && passage.came >= from; });
    return found == m_passages.end() ? nullptr : &*found;
}

QList<MessageId> TestHopAccuracy::fastest(const SeenOf &there, const SeenOf &here, SteadyTime Seen::*end)
{
    std::multimap<SteadyTime::duration, MessageId> byTime;
    for (const auto &[id, seen] : here)
        byTime.emplace(seen.*end - there.at(id).composed, id);
    QList<MessageId> fastest;
    for (const auto &[time, id] : byTime) {
        if (fastest.size() < qsizetype(messagesCompared))
            fastest.append(id);
    }
    return fastest;
}

void TestHopAccuracy::compareOwn(QList<Stretch> &stretches)
{
    Stretch out("own: composed until with the socket", m_blur);
    Stretch network("own: both ways over the network", m_blur);
    Stretch up("own: to the server, one way", m_blur);
    Stretch down("own: back, one way", m_blur);
    Stretch server("own: inside the server", m_blur);
    Stretch in("own: STORED read until in the face", m_blur);
    Stretch total("own: all of it");
    for (const MessageId &id : fastest(m_far->own, m_far->own, &Seen::shown)) {
        const Seen &seen = m_far->own[id];
        const MessageTrace &trace = m_far->traces[id];
        const Relay::Passage *left = passageFrom(Relay::Direction::Up, seen.composed);
        const Relay::Passage *came = left ? passageFrom(Relay::Direction::Down, left->went) : nullptr;
        if (!came)
            continue;
        QVERIFY(trace.isOwn);
        QCOMPARE(between(trace.endedAt - trace.total(), trace.endedAt), trace.total());
        const microseconds upward = between(left->came, left->went);
        const microseconds downward = between(came->came, came->went);
        out.add(
            sumOf(trace, {Hop::Composed, Hop::Kept, Hop::Queued, Hop::Encoded}), between(seen.composed, left->came));
        network.add(sumOf(trace, {Hop::Uplink, Hop::Downlink}), upward + downward);
        up.add(sumOf(trace, {Hop::Uplink}), upward, errorOf(trace, Hop::Uplink));
        down.add(sumOf(trace, {Hop::Downlink}), downward, errorOf(trace, Hop::Downlink));
        server.add(sumOf(trace, {Hop::Routed, Hop::QueuedForDisk, Hop::Stored, Hop::FannedOut}),
            between(left->went, came->came));
        in.add(sumOf(trace, {Hop::Held, Hop::Decoded, Hop::Shown}), between(came->went, seen.shown));
        total.add(trace.total(), between(seen.composed, seen.shown));
    }
    stretches += {out, network, up, down, server, in, total};
}

void TestHopAccuracy::compareOthers(QList<Stretch> &stretches)
{
    Stretch sender("another's: at its sender's");
    Stretch store("another's: on the server's disk");
    Stretch down("another's: from the server, one way", m_blur);
    Stretch in("another's: read until in the model", m_blur);
    Stretch painted("another's: until painted");
    Stretch total("another's: all of it");
    for (const MessageId &id : fastest(m_near->own, m_far->others, &Seen::painted)) {
        const Seen &seen = m_far->others[id];
        const MessageTrace &trace = m_far->traces[id];
        const MessageTrace &ofSender = m_near->traces[id];
        const SteadyTime composed = m_near->own[id].composed;
        const Relay::Passage *came = passageFrom(Relay::Direction::Down, composed);
        if (!came)
            continue;
        QVERIFY(!trace.isOwn);
        const auto wayOut = {Hop::Composed, Hop::Kept, Hop::Queued, Hop::Encoded};
        const auto onDisk = {Hop::Routed, Hop::QueuedForDisk, Hop::Stored};
        sender.add(sumOf(trace, wayOut), sumOf(ofSender, wayOut));
        store.add(sumOf(trace, onDisk), sumOf(ofSender, onDisk));
        down.add(sumOf(trace, {Hop::Downlink}), between(came->came, came->went), errorOf(trace, Hop::Downlink));
        in.add(sumOf(trace, {Hop::Held, Hop::Decoded, Hop::Shown}), between(came->went, seen.shown));
        painted.add(sumOf(trace, {Hop::Painted}), between(seen.shown, seen.painted));
        total.add(trace.total(), between(composed, seen.painted),
            errorOf(trace, Hop::Downlink) + errorOf(trace, Hop::Uplink));
    }
    stretches += {sender, store, down, in, painted, total};
}

QList<Stretch> TestHopAccuracy::compare()
{
    QList<Stretch> stretches;
    compareOwn(stretches);
    compareOthers(stretches);
    return stretches;
}

void TestHopAccuracy::everyHopAgreesWithAnObserver()
{
    for (int round = 1; round <= mostRounds; ++round) {
        talk();
        if (QTest::currentTestFailed())
            return;
        m_blur = m_observer->blur();
        QVERIFY(m_blur > 0us);
        const QList<Stretch> stretches = compare();
        qInfo("Medians in ms: 30 ms to the server and 5 ms back, the fastest %d of %d messages, seen to %.3f",
            int(messagesCompared), round * messagesEach, double(m_blur.count()) / 1000);
        qInfo("%-44s %4s %9s %9s %9s %9s", "", "n", "traced", "observed", "off by", "bar");
        for (const Stretch &stretch : stretches)
            qInfo("%s", qPrintable(stretch.line()));
        if (std::all_of(stretches.begin(), stretches.end(), [](const Stretch &at) { return at.isRight(); }))
            return;
    }
    QFAIL("a hop was wrong in every round");
}

QTEST_GUILESS_MAIN(TestHopAccuracy)
#include "tst_hopaccuracy.moc"
