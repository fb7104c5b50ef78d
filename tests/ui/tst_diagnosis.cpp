#include "linkstory.h"
#include "ui/models/diagnosis.h"

#include <QTest>
#include <QThread>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using client::Family;
using client::Hop;
using client::Leg;
using client::MessageTrace;
using std::chrono::microseconds;
using test::LinkStory;
using ui::Diagnosis;

Q_DECLARE_METATYPE(lanline::client::Leg)

namespace {

Leg leg(Hop hop, Family family, std::chrono::milliseconds duration, std::chrono::milliseconds stalled = 0ms,
    std::chrono::milliseconds error = 0ms)
{
    return {hop, family, duration, stalled, error};
}

} // namespace

class TestDiagnosis : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_network.start(); }
    void cleanupTestCase();
    void init();
    void cleanup();

    void saysThatThereIsNoLink();
    void wantsThirtyMessages_data();
    void wantsThirtyMessages();
    void heartbeatsSpeakWhereMessagesAreFew();
    void fastIsFast();
    void thresholdsOfSlow_data();
    void thresholdsOfSlow();
    void blamesTheLongest_data();
    void blamesTheLongest();
    void mixturesHaveNoSingleCause();
    void theTailDecidesWhoIsToBlame();
    void fiveAreTheFewestThatDecide();
    void anErrorOfTheClocksIsNotTheNetwork();
    void aRoundTripBearsTheNetworkOut();
    void sharesAddUpToOne();
    void onlyTheRangeCounts();
    void everyHopHasItsWords();

private:
    /// `count` messages at equal distances in the last minute, of these legs.
    void tell(int count, const QList<Leg> &legs, bool isOwn = true, microseconds roundTrip = 0us);
    Diagnosis diagnosis() const { return ui::diagnose(*m_record, {m_now - 60s, m_now}); }
    static double share(const Diagnosis &diagnosis, Family family) { return diagnosis.shares.at(std::size_t(family)); }

    QThread m_network;
    std::unique_ptr<client::ChatSession> m_session;
    std::unique_ptr<ui::DiagnosticsRecord> m_record;
    std::unique_ptr<LinkStory> m_story;
    SteadyTime m_now;
    quint64 m_seq = 0;
};

void TestDiagnosis::cleanupTestCase()
{
    m_network.quit();
    m_network.wait();
}

void TestDiagnosis::init()
{
    m_session = std::make_unique<client::ChatSession>(client::Identity{u"Alice"_s}, &m_network);
    m_record = std::make_unique<ui::DiagnosticsRecord>();
    m_record->follow(*m_session);
    m_story = std::make_unique<LinkStory>(*m_session);
    m_now = m_record->now();
    m_story->online(u"Alice"_s, u"Studio"_s);
    m_seq = 0;
}

void TestDiagnosis::cleanup()
{
    m_story.reset();
    m_record.reset();
    m_session.reset();
}

void TestDiagnosis::tell(int count, const QList<Leg> &legs, bool isOwn, microseconds roundTrip)
{
    QList<MessageTrace> traces;
    for (int i = 0; i < count; ++i) {
        MessageTrace trace;
        trace.room = RoomId(u"lobby"_s);
        trace.seq = ++m_seq;
        trace.isOwn = isOwn;
        trace.roundTrip = roundTrip;
        trace.endedAt = m_now - std::chrono::milliseconds(59'000 * i / count);
        trace.legs = legs;
        traces.append(trace);
    }
    Q_EMIT m_session->messagesTraced(traces);
}

void TestDiagnosis::saysThatThereIsNoLink()
{
    tell(100, {leg(Hop::Uplink, Family::Network, 300ms)});
    m_story->phase(client::Phase::WaitingToRetry, client::Problem::ConnectionRefused);
    const Diagnosis told = diagnosis();
    QCOMPARE(told.kind, Diagnosis::Kind::NoLink);
    QVERIFY(!told.culprit);
    QVERIFY(!told.sentence.isEmpty());
}

void TestDiagnosis::wantsThirtyMessages_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<Diagnosis::Kind>("kind");
    QTest::newRow("none") << 0 << Diagnosis::Kind::NotEnoughData;
    QTest::newRow("one too few") << 29 << Diagnosis::Kind::NotEnoughData;
    QTest::newRow("just enough") << 30 << Diagnosis::Kind::Slow;
}

