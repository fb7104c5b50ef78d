#include "server/serverhost.h"
#include "tests/support/sends.h"
#include "tests/support/serverbench.h"
#include "tests/support/serverclient.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;

/// What is broken on purpose in a whole server, and who may ask for it.
class tst_ServerFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aDelayIsSeenInEveryAnswer();
    void linksThatComeLaterAreDelayedToo();
    void jitterKeepsTheOrder();
    void aSlowDiskIsSeenInStored();
    void aStalledServerLetsEveryoneWait();
    void aStalledStorageLetsMessagesWait();
    void droppedHeartbeatsAreNotAnswered();
    void faultsEndByThemselves();
    void clientsAskOverTheWire();
    void notAllowedWithoutTheOption();
    void othersThanThisComputerMayNot();
    void clientsFaultsAreNoServers();
    void killedItComesBackWithoutAGoodbye();

private:
    bool start(bool allowFaults = false);
    bool stop();
    /// From SEND to STORED.
    std::chrono::milliseconds sendOne(const QString &text);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ServerHost> m_host;
    ServerOptions m_options;
    QUrl m_url;
    std::unique_ptr<ServerClient> m_client;
};

void tst_ServerFaults::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_host = std::make_unique<ServerHost>();
    m_options = {};
    m_options.dataDir = m_dir->path();
    m_options.name = u"host"_s;
}

void tst_ServerFaults::cleanup()
{
    m_client.reset();
    m_host.reset();
}

bool tst_ServerFaults::start(bool allowFaults)
{
    m_options.allowFaults = allowFaults;
    QSignalSpy started(m_host.get(), &ServerHost::started);
    m_host->start(m_options);
    if (!waitUntil([&] { return started.count() == 1; }))
        return false;
    const auto listening = started.constFirst().constFirst().value<Listening>();
    m_url = listening.url;
    m_options.port = listening.port;
    m_client = std::make_unique<ServerClient>();
    return m_client->enter(m_url, u"Ann"_s) && m_client->goLive();
}

std::chrono::milliseconds tst_ServerFaults::sendOne(const QString &text)
{
    const qsizetype before = m_client->all<protocol::Stored>().size();
    QElapsedTimer timer;
    timer.start();
    m_client->send(message(text));
    return m_client->waitFor<protocol::Stored>(before + 1) ? std::chrono::milliseconds(timer.elapsed())
                                                           : std::chrono::milliseconds(-1);
}

void tst_ServerFaults::aDelayIsSeenInEveryAnswer()
{
    QVERIFY(start());
    m_host->setFault({FaultKind::Delay, 150ms, 60s});
    QVERIFY(waitUntil([&] { return sendOne(u"probe"_s) >= 150ms; }));
    for (int i = 0; i < 3; ++i)
        QVERIFY(sendOne(u"late"_s) >= 150ms);
}

void tst_ServerFaults::linksThatComeLaterAreDelayedToo()
{
    QVERIFY(start());
    m_host->setFault({FaultKind::Delay, 150ms, 60s});
    QVERIFY(waitUntil([&] { return sendOne(u"probe"_s) >= 150ms; }));
    QElapsedTimer timer;
    timer.start();
    ServerClient late;
    QVERIFY(late.enter(m_url, u"Bob"_s));
    // READY and WELCOME.
    QVERIFY(timer.elapsed() >= 300);
}

void tst_ServerFaults::jitterKeepsTheOrder()
{
    QVERIFY(start());
    m_host->setFault({FaultKind::Jitter, 40ms, 60s});
    constexpr int count = 200;
    for (int i = 0; i < count; ++i)
        m_client->send(message(QString::number(i)));
    QVERIFY(m_client->waitFor<protocol::Stored>(count));
    QVERIFY(m_client->waitForSeq(count));
    const auto stored = m_client->all<protocol::Stored>();
    for (int i = 0; i < count; ++i)
        QCOMPARE(stored.at(i).seq, quint64(i + 1));
    const auto events = m_client->events();
    QCOMPARE(events.size(), count);
    for (int i = 0; i < count; ++i)
        QCOMPARE(events.at(i).seq, quint64(i + 1));
}

