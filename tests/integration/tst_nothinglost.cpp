#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"

#include <QSet>
#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

/// Profiles on disk against the real server, while processes and servers go and come back: nothing is lost, nothing is
/// doubled, and both ledgers agree.
class TestNothingLost final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatWasTypedOfflineIsSentByTheNextRun();
    void aRunThatEndsInTheMiddleLosesNothing();
    void twoProfilesOfOneServer();
    void theHistoryIsThereBeforeTheServerIs();
    void editsAndDeletionsReachEveryone();
    void editsOfWhatWaitsAreMadeInPlace();
    void editsBehindABreakReachWhatIsCached();
    void anotherServerAtTheAddressGetsNothingOfTheFirst();

private:
    std::unique_ptr<ClientProbe> probe(const QString &name) const
    {
        return std::make_unique<ClientProbe>(
            name, m_profiles->filePath(name + u".key"_s), m_profiles->filePath(name + u".sqlite"_s));
    }
    std::unique_ptr<ClientProbe> online(const QString &name) const
    {
        auto client = probe(name);
        client->session().open(m_host->url());
        if (!QTest::qWaitFor([&] { return client->isOnline(); }, 20'000))
            qWarning("not online");
        return client;
    }

    std::unique_ptr<QTemporaryDir> m_profiles;
    std::unique_ptr<ClientHost> m_host;
    const RoomId m_lobby{u"lobby"_s};
};

void TestNothingLost::init()
{
    m_profiles = std::make_unique<QTemporaryDir>();
    m_host.reset();
    m_host = std::make_unique<ClientHost>();
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
}

void TestNothingLost::whatWasTypedOfflineIsSentByTheNextRun()
{
    {
        const auto ann = online(u"Ann"_s);
        QVERIFY(m_host->stop());
        QTRY_VERIFY(!ann->isOnline());
        ann->session().send(m_lobby, u"one"_s);
        ann->session().send(m_lobby, u"two"_s);
        QTRY_COMPARE(ann->session().state().waiting, 2);
        QTRY_COMPARE(ann->session().ledger().waiting, quint64(2));
    }
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
    const auto ann = online(u"Ann"_s);
    QTRY_COMPARE(ann->texts(), (QStringList{u"one"_s, u"two"_s}));
    QTRY_COMPARE(ann->stored().size(), 2);
    QVERIFY(ann->stored()[0].wasRecovered);
    QTRY_COMPARE(ann->session().ledger().stored, quint64(2));
    QCOMPARE(ann->session().ledger().lost(), quint64(0));
}

void TestNothingLost::aRunThatEndsInTheMiddleLosesNothing()
{
    constexpr int rounds = 6;
    constexpr int perRound = 100;
    const auto bob = online(u"Bob"_s);
    QStringList sent;
    for (int round = 0; round < rounds; ++round) {
        const auto ann = online(u"Ann"_s);
        for (int i = 0; i < perRound; ++i) {
            sent.append(u"%1.%2"_s.arg(round).arg(i));
            ann->session().send(m_lobby, sent.last());
        }
        // Ends with some stored, some on the wire, some not even on the disk yet; in one round the server goes as well.
        QTRY_VERIFY_WITH_TIMEOUT(bob->timeline().size() > round * perRound, 30'000);
        if (round == 3) {
            QVERIFY(m_host->stop());
            QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
            bob->session().retryNow();
        }
    }
    const auto ann = online(u"Ann"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bob->timeline().size(), sent.size(), 60'000);
    QCOMPARE(bob->texts(), sent);
    QVERIFY(bob->isTimelineSound());
    QTRY_COMPARE(ann->session().state().waiting, 0);
    QTRY_COMPARE(ann->session().ledger().stored, quint64(sent.size()));
    const Ledger ledger = ann->session().ledger();
    QCOMPARE(ledger.sent, quint64(sent.size()));
    QCOMPARE(ledger.lost(), quint64(0));
}

void TestNothingLost::twoProfilesOfOneServer()
{
    const auto ann = online(u"Ann"_s);
    const auto bob = online(u"Bob"_s);
    constexpr int each = 50;
    for (int i = 0; i < each; ++i) {
        ann->session().send(m_lobby, u"a%1"_s.arg(i));
        bob->session().send(m_lobby, u"b%1"_s.arg(i));
    }
    QTRY_COMPARE_WITH_TIMEOUT(ann->timeline().size(), 2 * each, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(bob->texts(), ann->texts(), 30'000);
    for (ClientProbe *client : {ann.get(), bob.get()}) {
        QTRY_COMPARE(client->session().ledger().stored, quint64(each));
        QTRY_COMPARE(client->session().ledger().delivered, quint64(2 * each));
    }
}

void TestNothingLost::theHistoryIsThereBeforeTheServerIs()
{
    {
        const auto ann = online(u"Ann"_s);
        for (const QString &text : {u"one"_s, u"two"_s})
            ann->session().send(m_lobby, text);
        QTRY_COMPARE(ann->timeline().size(), 2);
    }
    const QUrl url = m_host->url();
    QVERIFY(m_host->stop());
    const auto ann = probe(u"Ann"_s);
    ann->session().open(url);
    QTRY_COMPARE(ann->texts(), (QStringList{u"one"_s, u"two"_s}));
    QVERIFY(!ann->isOnline());
    QCOMPARE(ann->rooms(), QStringList{u"lobby"_s});
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
    ann->session().retryNow();
    QTRY_VERIFY_WITH_TIMEOUT(ann->isOnline(), 30'000);
    ann->session().send(m_lobby, u"three"_s);
    QTRY_COMPARE(ann->texts(), (QStringList{u"one"_s, u"two"_s, u"three"_s}));
    QVERIFY(ann->isTimelineSound());
    // What was here was not read again.
    QCOMPARE(ann->session().ledger().replayed, quint64(0));
}

void TestNothingLost::editsAndDeletionsReachEveryone()
{
    const auto ann = online(u"Ann"_s);
    const auto bob = online(u"Bob"_s);
    for (const QString &text : {u"one"_s, u"two"_s, u"three"_s})
        ann->session().send(m_lobby, text);
    QTRY_COMPARE(ann->stored().size(), 3);
    ann->session().edit(m_lobby, ann->stored()[0].messageId, ann->stored()[0].seq, u"ONE"_s);
    // By its id alone, as a face does that has not heard of its seq.
    ann->session().remove(m_lobby, ann->stored()[1].messageId, 0);
    QTRY_COMPARE(ann->stored().size(), 5);
    QTRY_COMPARE(bob->shown(), (QStringList{u"ONE"_s, u"three"_s}));
    QTRY_COMPARE(ann->shown(), bob->shown());

    bob->session().edit(m_lobby, ann->stored()[2].messageId, ann->stored()[2].seq, u"not mine"_s);
    QTRY_COMPARE(bob->failed().size(), 1);
    QCOMPARE(bob->failed()[0].code, protocol::ErrorCode::NotYours);
    QCOMPARE(bob->session().ledger().lost(), quint64(0));

    // Who comes later gets the messages as they are now.
    const auto carol = online(u"Carol"_s);
    QTRY_COMPARE(carol->shown(), bob->shown());
}

void TestNothingLost::editsOfWhatWaitsAreMadeInPlace()
{
    const auto ann = online(u"Ann"_s);
    QVERIFY(m_host->stop());
    QTRY_VERIFY(!ann->isOnline());
    const MessageId first = ann->session().send(m_lobby, u"frist"_s);
    const MessageId second = ann->session().send(m_lobby, u"never mind"_s);
    ann->session().edit(m_lobby, first, 0, u"first"_s);
    ann->session().remove(m_lobby, second, 0);
    QTRY_COMPARE(ann->session().state().waiting, 1);
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
    ann->session().retryNow();
    QTRY_COMPARE_WITH_TIMEOUT(ann->texts(), QStringList{u"first"_s}, 30'000);
    QCOMPARE(ann->timeline()[0].seq, quint64(1));
    QTRY_COMPARE(ann->session().ledger().discarded, quint64(1));
    QCOMPARE(ann->session().ledger().lost(), quint64(0));
}

void TestNothingLost::editsBehindABreakReachWhatIsCached()
{
    MessageId target;
    {
        const auto bob = online(u"Bob"_s);
        const auto ann = online(u"Ann"_s);
        for (int i = 0; i < 3; ++i)
            ann->session().send(m_lobby, u"old %1"_s.arg(i));
        QTRY_COMPARE(bob->timeline().size(), 3);
        target = ann->stored().last().messageId;
    }
    {
        const auto ann = online(u"Ann"_s);
        ann->session().edit(m_lobby, target, 3, u"old, but edited"_s);
        for (int i = 0; i < 1100; ++i)
            ann->session().send(m_lobby, u"new %1"_s.arg(i));
        QTRY_COMPARE_WITH_TIMEOUT(ann->stored().size(), 1101, 60'000);
    }
    const auto bob = online(u"Bob"_s);
    // The newest page, not all that lies between.
    QTRY_COMPARE(bob->texts().last(), u"new 1099"_s);
    QCOMPARE(bob->timeline().size(), 200);
    bob->session().loadOlder(m_lobby, 4);
    QTRY_COMPARE(bob->timeline().first().seq, quint64(1));
    QTRY_COMPARE(bob->timeline()[2].text, u"old, but edited"_s);
}

void TestNothingLost::anotherServerAtTheAddressGetsNothingOfTheFirst()
{
    const auto ann = online(u"Ann"_s);
    QVERIFY(m_host->stop());
    QTRY_VERIFY(!ann->isOnline());
    ann->session().send(m_lobby, u"for the first"_s);
    QTRY_COMPARE(ann->session().state().waiting, 1);
    m_host->loseData();
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
    ann->session().retryNow();
    QTRY_VERIFY_WITH_TIMEOUT(ann->isOnline(), 30'000);
    ann->session().send(m_lobby, u"for the second"_s);
    QTRY_COMPARE(ann->texts(), QStringList{u"for the second"_s});
    QTRY_COMPARE(ann->session().state().waiting, 0);
}

QTEST_GUILESS_MAIN(TestNothingLost)
#include "tst_nothinglost.moc"
