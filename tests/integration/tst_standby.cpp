#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"
#include "tests/support/relay.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

/// A client with two ways to a real server, while messages go both ways. (tests/e2e/netns does the same with networks.)
class TestStandby final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aStandbyComesByItself();
    void theOneThatBreaksIsReplaced();
    void theOneThatFallsSilentIsReplaced();
    void bothBreakAndNothingIsLost();
    void itGoesBackAndForth();
    void aLostStandbyDisturbsNobody();

private:
    /// Both write this many, one every other millisecond, and `meanwhile` happens in the middle.
    void talk(int count, const std::function<void()> &meanwhile);
    void expectAllThere(int count);
    Relay &ofPrimary();
    bool hasStandby() const { return m_ann->session().state().hasStandby(); }
    QList<LinkEvent> eventsOf(LinkEvent::Kind kind) const;

    std::unique_ptr<Relay> m_first;
    std::unique_ptr<Relay> m_second;
    std::unique_ptr<ClientHost> m_host;
    std::unique_ptr<ClientProbe> m_ann; ///< over the relays
    std::unique_ptr<ClientProbe> m_bob; ///< directly
    int m_said = 0;
    const RoomId m_lobby{u"lobby"_s};
};

void TestStandby::init()
{
    m_said = 0;
    m_first = std::make_unique<Relay>(QHostAddress(u"127.0.0.1"_s));
    m_second = std::make_unique<Relay>(QHostAddress(u"127.0.0.2"_s));
    QVERIFY(m_first->open() > 0 && m_second->open() > 0);
    m_host = std::make_unique<ClientHost>();
    m_host->setAddresses({u"127.0.0.1:%1"_s.arg(m_first->port()), u"127.0.0.2:%1"_s.arg(m_second->port())});
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
    m_first->leadTo(quint16(m_host->url().port()));
    m_second->leadTo(quint16(m_host->url().port()));
    m_ann = std::make_unique<ClientProbe>(u"Ann"_s);
    m_bob = std::make_unique<ClientProbe>(u"Bob"_s);
    m_ann->session().setRedundancy(Redundancy::Automatic);
    m_ann->session().setHeartbeatInterval(1s);
    m_ann->session().open(QUrl(u"ws://127.0.0.1:%1/"_s.arg(m_first->port())));
    m_bob->session().open(m_host->url());
    QTRY_VERIFY(m_ann->isOnline() && m_bob->isOnline());
    QTRY_VERIFY(hasStandby());
}

void TestStandby::cleanup()
{
    m_ann.reset();
    m_bob.reset();
    m_host.reset();
    m_first.reset();
    m_second.reset();
}

Relay &TestStandby::ofPrimary()
{
    for (const Lane &lane : m_ann->session().state().lanes) {
        if (lane.state == LaneState::Active && lane.peer == m_second->address())
            return *m_second;
    }
    return *m_first;
}

QList<LinkEvent> TestStandby::eventsOf(LinkEvent::Kind kind) const
{
    QList<LinkEvent> events = m_ann->linkEvents();
    events.removeIf([kind](const LinkEvent &event) { return event.kind != kind; });
    return events;
}

void TestStandby::talk(int count, const std::function<void()> &meanwhile)
{
    for (int i = 0; i < count; ++i) {
        if (i == count / 2)
            meanwhile();
        m_ann->session().send(m_lobby, u"Ann %1"_s.arg(m_said));
        m_bob->session().send(m_lobby, u"Bob %1"_s.arg(m_said));
        ++m_said;
        QTest::qWait(2); // the pace of the talk: the fault is to come in the middle of it
    }
}