void TestDiagnosis::wantsThirtyMessages()
{
    QFETCH(int, count);
    QFETCH(Diagnosis::Kind, kind);
    tell(count, {leg(Hop::Stored, Family::Io, 500ms)});
    const Diagnosis told = diagnosis();
    QCOMPARE(told.kind, kind);
    QCOMPARE(told.figures.count, quint64(count));
    QCOMPARE(told.culprit.has_value(), kind == Diagnosis::Kind::Slow);
    if (kind == Diagnosis::Kind::NotEnoughData)
        QVERIFY2(told.sentence.contains(QString::number(count)), qPrintable(told.sentence));
}

void TestDiagnosis::heartbeatsSpeakWhereMessagesAreFew()
{
    tell(3, {leg(Hop::Stored, Family::Io, 5ms)});
    const QString without = diagnosis().advice;
    for (int i = 1; i <= 20; ++i)
        m_story->roundTrip(i, 3ms);
    const Diagnosis told = diagnosis();
    QCOMPARE(told.kind, Diagnosis::Kind::NotEnoughData);
    QVERIFY(told.advice != without);
    QVERIFY2(told.advice.contains(u"ms"), qPrintable(told.advice));
}

void TestDiagnosis::fastIsFast()
{
    tell(40, {leg(Hop::Uplink, Family::Network, 3ms), leg(Hop::Stored, Family::Io, 1ms)});
    const Diagnosis told = diagnosis();
    QCOMPARE(told.kind, Diagnosis::Kind::Fast);
    QVERIFY(!told.culprit);
    QVERIFY(!told.hop);
    QVERIFY2(told.sentence.startsWith(u"Fast"), qPrintable(told.sentence));
    QVERIFY(qAbs(share(told, Family::Network) - 0.75) < 0.001);
}

void TestDiagnosis::thresholdsOfSlow_data()
{
    QTest::addColumn<int>("usual");
    QTest::addColumn<int>("slow");
    QTest::addColumn<int>("slowOnes"); // of a hundred
    QTest::addColumn<Diagnosis::Kind>("kind");
    QTest::newRow("half just under 50 ms") << 48 << 48 << 0 << Diagnosis::Kind::Fast;
    QTest::newRow("half over 50 ms") << 52 << 52 << 0 << Diagnosis::Kind::Slow;
    QTest::newRow("one in twenty under 100 ms") << 5 << 97 << 10 << Diagnosis::Kind::Fast;
    QTest::newRow("one in twenty over 100 ms") << 5 << 103 << 10 << Diagnosis::Kind::Slow;
    QTest::newRow("one in a hundred is no share of twenty") << 5 << 3'000 << 1 << Diagnosis::Kind::Fast;
}

void TestDiagnosis::thresholdsOfSlow()
{
    QFETCH(int, usual);
    QFETCH(int, slow);
    QFETCH(int, slowOnes);
    QFETCH(Diagnosis::Kind, kind);
    tell(100 - slowOnes, {leg(Hop::Stored, Family::Io, std::chrono::milliseconds(usual))});
    tell(slowOnes, {leg(Hop::Stored, Family::Io, std::chrono::milliseconds(slow))});
    QCOMPARE(diagnosis().kind, kind);
}

