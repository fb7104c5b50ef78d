#include "linkstory.h"
#include "ui/models/ledgerwatch.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace Qt::Literals::StringLiterals;
using lanline::client::ChatSession;
using lanline::client::Ledger;
using lanline::client::Phase;
using lanline::protocol::Status;
using lanline::test::LinkStory;
using lanline::ui::LedgerAccount;
using lanline::ui::LedgerVerdict;
using lanline::ui::LedgerWatch;

namespace {

Ledger counted(quint64 sent, quint64 stored, quint64 waiting = 0, quint64 deduplicated = 0)
{
    Ledger ledger;
    ledger.sent = sent;
    ledger.stored = stored;
    ledger.waiting = waiting;
    ledger.deduplicated = deduplicated;
    return ledger;
}

Status told(quint64 storedEver, quint64 duplicatesEver = 0, quint64 lost = 0)
{
    Status status;
    status.storedEver = storedEver;
    status.duplicatesEver = duplicatesEver;
    status.lost = lost;
    return status;
}

} // namespace

class TestLedgerVerdict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_network.start(); }
    void cleanupTestCase();
    void agreesOnlyWhenNothingCanBeLost_data();
    void agreesOnlyWhenNothingCanBeLost();
    void comparesWithWhatWasCountedBeforeTheQuestion();
    void forgetsTheHostWithTheLink();
    void doesNotAskWhileInactive();

private:
    QThread m_network;
};

void TestLedgerVerdict::cleanupTestCase()
{
    m_network.quit();
    m_network.wait();
}

void TestLedgerVerdict::agreesOnlyWhenNothingCanBeLost_data()
{
    QTest::addColumn<LedgerAccount>("account");
    QTest::addColumn<LedgerVerdict::Kind>("kind");
    QTest::addColumn<quint64>("lost");
    using Kind = LedgerVerdict::Kind;
    const auto same = [](const Ledger &ledger, const std::optional<Status> &host) {
        return LedgerAccount{ledger, ledger, host};
    };
    const auto row = [](const char *name, const LedgerAccount &account, Kind kind, quint64 lost = 0) {
        QTest::newRow(name) << account << kind << lost;
    };

    row("nothing was said, the host is not asked", LedgerAccount(), Kind::Checking);
    row("nothing was said", same({}, told(0)), Kind::Agrees);
    row("all is stored", same(counted(5, 5), told(5)), Kind::Agrees);
    row("others write too", same(counted(5, 5), told(99, 7)), Kind::Agrees);
    row("all is stored, the host is not asked", same(counted(5, 5), {}), Kind::Checking);
    row("one waits", same(counted(5, 4, 1), told(4)), Kind::Checking);
    row("one more was stored since the question", {counted(6, 6), counted(5, 5), told(5)}, Kind::Checking);
    row("one more was stored, and of others enough", {counted(6, 6), counted(5, 5), told(9)}, Kind::Agrees);
    row("one has no outcome", same(counted(5, 4), told(4)), Kind::Disagrees, 1);
    row("one has no outcome, the host is not asked", same(counted(5, 4), {}), Kind::Disagrees, 1);
    row("the host forgot two that it confirmed", same(counted(5, 5), told(3)), Kind::Disagrees, 2);
    row("the host forgot two while one waits", same(counted(6, 5, 1), told(3)), Kind::Disagrees, 2);
    row("the host says that it misses some", same(counted(5, 5), told(5, 0, 3)), Kind::Disagrees, 3);
    row("a repetition is counted on both sides", same(counted(5, 5, 0, 1), told(5, 1)), Kind::Agrees);
    row("a salvaged profile counts one twice", same(counted(5, 6, 0, 1), told(5, 1)), Kind::Agrees);
    row("a repetition the host knows nothing of", same(counted(5, 5, 0, 1), told(5)), Kind::Disagrees);

    Ledger withOutcomes = counted(5, 2, 0);
    withOutcomes.refused = 2;
    withOutcomes.discarded = 1;
    row("refused and withdrawn are not lost", same(withOutcomes, told(2)), Kind::Agrees);
    Ledger skipped = counted(5, 5);
    skipped.missing = 4;
    row("the host skipped some", same(skipped, told(9)), Kind::Disagrees, 4);
}

void TestLedgerVerdict::agreesOnlyWhenNothingCanBeLost()
{
    QFETCH(LedgerAccount, account);
    QFETCH(LedgerVerdict::Kind, kind);
    QFETCH(quint64, lost);
    const LedgerVerdict verdict = verdictOf(account);
    QCOMPARE(verdict.kind, kind);
    QCOMPARE(verdict.lost, lost);
    QVERIFY(!verdict.caption.isEmpty());
    QVERIFY(verdict.sentence.endsWith(u'.'));
}

void TestLedgerVerdict::comparesWithWhatWasCountedBeforeTheQuestion()
{
    ChatSession session({u"Alice"_s}, &m_network);
    LinkStory story(session);
    LedgerWatch watch(session);
    QSignalSpy changed(&watch, &LedgerWatch::changed);
    QVERIFY(changed.isValid());
    story.ledger(counted(5, 5));
    QCOMPARE(changed.count(), 1);
    watch.setActive(true);
    story.online(u"Alice"_s, u"Studio LAN"_s);

    // The answer was on its way when the sixth was stored: no reason to cry wolf.
    story.ledger(counted(6, 6));
    story.status(told(5));
    QCOMPARE(watch.account().own.stored, 6u);
    QCOMPARE(watch.account().asked.stored, 5u);
    QCOMPARE(verdictOf(watch.account()).kind, LedgerVerdict::Kind::Checking);
}

void TestLedgerVerdict::forgetsTheHostWithTheLink()
{
    ChatSession session({u"Alice"_s}, &m_network);
    LinkStory story(session);
    LedgerWatch watch(session);
    watch.setActive(true);
    story.ledger(counted(5, 5));
    story.online(u"Alice"_s, u"Studio LAN"_s);
    story.status(told(5));
    QCOMPARE(verdictOf(watch.account()).kind, LedgerVerdict::Kind::Agrees);
    story.phase(Phase::WaitingToRetry);
    QVERIFY(!watch.account().host);
    QCOMPARE(verdictOf(watch.account()).kind, LedgerVerdict::Kind::Checking);
    // Online again, it asks again.
    story.phase(Phase::Online);
    story.status(told(4));
    QCOMPARE(verdictOf(watch.account()).kind, LedgerVerdict::Kind::Disagrees);
}

void TestLedgerVerdict::doesNotAskWhileInactive()
{
    ChatSession session({u"Alice"_s}, &m_network);
    LinkStory story(session);
    LedgerWatch watch(session);
    QSignalSpy commanded(&session, &ChatSession::commanded);
    QVERIFY(commanded.isValid());
    story.online(u"Alice"_s, u"Studio LAN"_s);
    QCOMPARE(commanded.count(), 0);
    watch.setActive(true);
    QCOMPARE(commanded.count(), 1);
    // Every two seconds, once it is answered.
    story.status(told(0));
    QTRY_COMPARE(commanded.count(), 2);
    watch.setActive(false);
    story.status(told(0));
    story.phase(Phase::WaitingToRetry);
    story.phase(Phase::Online);
    QCOMPARE(commanded.count(), 2);
}

QTEST_MAIN(TestLedgerVerdict)
#include "tst_ledgerverdict.moc"
