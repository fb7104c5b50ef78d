#include "tests/support/serverbench.h"

#include <QTest>

#include <array>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
namespace reason = lanline::protocol::close;

/// Many come at once, as after a restart: they take turns with everybody else.
class tst_Turns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void othersAreServedBetweenLogins();
    void outcomesKeepTheirOrder();
    void stoppingLeavesNothingWaiting();
};

namespace {

constexpr int many = 12;
/// What it takes to send a frame, here: a thousand members make a login as slow.
constexpr auto frameCost = 5ms;

/// Ann is there, and in one commit come many, who write to their connections slowly, and behind them a message of hers.
struct Bench : ServerBench
{
    Bench()
    {
        logIn(ann, DeviceKey::generate(), u"Ann"_s);
        goLive(ann, lobbyId);
        for (FakePeer &peer : crowd) {
            accept(peer);
            protocol::Hello hello;
            hello.name = u"Guest"_s;
            hello.auth = protocol::GuestAuth{};
            peer.send(hello);
            peer.wire->onSend = [this] { time.stall(frameCost); };
        }
        ann.send(protocol::Send{lobbyId, makeMessageId(1), u"behind them all"_s});
    }
    int welcomed() const
    {
        return int(std::count_if(
            crowd.begin(), crowd.end(), [](const FakePeer &peer) { return !peer.all<protocol::Welcome>().isEmpty(); }));
    }

    FakePeer ann;
    std::array<FakePeer, many> crowd;
};

} // namespace

void tst_Turns::othersAreServedBetweenLogins()
{
    Bench bench;
    bench.store.commit();
    int turns = 0;
    for (int welcomed = bench.welcomed(); welcomed < many; welcomed = bench.welcomed()) {
        QVERIFY(++turns < many);
        bench.ann.send(protocol::Heartbeat{{}, {}, 15s, quint64(turns)});
        QCOMPARE(bench.ann.all<protocol::HeartbeatAck>().size(), turns);
        bench.time.advance(0ms);
        QVERIFY(bench.welcomed() > welcomed);
    }
    QVERIFY(turns > 1);
    for (const FakePeer &peer : bench.crowd)
        QCOMPARE(peer.all<protocol::Welcome>().size(), 1);
    // Everyone has heard of everyone who came later.
    QCOMPARE(bench.ann.all<protocol::MemberChanged>().size(), many);
}

void tst_Turns::outcomesKeepTheirOrder()
{
    Bench bench;
    bench.store.commit();
    QVERIFY(bench.welcomed() < many);
    // Another commit, while the first is not done with.
    bench.ann.send(protocol::Send{lobbyId, makeMessageId(2), u"and another"_s});
    bench.store.commit();
    while (bench.welcomed() < many) {
        QCOMPARE(bench.ann.all<protocol::Stored>().size(), 0);
        bench.time.advance(0ms);
    }
    bench.time.advance(0ms);
    const auto stored = bench.ann.all<protocol::Stored>();
    QCOMPARE(stored.size(), 2);
    QCOMPARE(stored[0].seq, 1ull);
    QCOMPARE(stored[1].seq, 2ull);
    QList<protocol::Event> heard;
    for (const protocol::Events &events : bench.ann.all<protocol::Events>())
        heard.append(events.events);
    QCOMPARE(heard.size(), 2);
    QCOMPARE(heard[0].text, u"behind them all"_s);
    QCOMPARE(heard[1].text, u"and another"_s);
}

void tst_Turns::stoppingLeavesNothingWaiting()
{
    Bench bench;
    bench.store.commit();
    QVERIFY(bench.welcomed() < many);
    bench.sessions.dismissAll(u"the server is stopping"_s, 1s);
    QCOMPARE(bench.welcomed(), many);
    QCOMPARE(bench.ann.all<protocol::Stored>().size(), 1);
    QCOMPARE(bench.ann.all<protocol::Goodbye>().size(), 1);
    QCOMPARE(bench.ann.wire->closedWith, reason::GoingAway);
}

QTEST_GUILESS_MAIN(tst_Turns)
#include "tst_turns.moc"
