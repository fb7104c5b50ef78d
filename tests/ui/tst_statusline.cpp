#include "ui/widgets/statusline.h"

#include <QLabel>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using client::LaneState;
using client::Phase;

namespace {

constexpr auto longAgo = ui::failoverShown + 1s;

client::ConnectionState online(LaneState first, LaneState second)
{
    client::ConnectionState state;
    state.phase = Phase::Online;
    state.hasOtherPath = true;
    state.lanes[0] = {first, {}, QHostAddress(u"192.168.1.20"_s), 4ms};
    state.lanes[1] = {second, {}, QHostAddress(u"10.0.0.20"_s), 11ms};
    return state;
}

client::RoundTrip roundTrip(std::chrono::microseconds rtt, bool isOfStandby)
{
    client::RoundTrip roundTrip;
    roundTrip.rtt = rtt;
    roundTrip.isOfStandby = isOfStandby;
    return roundTrip;
}

} // namespace

class TestStatusLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsAFailoverFromBeginningToEnd()
    {
        ui::ThemeController themes;
        ui::StatusLine line(themes);
        line.setState(online(LaneState::Active, LaneState::Ready));
        line.addRoundTrip(roundTrip(5ms, false));
        line.addRoundTrip(roundTrip(900ms, true));
        QCOMPARE(line.sentence(), u"Connected · 5.0\u00a0ms · standby ready"_s);

        client::ConnectionState state = online(LaneState::Empty, LaneState::Active);
        state.phase = Phase::CatchingUp;
        line.setState(state);
        QCOMPARE(line.sentence(), u"Switching to standby"_s);
        // Until the new link is measured as the primary, what the standby measured holds.
        state.phase = Phase::Online;
        state.failover = client::Failover{std::chrono::steady_clock::now() - longAgo, 180ms, false};
        line.setState(state);
        QCOMPARE(line.sentence(), u"Switched to standby · 11\u00a0ms"_s);
        state.failover->isNothingLost = true;
        line.setState(state);
        QCOMPARE(line.sentence(), u"Switched to standby · 11\u00a0ms · nothing lost"_s);

        state.lanes[0].state = LaneState::Ready;
        line.setState(state);
        QCOMPARE(line.sentence(), u"Connected · 11\u00a0ms · standby ready"_s);
        state.lanes[0].state = LaneState::Empty;
        line.setState(state);
        QCOMPARE(line.sentence(), u"Connected · 11\u00a0ms"_s);
        state.failover->at += 1s; // another one
        line.setState(state);
        QCOMPARE(line.sentence(), u"Switched to standby · 11\u00a0ms · nothing lost"_s);
    }

    void catchesUpAfterAnOutage()
    {
        ui::ThemeController themes;
        ui::StatusLine line(themes);
        line.setState(online(LaneState::Active, LaneState::Empty));
        client::ConnectionState state = online(LaneState::Connecting, LaneState::Empty);
        state.phase = Phase::Joining;
        line.setState(state);
        state = online(LaneState::Active, LaneState::Empty);
        state.phase = Phase::CatchingUp;
        line.setState(state);
        QCOMPARE(line.sentence(), u"Catching up · 0 message(s)"_s);
    }

    void failoverIsOverByItself()
    {
        ui::ThemeController themes;
        ui::StatusLine line(themes);
        client::ConnectionState state = online(LaneState::Ready, LaneState::Active);
        state.failover = client::Failover{std::chrono::steady_clock::now() - ui::failoverShown + 100ms, 180ms, true};
        line.setState(state);
        QVERIFY(line.sentence().startsWith(u"Switched to standby"_s));
        QTRY_COMPARE(line.sentence(), u"Connected · 11\u00a0ms · standby ready"_s);
    }

    void ledgerIsToldInFullWhereThereIsRoom()
    {
        ui::ThemeController themes;
        ui::StatusLine line(themes);
        auto *aside = line.findChild<QLabel *>(u"statusAside"_s);
        QVERIFY(aside);
        line.setState(online(LaneState::Active, LaneState::Ready));
        QVERIFY(aside->isHidden());
        client::Ledger ledger;
        ledger.sent = 12;
        ledger.stored = 12;
        line.setLedger(ledger);
        line.show();
        line.resize(1100, line.height());
        QCOMPARE(aside->text(), u"Nothing lost · 12 sent, 12 stored"_s);
        line.resize(600, line.height());
        QCOMPARE(aside->text(), u"Nothing lost"_s);
        ledger.missing = 1;
        line.setLedger(ledger);
        QVERIFY(aside->isHidden());
    }
};

QTEST_MAIN(TestStatusLine)
#include "tst_statusline.moc"