void TestStandby::expectAllThere(int count)
{
    QTRY_COMPARE_WITH_TIMEOUT(m_ann->timeline().size(), 2 * count, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_bob->timeline().size(), 2 * count, 30'000);
    QVERIFY(m_ann->isTimelineSound() && m_bob->isTimelineSound());
    QCOMPARE(m_ann->texts(), m_bob->texts());
    for (const QString &name : {u"Ann"_s, u"Bob"_s}) {
        const QStringList own = m_bob->texts().filter(name);
        for (int i = 0; i < count; ++i)
            QCOMPARE(own[i], u"%1 %2"_s.arg(name).arg(i));
    }
    QTRY_COMPARE(m_ann->session().state().waiting, 0);
    QCOMPARE(m_ann->session().ledger().lost(), quint64(0));
}

void TestStandby::aStandbyComesByItself()
{
    const ConnectionState &state = m_ann->session().state();
    QCOMPARE(state.lanes[0].state, LaneState::Active);
    QCOMPARE(state.lanes[1].state, LaneState::Ready);
    QVERIFY(!state.isStandbyOnSamePath);
    QVERIFY(m_second->bytes() > 0);
    QCOMPARE(eventsOf(LinkEvent::Kind::StandbyReady).size(), 1);
    // Bob has no wish for one.
    QVERIFY(!m_bob->session().state().hasStandby());
}

void TestStandby::theOneThatBreaksIsReplaced()
{
    constexpr int count = 300;
    talk(count, [this] { ofPrimary().cut(); });
    expectAllThere(count);
    QTRY_COMPARE(eventsOf(LinkEvent::Kind::FailedOver).size(), 1);
    QVERIFY(m_ann->session().state().failover->isNothingLost);
    QVERIFY(eventsOf(LinkEvent::Kind::Lost).isEmpty());
    QCOMPARE(m_ann->session().state().lanes[1].state, LaneState::Active);
    QCOMPARE(m_bob->presenceOf(u"Ann"_s), protocol::Presence::Online);
    // Where there is a cable again, there is a standby again.
    QVERIFY(m_first->open() > 0);
    QTRY_VERIFY_WITH_TIMEOUT(hasStandby(), 40'000);
}

void TestStandby::theOneThatFallsSilentIsReplaced()
{
    constexpr int count = 300;
    talk(count, [this] { ofPrimary().setSilent(true); });
    expectAllThere(count);
    QTRY_COMPARE(eventsOf(LinkEvent::Kind::FailedOver).size(), 1);
    QCOMPARE(eventsOf(LinkEvent::Kind::FailedOver)[0].problem, Problem::HeartbeatMissed);
    QVERIFY(m_ann->session().state().failover->isNothingLost);
    QVERIFY(eventsOf(LinkEvent::Kind::Lost).isEmpty());
}

void TestStandby::bothBreakAndNothingIsLost()
{
    constexpr int count = 200;
    talk(count, [this] {
        m_first->cut();
        m_second->cut();
    });
    QTRY_VERIFY(!m_ann->isOnline());
    QTRY_COMPARE(m_bob->presenceOf(u"Ann"_s), protocol::Presence::Away);
    QVERIFY(m_first->open() > 0 && m_second->open() > 0);
    m_ann->session().retryNow();
    expectAllThere(count);
    QCOMPARE(eventsOf(LinkEvent::Kind::Lost).size(), 1);
    QTRY_COMPARE(m_bob->presenceOf(u"Ann"_s), protocol::Presence::Online);
    QTRY_VERIFY_WITH_TIMEOUT(hasStandby(), 40'000);
}

void TestStandby::itGoesBackAndForth()
{
    constexpr int rounds = 4;
    constexpr int count = 60;
    for (int round = 0; round < rounds; ++round) {
        talk(count, [this] {
            Relay &cut = ofPrimary();
            cut.cut();
            QVERIFY(cut.open() > 0);
        });
        QTRY_COMPARE(eventsOf(LinkEvent::Kind::FailedOver).size(), round + 1);
        QTRY_VERIFY_WITH_TIMEOUT(hasStandby(), 40'000);
    }
    expectAllThere(rounds * count);
    QVERIFY(eventsOf(LinkEvent::Kind::Lost).isEmpty());
}

void TestStandby::aLostStandbyDisturbsNobody()
{
    constexpr int count = 100;
    talk(count, [this] { m_second->cut(); });
    expectAllThere(count);
    QTRY_COMPARE(eventsOf(LinkEvent::Kind::StandbyLost).size(), 1);
    QVERIFY(eventsOf(LinkEvent::Kind::FailedOver).isEmpty());
    QVERIFY(m_second->open() > 0);
    QTRY_VERIFY_WITH_TIMEOUT(hasStandby(), 40'000);
}

QTEST_GUILESS_MAIN(TestStandby)

#include "tst_standby.moc"
