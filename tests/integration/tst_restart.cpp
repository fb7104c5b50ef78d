#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

/// The server goes and comes back under open sessions.
class TestRestart final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void bothComeBackWithWhatWasTypedMeanwhile();
    void nothingIsLostOrDoubledWhenItGoesInTheMiddle();
    void anotherDatabaseIsLoadedAnew();
    void retryNowComesBackAtOnce();

private:
    std::unique_ptr<ClientHost> m_host;
    const RoomId m_lobby{u"lobby"_s};
};

void TestRestart::init()
{
    m_host.reset();
    m_host = std::make_unique<ClientHost>();
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
}

void TestRestart::bothComeBackWithWhatWasTypedMeanwhile()
{
    ClientProbe ann(u"Ann"_s);
    ClientProbe bob(u"Bob"_s);
    ann.session().open(m_host->url());
    bob.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline() && bob.isOnline());
    ann.session().send(m_lobby, u"before"_s);
    QTRY_COMPARE(bob.texts(), QStringList{u"before"_s});

    QVERIFY(m_host->stop());
    QTRY_VERIFY(!ann.isOnline() && !bob.isOnline());
    ann.session().send(m_lobby, u"typed by Ann 1"_s);
    ann.session().send(m_lobby, u"typed by Ann 2"_s);
    bob.session().send(m_lobby, u"typed by Bob"_s);
    QTRY_COMPARE(ann.session().state().waiting, 2);

    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
    QTRY_VERIFY_WITH_TIMEOUT(ann.isOnline() && bob.isOnline(), 30'000);
    QTRY_COMPARE(ann.timeline().size(), 4);
    QTRY_COMPARE(bob.texts(), ann.texts());
    QVERIFY(ann.isTimelineSound() && bob.isTimelineSound());
    QCOMPARE(ann.texts()[0], u"before"_s);
    QVERIFY(ann.texts().indexOf(u"typed by Ann 1"_s) < ann.texts().indexOf(u"typed by Ann 2"_s));
    QTRY_COMPARE(ann.session().state().waiting, 0);

    QCOMPARE(ann.linkEvents().size(), 3);
    QCOMPARE(ann.linkEvents()[1].kind, LinkEvent::Kind::Lost);
    QCOMPARE(ann.linkEvents()[1].problem, Problem::ServerStopped);
    QCOMPARE(ann.linkEvents()[2].kind, LinkEvent::Kind::Reconnected);
    QVERIFY(ann.linkEvents()[2].outage > 0ms);
    QVERIFY(ann.failed().isEmpty() && bob.failed().isEmpty());
    // A guest, too, is still who it was.
    QCOMPARE(ann.timeline()[0].author, ann.session().state().self);
    QCOMPARE(ann.members(), (QStringList{u"Ann"_s, u"Bob"_s}));
}

void TestRestart::nothingIsLostOrDoubledWhenItGoesInTheMiddle()
{
    constexpr int perRound = 200;
    constexpr int rounds = 3;
    ClientProbe ann(u"Ann"_s);
    ClientProbe bob(u"Bob"_s);
    ann.session().open(m_host->url());
    bob.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline() && bob.isOnline());

    QStringList sent;
    for (int round = 0; round < rounds; ++round) {
        for (int i = 0; i < perRound; ++i) {
            sent.append(u"%1.%2"_s.arg(round).arg(i));
            ann.session().send(m_lobby, sent.last());
        }
        // Some are stored, some are on the wire, some wait.
        QTRY_VERIFY_WITH_TIMEOUT(bob.timeline().size() > round * perRound, 30'000);
        QVERIFY(m_host->stop());
        QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
        ann.session().retryNow();
        bob.session().retryNow();
    }
    QTRY_COMPARE_WITH_TIMEOUT(bob.timeline().size(), sent.size(), 60'000);
    QCOMPARE(bob.texts(), sent);
    QVERIFY(bob.isTimelineSound());
    QTRY_COMPARE(ann.texts(), sent);
    QTRY_COMPARE(ann.stored().size(), sent.size());
    QCOMPARE(ann.session().state().waiting, 0);
}

void TestRestart::anotherDatabaseIsLoadedAnew()
{
    QTemporaryDir keys;
    ClientProbe ann(u"Ann"_s, keys.filePath(u"ann.key"_s));
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    for (int i = 0; i < 5; ++i)
        ann.session().send(m_lobby, u"old %1"_s.arg(i));
    QTRY_COMPARE(ann.timeline().size(), 5);

    QVERIFY(m_host->stop());
    QTRY_VERIFY(!ann.isOnline());
    m_host->loseData();
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
    QTRY_VERIFY_WITH_TIMEOUT(ann.isOnline(), 30'000);
    // Never a silent merge.
    QTRY_VERIFY(ann.timeline().isEmpty());
    ann.session().send(m_lobby, u"new"_s);
    QTRY_COMPARE(ann.texts(), QStringList{u"new"_s});
    QCOMPARE(ann.timeline()[0].seq, quint64(1));
}

void TestRestart::retryNowComesBackAtOnce()
{
    ClientProbe ann(u"Ann"_s);
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    QVERIFY(m_host->stop());
    QTRY_COMPARE(ann.phase(), Phase::WaitingToRetry);
    // Far enough into the back-off that waiting for it would be noticed.
    for (int round = 0; round < 5; ++round) {
        const int attempt = ann.session().state().attempt;
        ann.session().retryNow();
        QTRY_VERIFY(ann.session().state().attempt > attempt);
    }
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
    ann.session().retryNow();
    QTRY_VERIFY(ann.isOnline());
}

QTEST_GUILESS_MAIN(TestRestart)
#include "tst_restart.moc"