void TestDiagnosis::blamesTheLongest_data()
{
    QTest::addColumn<bool>("isOwn");
    QTest::addColumn<Leg>("longest");
    QTest::addColumn<Family>("culprit");
    QTest::addColumn<QString>("whom");
    const auto row = [](const char *name, bool isOwn, const Leg &longest, Family culprit, const QString &whom) {
        QTest::newRow(name) << isOwn << longest << culprit << whom;
    };
    row("network up", true, leg(Hop::Uplink, Family::Network, 180ms), Family::Network, u"the network"_s);
    row("network down", true, leg(Hop::Downlink, Family::Network, 180ms), Family::Network, u"the network"_s);
    row("host's disk", true, leg(Hop::Stored, Family::Io, 180ms), Family::Io, u"the host's disk"_s);
    row("host's disk, of another's", false, leg(Hop::Stored, Family::Io, 180ms), Family::Io, u"the host's disk"_s);
    row("line before the disk", true, leg(Hop::QueuedForDisk, Family::Io, 180ms), Family::Io, u"the host's disk"_s);
    row("own disk", true, leg(Hop::Kept, Family::Io, 180ms), Family::Io, u"this computer's disk"_s);
    row("sender's disk", false, leg(Hop::Kept, Family::Io, 180ms), Family::Io, u"the sender's disk"_s);
    row("host's thread", true, leg(Hop::Routed, Family::Threads, 180ms), Family::Threads, u"server thread"_s);
    row("fan-out", false, leg(Hop::FannedOut, Family::Threads, 180ms), Family::Threads, u"server thread"_s);
    row("a stall of the host's, seen as network", true, leg(Hop::Uplink, Family::Network, 180ms, 170ms),
        Family::Threads, u"server thread"_s);
    row("window", false, leg(Hop::Shown, Family::Threads, 180ms), Family::Threads, u"this window"_s);
    row("painting", false, leg(Hop::Painted, Family::Threads, 180ms), Family::Threads, u"this window"_s);
    row("network thread", false, leg(Hop::Decoded, Family::Threads, 180ms), Family::Threads, u"network thread"_s);
    row("a stall while frames waited here", false, leg(Hop::Held, Family::BackPressure, 180ms, 170ms), Family::Threads,
        u"network thread"_s);
    row("sender's computer", false, leg(Hop::Sender, Family::Threads, 180ms), Family::Threads,
        u"the sender's computer"_s);
    row("slow reader", false, leg(Hop::Held, Family::BackPressure, 180ms), Family::BackPressure,
        u"this computer reads too slowly"_s);
    row("host's intake", true, leg(Hop::Queued, Family::BackPressure, 180ms), Family::BackPressure,
        u"until the host takes more"_s);
}

void TestDiagnosis::blamesTheLongest()
{
    QFETCH(bool, isOwn);
    QFETCH(Leg, longest);
    QFETCH(Family, culprit);
    QFETCH(QString, whom);
    // A little of everything else.
    QList<Leg> legs{leg(Hop::Composed, Family::Threads, 4ms), leg(Hop::Uplink, Family::Network, 4ms),
        leg(Hop::Stored, Family::Io, 4ms), leg(Hop::Held, Family::BackPressure, 4ms)};
    legs.append(longest);
    tell(60, legs, isOwn);
    const Diagnosis told = diagnosis();
    QCOMPARE(told.kind, Diagnosis::Kind::Slow);
    QCOMPARE(told.culprit, std::optional(culprit));
    QCOMPARE(told.hop, std::optional(longest.hop));
    QVERIFY2(told.sentence.contains(whom), qPrintable(told.sentence));
    QVERIFY(share(told, culprit) > 0.8);
    QVERIFY(!told.advice.isEmpty());
}

void TestDiagnosis::mixturesHaveNoSingleCause()
{
    tell(60,
        {leg(Hop::Uplink, Family::Network, 90ms), leg(Hop::Stored, Family::Io, 70ms),
            leg(Hop::Shown, Family::Threads, 40ms)});
    const Diagnosis told = diagnosis();
    QCOMPARE(told.kind, Diagnosis::Kind::Slow);
    QVERIFY(!told.culprit);
    QVERIFY2(told.advice.contains(ui::familyName(Family::Network)), qPrintable(told.advice));
    QVERIFY2(told.advice.contains(ui::familyName(Family::Io)), qPrintable(told.advice));
    QVERIFY2(!told.advice.contains(ui::familyName(Family::Threads)), qPrintable(told.advice));
}

