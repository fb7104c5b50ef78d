#include "tests/support/clientbench.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

/// What the client makes of networks that come and go, and of a computer that wakes up.
class TestNetworkChanges final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anAddressThatIsGoneFailsOverAtOnce();
    void aNewNetworkBringsAStandby();
    void wakingUpProbesBoth();
    void aNetworkChangeEndsTheWaiting();

private:
    /// With a standby on its way.
    void reachOnline();
    FakeLink &primary() { return *m_bench->network().at(0); }
    FakeLink &standby() { return *m_bench->network().at(1); }

    std::unique_ptr<ClientBench> m_bench;
};

void TestNetworkChanges::init()
{
    m_bench = std::make_unique<ClientBench>();
    m_bench->execute(SetRedundancy{Redundancy::Automatic});
}

void TestNetworkChanges::reachOnline()
{
    m_bench->execute(Open{QUrl(u"ws://127.0.0.1:1001/"_s)});
    m_bench->reachWelcome(ClientBench::primaryWelcome());
}

void TestNetworkChanges::anAddressThatIsGoneFailsOverAtOnce()
{
    const QHostAddress first(u"10.1.1.2"_s);
    const QHostAddress second(u"10.1.2.2"_s);
    m_bench->watch().add({first, 24, u"eth0"_s});
    m_bench->watch().add({second, 24, u"eth1"_s});
    m_bench->execute(Open{QUrl(u"ws://10.1.1.1:47100/"_s)});
    primary().beginAt(first);
    m_bench->reachWelcome(ClientBench::primaryWelcome({}, {u"10.1.1.1:47100"_s, u"10.1.2.1:47100"_s}));
    QCOMPARE(m_bench->network().count(), 2);
    const Path expected{QUrl(u"ws://10.1.2.1:47100/"_s), second};
    QCOMPARE(standby().path().local, expected.local);
    QCOMPARE(standby().path().url.host(), expected.url.host());
    m_bench->reachWelcome(ClientBench::standbyWelcome());
    QVERIFY(m_bench->state().hasStandby());
    QVERIFY(m_bench->state().hasOtherPath);
    m_bench->watch().remove(first);
    m_bench->settle();
    QCOMPARE(standby().received<protocol::Promote>().size(), 1);
}

void TestNetworkChanges::aNewNetworkBringsAStandby()
{
    const QHostAddress first(u"10.1.1.2"_s);
    m_bench->watch().add({first, 24, u"eth0"_s});
    m_bench->execute(Open{QUrl(u"ws://10.1.1.1:47100/"_s)});
    primary().beginAt(first);
    m_bench->reachWelcome(ClientBench::primaryWelcome({}, {u"10.1.1.1:47100"_s, u"10.1.2.1:47100"_s}));
    QCOMPARE(m_bench->network().count(), 1);
    QVERIFY(!m_bench->state().hasOtherPath);
    m_bench->watch().add({QHostAddress(u"10.1.2.2"_s), 24, u"wlan0"_s});
    m_bench->settle();
    QCOMPARE(m_bench->network().count(), 2);
    QCOMPARE(standby().url().host(), u"10.1.2.1"_s);
}

void TestNetworkChanges::wakingUpProbesBoth()
{
    reachOnline();
    m_bench->reachWelcome(ClientBench::standbyWelcome());
    QVERIFY(m_bench->state().hasStandby());
    primary().forgetReceived();
    standby().forgetReceived();
    Q_EMIT m_bench->watch().wokeUp();
    m_bench->settle();
    QCOMPARE(primary().received<protocol::Heartbeat>().size(), 1);
    QCOMPARE(standby().received<protocol::Heartbeat>().size(), 1);
    m_bench->advance(1'000ms);
    QCOMPARE(m_bench->state().phase, Phase::WaitingToRetry);
}

void TestNetworkChanges::aNetworkChangeEndsTheWaiting()
{
    reachOnline();
    m_bench->execute(SetRedundancy{Redundancy::Off});
    primary().endWith({Problem::ConnectionLost, 0, u"cut"_s});
    m_bench->settle();
    QCOMPARE(m_bench->state().phase, Phase::WaitingToRetry);
    Q_EMIT m_bench->watch().changed();
    m_bench->settle();
    QCOMPARE(m_bench->state().phase, Phase::Connecting);
}

QTEST_GUILESS_MAIN(TestNetworkChanges)

#include "tst_networkchanges.moc"
