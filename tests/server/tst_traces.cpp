#include "server/serverhost.h"
#include "server/store/storevalues.h"
#include "tests/support/sends.h"
#include "tests/support/serverclient.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
using protocol::Ticks;

/// Where a message's time went inside a whole server, as its clients are told. They are in the same process, and so on
/// the same steady clock.
class tst_Traces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void stampsAreInOrder_data();
    void stampsAreInOrder();
    void partsFitTheWhole();
    void jsonHasTheSame();
    void manyAtOnce();
    void pagesAndDuplicatesHaveNone();
    void onlyMembersMayAsk();
    void nothingIsKnownOfOthers();
    void serverMayNotTrace();

private:
    bool start();

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ServerHost> m_host;
    ServerOptions m_options;
    QUrl m_url;
};

namespace {

const protocol::SendTrace sendTrace{Ticks(150), Ticks(30), Ticks(20), Ticks(4711)};

protocol::Send tracedMessage(const QString &text)
{
    protocol::Send send = message(text);
    send.trace = sendTrace;
    return send;
}

quint64 nowUs()
{
    const auto now = SystemTime().now().time_since_epoch();
    return quint64(std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

std::optional<protocol::Trace> askFor(ServerClient &client, quint64 seq)
{
    const auto before = client.all<protocol::Trace>().size();
    client.send(protocol::TraceGet{quint32(seq), lobbyId, seq});
    if (!client.waitFor<protocol::Trace>(before + 1))
        return std::nullopt;
    return client.all<protocol::Trace>().constLast();
}

protocol::Trace unknownTrace(quint64 seq)
{
    protocol::Trace trace;
    trace.requestId = quint32(seq);
    trace.room = lobbyId;
    trace.seq = seq;
    return trace;
}

QList<quint64> stampsOf(const protocol::Trace &trace)
{
    return {trace.readUs, trace.routedUs, trace.begunUs, trace.committedUs, trace.toldUs, trace.fannedOutUs,
        trace.writtenUs};
}

/// A duration that was rounded to ticks, and the same between two stamps that were cut to microseconds.
bool agree(Ticks told, quint64 fromUs, quint64 untilUs)
{
    const auto between = std::chrono::microseconds(qint64(untilUs) - qint64(fromUs));
    const auto error = std::chrono::duration_cast<std::chrono::microseconds>(told) - between;
    return told.count() > 0 && error <= 11us && error >= -11us;
}

} // namespace

void tst_Traces::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_options = {};
    m_options.dataDir = m_dir->path();
    m_options.name = u"test host"_s;
}

void tst_Traces::cleanup()
{
    m_host.reset();
}

bool tst_Traces::start()
{
    m_host = std::make_unique<ServerHost>();
    QSignalSpy started(m_host.get(), &ServerHost::started);
    m_host->start(m_options);
    if (!waitUntil([&] { return started.count() == 1; }))
        return false;
    m_url = started.constFirst().constFirst().value<Listening>().url;
    return true;
}

void tst_Traces::stampsAreInOrder_data()
{
    QTest::addColumn<Sockets>("sockets");
    QTest::newRow("native sockets") << Sockets::Native;
    QTest::newRow("Qt's sockets") << Sockets::Qt;
}

void tst_Traces::stampsAreInOrder()
{
    QFETCH(const Sockets, sockets);
    m_options.sockets = sockets;
    QVERIFY(start());
    ServerClient ann;
    QVERIFY(ann.enter(m_url, u"Ann"_s));
    QVERIFY(ann.goLive());
    for (quint64 seq = 1; seq <= 5; ++seq) {
        const quint64 before = nowUs();
        ann.send(tracedMessage(u"hello"_s));
        QVERIFY(ann.waitForSeq(seq));
        const quint64 after = nowUs();
        const auto trace = askFor(ann, seq);
        QVERIFY(trace);
        QCOMPARE(trace->requestId, quint32(seq));
        QCOMPARE(trace->room, lobbyId);
        QCOMPARE(trace->seq, seq);
        QCOMPARE(trace->sender, sendTrace);
        const QList<quint64> stamps = stampsOf(*trace);
        QVERIFY(std::ranges::is_sorted(stamps));
        QVERIFY(stamps.constFirst() >= before);
        // What is written last has the reader not waited for.
        QVERIFY(trace->fannedOutUs <= after);
        QVERIFY(stamps.constLast() <= nowUs());
    }
}

void tst_Traces::partsFitTheWhole()
{
    QVERIFY(start());
    ServerClient ann;
    ServerClient bob;
    QVERIFY(ann.enter(m_url, u"Ann"_s));
    QVERIFY(bob.enter(m_url, u"Bob"_s));
    QVERIFY(ann.goLive());
    QVERIFY(bob.goLive());
    const quint64 before = nowUs();
    ann.send(tracedMessage(u"hello"_s));
    QVERIFY(ann.waitFor<protocol::Stored>());
    const quint64 storedAt = nowUs();
    QVERIFY(ann.waitForSeq(1));
    QVERIFY(bob.waitForSeq(1));
    const auto trace = askFor(bob, 1);
    QVERIFY(trace);

    const auto stored = ann.all<protocol::Stored>().constFirst();
    QVERIFY(agree(stored.store, trace->readUs, trace->committedUs));
    QVERIFY(agree(stored.told, trace->committedUs, trace->toldUs));
    // What is left of the whole is the network's, and no less than nothing.
    const auto whole = std::chrono::microseconds(qint64(storedAt - before));
    QVERIFY(whole + 20us >= stored.store + stored.told);

    const auto live = bob.all<protocol::Events>().constLast();
    QCOMPARE(live.requestId, 0u);
    const protocol::EventTrace told = live.events.constFirst().trace;
    QCOMPARE(told.sender, sendTrace.total);
    QCOMPARE(told.store, stored.store);
    QVERIFY(agree(told.fanOut, trace->committedUs, trace->fannedOutUs));
    const SteadyTime sentAt = protocol::timeOf(live.sentAt, SystemTime().now());
    const auto sentAtUs = std::chrono::duration_cast<std::chrono::microseconds>(sentAt.time_since_epoch()).count();
    QVERIFY(std::abs(sentAtUs - qint64(trace->fannedOutUs)) <= 11);
    // Everyone is told the same.
    QCOMPARE(ann.events(), bob.events());
}

void tst_Traces::jsonHasTheSame()
{
    QVERIFY(start());
    ServerClient ann({QLatin1StringView(protocol::subprotocolJson)});
    ServerClient bob;
    QVERIFY(ann.enter(m_url, u"Ann"_s));
    QVERIFY(bob.enter(m_url, u"Bob"_s));
    QVERIFY(ann.goLive());
    QVERIFY(bob.goLive());
    ann.send(tracedMessage(u"hello"_s));
    QVERIFY(ann.waitForSeq(1));
    QVERIFY(bob.waitForSeq(1));
    QVERIFY(ann.all<protocol::Stored>().constFirst().store.count() > 0);
    QCOMPARE(ann.all<protocol::Events>().constLast(), bob.all<protocol::Events>().constLast());
    QVERIFY(ann.all<protocol::Events>().constLast().sentAt.count() > 0);
    const auto trace = askFor(ann, 1);
    QVERIFY(trace);
    QVERIFY(std::ranges::is_sorted(stampsOf(*trace)));
}

void tst_Traces::manyAtOnce()
{
    m_options.limits.commandsInFlight = 1'000;
    QVERIFY(start());
    ServerClient ann;
    QVERIFY(ann.enter(m_url, u"Ann"_s));
    QVERIFY(ann.goLive());
    constexpr quint64 count = 600;
    for (quint64 i = 1; i <= count; ++i)
        ann.send(tracedMessage(QString::number(i)));
    QVERIFY(ann.waitForSeq(count));
    QSet<quint64> reads;
    QSet<quint64> commits;
    quint64 last = 0;
    for (quint64 seq = 1; seq <= count; ++seq)
        ann.send(protocol::TraceGet{1, lobbyId, seq});
    QVERIFY(ann.waitFor<protocol::Trace>(count));
    for (const protocol::Trace &trace : ann.all<protocol::Trace>()) {
        QVERIFY(std::ranges::is_sorted(stampsOf(trace)));
        QVERIFY(trace.readUs >= last);
        last = trace.readUs;
        reads.insert(trace.readUs);
        commits.insert(trace.committedUs);
    }
    // The clock is read for a turn's bytes and for a transaction, not for a message.
    QVERIFY(reads.size() < qsizetype(count) / 2);
    QVERIFY(commits.size() < qsizetype(count) / 2);
}

void tst_Traces::pagesAndDuplicatesHaveNone()
{
    QVERIFY(start());
    ServerClient ann;
    QVERIFY(ann.enter(m_url, u"Ann"_s));
    const protocol::Send sent = tracedMessage(u"hello"_s);
    ann.send(sent);
    ann.send(sent);
    QVERIFY(ann.waitFor<protocol::Stored>(2));
    const auto stored = ann.all<protocol::Stored>();
    QVERIFY(stored.at(0).store.count() > 0 && stored.at(0).told.count() > 0);
    QVERIFY(stored.at(1).isDuplicate);
    QCOMPARE(stored.at(1).store.count(), 0u);
    QCOMPARE(stored.at(1).told.count(), 0u);

    QVERIFY(ann.goLive());
    const auto page = ann.all<protocol::Events>().constLast();
    QCOMPARE(page.events.size(), 1);
    QCOMPARE(page.sentAt.count(), 0u);
    QVERIFY(page.events.constFirst().trace == protocol::EventTrace{});
    ann.send(protocol::HistoryGet{5, lobbyId, 0, 10});
    QVERIFY(ann.waitFor<protocol::History>());
    QVERIFY(ann.all<protocol::History>().constFirst().events.constFirst().trace == protocol::EventTrace{});
}

void tst_Traces::onlyMembersMayAsk()
{
    QVERIFY(start());
    ServerClient ann;
    ServerClient bob;
    QVERIFY(ann.enter(m_url, u"Ann"_s));
    QVERIFY(bob.enter(m_url, u"Bob"_s));
    const RoomId ops(u"ops"_s);
    ann.send(protocol::CreateRoom{1, ops, u"Ops"_s});
    QVERIFY(ann.waitFor<protocol::Joined>());
    ann.send(message(u"secret"_s, ops));
    QVERIFY(ann.waitFor<protocol::Stored>());
    ann.send(protocol::TraceGet{2, ops, 1});
    QVERIFY(ann.waitFor<protocol::Trace>());
    QVERIFY(ann.all<protocol::Trace>().constFirst().readUs > 0);

    bob.send(protocol::TraceGet{3, ops, 1});
    bob.send(protocol::TraceGet{4, RoomId(u"nowhere"_s), 1});
    QVERIFY(bob.waitFor<protocol::Error>(2));
    const auto errors = bob.all<protocol::Error>();
    QCOMPARE(errors.at(0).requestId, 3u);
    QCOMPARE(errors.at(0).code, protocol::ErrorCode::NotAMember);
    QCOMPARE(errors.at(0).room, ops);
    QCOMPARE(errors.at(1).requestId, 4u);
    QCOMPARE(errors.at(1).code, protocol::ErrorCode::UnknownRoom);
    QVERIFY(bob.all<protocol::Trace>().isEmpty());
}

void tst_Traces::nothingIsKnownOfOthers()
{
    m_options.limits.tracesKept = 2;
    QVERIFY(start());
    const auto isUnknown = [](ServerClient &client, quint64 seq) { return askFor(client, seq) == unknownTrace(seq); };
    {
        ServerClient ann;
        QVERIFY(ann.enter(m_url, u"Ann"_s));
        QVERIFY(isUnknown(ann, 1));
        for (int i = 0; i < 3; ++i)
            ann.send(tracedMessage(u"hello"_s));
        QVERIFY(ann.waitFor<protocol::Stored>(3));
        QVERIFY(isUnknown(ann, 1));
        QVERIFY(!isUnknown(ann, 3));
    }
    QSignalSpy stopped(m_host.get(), &ServerHost::stopped);
    m_host->stop();
    QVERIFY(waitUntil([&] { return stopped.count() == 1; }));
    QVERIFY(start());
    ServerClient bob;
    QVERIFY(bob.enter(m_url, u"Bob"_s));
    QVERIFY(isUnknown(bob, 3));
}

void tst_Traces::serverMayNotTrace()
{
    m_options.tracing = false;
    QVERIFY(start());
    ServerClient ann;
    QVERIFY(ann.enter(m_url, u"Ann"_s));
    QVERIFY(ann.goLive());
    ann.send(tracedMessage(u"hello"_s));
    QVERIFY(ann.waitForSeq(1));
    const auto stored = ann.all<protocol::Stored>().constFirst();
    QCOMPARE(stored.store.count(), 0u);
    QCOMPARE(stored.told.count(), 0u);
    const auto live = ann.all<protocol::Events>().constLast();
    QCOMPARE(live.sentAt.count(), 0u);
    QVERIFY(live.events.constFirst().trace == protocol::EventTrace{});
    QCOMPARE(askFor(ann, 1), unknownTrace(1));
}

QTEST_GUILESS_MAIN(tst_Traces)
#include "tst_traces.moc"