void TestDiagnosis::theTailDecidesWhoIsToBlame()
{
    // Most of all time is the network's; of what makes one in twenty slow, the disk's.
    tell(180, {leg(Hop::Uplink, Family::Network, 40ms), leg(Hop::Stored, Family::Io, 1ms)});
    tell(20, {leg(Hop::Uplink, Family::Network, 40ms), leg(Hop::Stored, Family::Io, 200ms)});
    QCOMPARE(diagnosis().culprit, std::optional(Family::Io));
}

void TestDiagnosis::fiveAreTheFewestThatDecide()
{
    // A twentieth of thirty is one: the slowest alone says nothing yet.
    tell(29, {leg(Hop::Uplink, Family::Network, 150ms)});
    tell(1, {leg(Hop::Shown, Family::Threads, 200ms)});
    QCOMPARE(diagnosis().culprit, std::optional(Family::Network));
}

void TestDiagnosis::anErrorOfTheClocksIsNotTheNetwork()
{
    // One clock is not known to better than 200 ms, and heartbeats are back after 2 ms.
    tell(60, {leg(Hop::Stored, Family::Io, 20ms), leg(Hop::Downlink, Family::Network, 190ms, 0ms, 200ms)}, false, 2ms);
    const Diagnosis told = diagnosis();
    QCOMPARE(told.culprit, std::optional(Family::Io));
    QVERIFY(share(told, Family::Network) < 0.1);
}

void TestDiagnosis::aRoundTripBearsTheNetworkOut()
{
    // A half of the round trip is within the error: it cannot be told which way was slow, but that the network was.
    tell(
        60, {leg(Hop::Stored, Family::Io, 20ms), leg(Hop::Downlink, Family::Network, 110ms, 0ms, 110ms)}, false, 220ms);
    QCOMPARE(diagnosis().culprit, std::optional(Family::Network));
    cleanup();
    init();
    // Longer than any error: certain, whatever the last heartbeat met.
    tell(60, {leg(Hop::Stored, Family::Io, 20ms), leg(Hop::Downlink, Family::Network, 110ms, 0ms, 2ms)}, false, 4ms);
    QCOMPARE(diagnosis().culprit, std::optional(Family::Network));
}

void TestDiagnosis::sharesAddUpToOne()
{
    tell(60,
        {leg(Hop::Uplink, Family::Network, 90ms, 30ms), leg(Hop::Stored, Family::Io, 70ms),
            leg(Hop::Held, Family::BackPressure, 40ms)});
    const Diagnosis told = diagnosis();
    double sum = 0;
    for (const double share : told.shares)
        sum += share;
    QVERIFY(qAbs(sum - 1) < 1e-9);
    QVERIFY(qAbs(share(told, Family::Threads) - 0.15) < 1e-9);
}

void TestDiagnosis::onlyTheRangeCounts()
{
    tell(60, {leg(Hop::Stored, Family::Io, 400ms)});
    QCOMPARE(ui::diagnose(*m_record, {m_now + 1s, m_now + 61s}).kind, Diagnosis::Kind::NotEnoughData);
    QCOMPARE(ui::diagnose(*m_record, {m_now - 1s, m_now}).kind, Diagnosis::Kind::NotEnoughData);
    QCOMPARE(diagnosis().kind, Diagnosis::Kind::Slow);
}

void TestDiagnosis::everyHopHasItsWords()
{
    MessageTrace own;
    own.isOwn = true;
    for (int i = 0; i < client::hopCount; ++i) {
        const auto hop = Hop(i);
        QVERIFY2(!ui::hopName(hop).isEmpty(), qPrintable(QString::number(i)));
        const bool isNetwork = hop == Hop::Uplink || hop == Hop::Downlink;
        QCOMPARE(ui::hopPlace(hop, own, u"Bob"_s).isEmpty(), isNetwork);
    }
    QCOMPARE(ui::hopPlace(Hop::Composed, MessageTrace{}, u"Bob"_s), u"Bob"_s);
}

QTEST_MAIN(TestDiagnosis)
#include "tst_diagnosis.moc"