void tst_ServerFaults::aSlowDiskIsSeenInStored()
{
    QVERIFY(start());
    m_host->setFault({FaultKind::SlowDisk, 120ms, 60s});
    QVERIFY(waitUntil([&] { return sendOne(u"probe"_s) >= 120ms; }));
    QVERIFY(sendOne(u"slow"_s) >= 120ms);
    // It counts as waiting for the disk.
    const protocol::Stored stored = m_client->all<protocol::Stored>().constLast();
    m_client->send(protocol::TraceGet{7, lobbyId, stored.seq});
    QVERIFY(m_client->waitFor<protocol::Trace>());
    const auto trace = m_client->all<protocol::Trace>().constLast();
    QVERIFY(trace.committedUs >= trace.begunUs + 120'000);
    m_host->setFault({FaultKind::SlowDisk});
    QVERIFY(waitUntil([&] { return sendOne(u"fast"_s) < 120ms; }));
}

void tst_ServerFaults::aStalledServerLetsEveryoneWait()
{
    QVERIFY(start());
    m_host->setFault({FaultKind::StallServer, 700ms, 60s});
    QVERIFY(waitUntil([&] { return sendOne(u"probe"_s) >= 300ms; }));
    // Who asks is told of it, and of whom it has held up.
    QVERIFY(waitUntil([&] {
        const qsizetype before = m_client->all<protocol::HeartbeatAck>().size();
        m_client->send(message(u"more"_s));
        m_client->send(protocol::Heartbeat{{}, ClientId(u"c"_s), 60s, 1});
        if (!m_client->waitFor<protocol::HeartbeatAck>(before + 1))
            return false;
        const auto stalls = m_client->all<protocol::HeartbeatAck>().constLast().stalls;
        return std::any_of(stalls.begin(), stalls.end(), [](const protocol::ThreadStall &stall) {
            return stall.thread == ThreadKind::Server && stall.duration >= 300ms && stall.heldUp > 0;
        });
    }));
}

void tst_ServerFaults::aStalledStorageLetsMessagesWait()
{
    QVERIFY(start());
    m_host->setFault({FaultKind::StallStorage, 700ms, 60s});
    QVERIFY(waitUntil([&] { return sendOne(u"probe"_s) >= 300ms; }));
}

void tst_ServerFaults::droppedHeartbeatsAreNotAnswered()
{
    QVERIFY(start(true));
    const auto beat = [this](quint64 number) {
        m_client->send(protocol::Heartbeat{{}, ClientId(u"c"_s), 60s, number});
    };
    beat(1);
    QVERIFY(m_client->waitFor<protocol::HeartbeatAck>(1));
    m_client->send(protocol::FaultSet{1, Fault{FaultKind::DropHeartbeats, 0ms, 60s}});
    beat(2);
    m_client->send(protocol::FaultSet{2, Fault{FaultKind::DropHeartbeats}});
    beat(3);
    QVERIFY(m_client->waitFor<protocol::HeartbeatAck>(2));
    QCOMPARE(m_client->all<protocol::HeartbeatAck>().constLast().sentUs, quint64(3));
}

void tst_ServerFaults::faultsEndByThemselves()
{
    QVERIFY(start(true));
    m_client->send(protocol::FaultSet{1, Fault{FaultKind::SlowDisk, 20ms, 300ms}});
    QVERIFY(m_client->waitFor<protocol::Faults>(1));
    QCOMPARE(m_client->all<protocol::Faults>().constLast().faults.size(), 1);
    QVERIFY(waitUntil([&] {
        const qsizetype before = m_client->all<protocol::Faults>().size();
        m_client->send(protocol::FaultSet{2, {}});
        return m_client->waitFor<protocol::Faults>(before + 1)
            && m_client->all<protocol::Faults>().constLast().faults.isEmpty();
    }));
}

void tst_ServerFaults::clientsAskOverTheWire()
{
    QVERIFY(start(true));
    m_client->send(protocol::FaultSet{1, Fault{FaultKind::Jitter, 1h, 1h}});
    m_client->send(protocol::FaultSet{2, Fault{FaultKind::SlowDisk, 5ms, 10s}});
    QVERIFY(m_client->waitFor<protocol::Faults>(2));
    const auto answer = m_client->all<protocol::Faults>().constLast();
    QCOMPARE(answer.requestId, 2U);
    QCOMPARE(answer.faults.size(), 2);
    QCOMPARE(answer.faults.at(0).kind, FaultKind::Jitter);
    QCOMPARE(answer.faults.at(0).amount, largestFaultAmount);
    QVERIFY(answer.faults.at(0).left <= longestFault);
    QVERIFY(answer.faults.at(0).left > longestFault - 30s);
    QCOMPARE(answer.faults.at(1).kind, FaultKind::SlowDisk);
}

void tst_ServerFaults::notAllowedWithoutTheOption()
{
    QVERIFY(start());
    m_client->send(protocol::FaultSet{5, Fault{FaultKind::Delay, 50ms, 10s}});
    QVERIFY(m_client->waitFor<protocol::Error>(1));
    const auto error = m_client->all<protocol::Error>().constLast();
    QCOMPARE(error.requestId, 5U);
    QCOMPARE(error.code, protocol::ErrorCode::NotAllowed);
}

void tst_ServerFaults::othersThanThisComputerMayNot()
{
    ServerBench bench;
    ServerFaults faults(bench.time, true, {[](const Fault &) {}, [] {}, [] {}});
    bench.sessions.useFaults(faults);
    FakePeer near;
    FakePeer far;
    far.wire->address = QHostAddress(u"192.168.7.20"_s);
    bench.logInAsGuest(near, u"Near"_s);
    bench.logInAsGuest(far, u"Far"_s);
    far.send(protocol::FaultSet{3, Fault{FaultKind::StallServer, 50ms, 10s}});
    near.send(protocol::FaultSet{4, {}});
    bench.turn();
    QCOMPARE(far.all<protocol::Error>().constLast().code, protocol::ErrorCode::NotAllowed);
    QVERIFY(far.all<protocol::Faults>().isEmpty());
    QCOMPARE(near.all<protocol::Faults>().constLast(), (protocol::Faults{4, {}}));
    QVERIFY(!faults.isOn(FaultKind::StallServer));
}

void tst_ServerFaults::clientsFaultsAreNoServers()
{
    QVERIFY(start(true));
    m_host->setFault({FaultKind::CutPrimary, 0ms, 10s});
    m_client->send(protocol::FaultSet{1, {}});
    QVERIFY(m_client->waitFor<protocol::Faults>(1));
    QVERIFY(m_client->all<protocol::Faults>().constLast().faults.isEmpty());
}

void tst_ServerFaults::killedItComesBackWithoutAGoodbye()
{
    QVERIFY(start());
    QVERIFY(sendOne(u"kept"_s) >= 0ms);
    QSignalSpy stopped(m_host.get(), &ServerHost::stopped);
    m_host->kill();
    QVERIFY(waitUntil([&] { return stopped.count() == 1; }));
    QVERIFY(m_client->waitForClose());
    QVERIFY(m_client->all<protocol::Goodbye>().isEmpty());
    const QUrl before = m_url;
    QVERIFY(start());
    QCOMPARE(m_url, before);
    QVERIFY(m_client->waitForSeq(1));
}

QTEST_GUILESS_MAIN(tst_ServerFaults)
#include "tst_serverfaults.moc"
