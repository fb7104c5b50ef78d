#include "ui/statustext.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::ui;
using client::ConnectionState;
using client::Phase;
using client::Problem;
using Mark = StatusText::Mark;
using Action = StatusText::Action;

namespace {

const SteadyTime now = SteadyTime(1000s);

WallTime twoOClock()
{
    return WallTime(std::chrono::milliseconds(QDateTime(QDate(2026, 11, 21), QTime(14, 2, 11)).toMSecsSinceEpoch()));
}

ConnectionState state(Phase phase)
{
    ConnectionState state;
    state.phase = phase;
    state.url = QUrl(u"ws://192.168.1.20:47100"_s);
    return state;
}

ConnectionState after(Phase phase)
{
    ConnectionState known = state(phase);
    known.serverName = u"Studio LAN"_s;
    known.lastContactAt = twoOClock();
    known.attempt = 3;
    return known;
}

/// Online over a network, with a link of this state in the second lane.
ConnectionState online(client::LaneState second, bool hasOtherPath = true)
{
    ConnectionState known = after(Phase::Online);
    known.hasOtherPath = hasOtherPath;
    known.lanes[0] = {client::LaneState::Active, QHostAddress(u"192.168.1.7"_s), QHostAddress(u"192.168.1.20"_s)};
    known.lanes[1].state = second;
    return known;
}

/// The second lane's link took over this long ago.
ConnectionState failedOver(std::chrono::milliseconds ago, client::LaneState first, bool isNothingLost = true)
{
    ConnectionState known = online(client::LaneState::Active);
    known.lanes[0].state = first;
    known.lanes[1].peer = QHostAddress(u"10.0.0.20"_s);
    known.failover = client::Failover{now - ago, 180ms, isNothingLost};
    return known;
}

client::Ledger ledgerOf(quint64 sent, quint64 stored)
{
    client::Ledger ledger;
    ledger.sent = sent;
    ledger.stored = stored;
    return ledger;
}

} // namespace

class TestStatusText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sentences_data()
    {
        QTest::addColumn<ConnectionState>("state");
        QTest::addColumn<std::optional<std::chrono::microseconds>>("roundTrip");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("aside");
        QTest::addColumn<Mark>("mark");
        QTest::addColumn<Action>("action");
        using RoundTrip = std::optional<std::chrono::microseconds>;
        const auto row = [](const char *name, const ConnectionState &given, RoundTrip roundTrip,
                             const QString &sentence, Mark mark, Action action = Action::None,
                             const QString &aside = {}) {
            QTest::newRow(name) << given << roundTrip << sentence << aside << mark << action;
        };
        ConnectionState given = state(Phase::Connecting);
        row("first attempt, name unknown", given, {}, u"Connecting to 192.168.1.20:47100"_s, Mark::Turning);
        given.phase = Phase::Joining;
        given.serverName = u"Studio LAN"_s;
        row("joining", given, {}, u"Connecting to Studio LAN"_s, Mark::Turning, Action::None, u"192.168.1.20:47100"_s);

        row("connected", after(Phase::Online), {}, u"Connected"_s, Mark::Connected);
        row("connected, measured", after(Phase::Online), 4200us, u"Connected · 4.2\u00a0ms"_s, Mark::Connected);
        row("connected, slow", after(Phase::Online), 1234ms, u"Connected · 1.2\u00a0s"_s, Mark::Connected);
        given = after(Phase::Online);
        given.waiting = 2;
        row("connected, some not stored", given, {}, u"Connected · 2 waiting"_s, Mark::Connected);

        given = after(Phase::WaitingToRetry);
        given.nextAttemptAt = now + 3200ms;
        row("waiting to retry", given, {}, u"Reconnecting · attempt 3, next in 4\u00a0s"_s, Mark::Turning,
            Action::RetryNow);
        given.nextAttemptAt = now - 1s;
        given.waiting = 2;
        row("about to retry", given, {}, u"Reconnecting · attempt 3, next in 1\u00a0s · 2 waiting"_s, Mark::Turning,
            Action::RetryNow);
        row("retrying", after(Phase::Connecting), {}, u"Reconnecting · attempt 3"_s, Mark::Turning);

        given = after(Phase::CatchingUp);
        given.caughtUp = 37;
        given.toCatchUp = 112;
        row("catching up", given, {}, u"Catching up · 37 message(s)"_s, Mark::Turning, Action::None, u"of 112"_s);

        given = after(Phase::Offline);
        given.waiting = 2;
        row("offline", given, {}, u"Offline · last contact 14:02:11 · 2 waiting"_s, Mark::Offline, Action::RetryNow);
        row("never asked to connect", ConnectionState(), {}, u"Offline"_s, Mark::Offline);
        given = state(Phase::Offline);
        given.problem = Problem::NameTaken;
        row("stopped by a problem", given, {},
            u"Stopped · Your name belongs to another device here. Choose another name."_s, Mark::Offline,
            Action::RetryNow);
    }
    void sentences()
    {
        QFETCH(ConnectionState, state);
        QFETCH(std::optional<std::chrono::microseconds>, roundTrip);
        QFETCH(QString, sentence);
        QFETCH(QString, aside);
        QFETCH(Mark, mark);
        QFETCH(Action, action);
        const StatusText text = statusText(state, {roundTrip}, now);
        QCOMPARE(text.sentence, sentence);
        QCOMPARE(text.aside, aside);
        QCOMPARE(text.mark, mark);
        QCOMPARE(text.action, action);
        QCOMPARE(text.showsRoundTrips, state.phase == Phase::Online);
        QCOMPARE(text.progress.has_value(), state.phase == Phase::CatchingUp);
    }

    void standby_data()
    {
        QTest::addColumn<ConnectionState>("state");
        QTest::addColumn<bool>("wasRearmed");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("aside");
        QTest::addColumn<Mark>("mark");
        using client::LaneState;
        const auto row = [](const char *name, const ConnectionState &given, const QString &sentence,
                             const QString &aside = {}, Mark mark = Mark::Connected, bool wasRearmed = false) {
            QTest::newRow(name) << given << wasRearmed << sentence << aside << mark;
        };
        const QString alone = u"Connected · 4.0\u00a0ms"_s;
        const QString ready = alone + u" · standby ready"_s;
        row("ready", online(LaneState::Ready), ready);
        row("on its way", online(LaneState::Connecting), alone);
        row("on its way, one interface", online(LaneState::Connecting, false), alone);
        row("between two attempts", online(LaneState::Empty), alone);
        ConnectionState given = online(LaneState::Ready, false);
        given.isStandbyOnSamePath = true;
        row("on the same network", given, alone + u" · standby on the same network"_s);
        given.lanes[0].peer = QHostAddress(QHostAddress::LocalHost);
        row("within one machine", given, alone + u" · standby on the same network"_s);
        given = online(LaneState::Empty, false);
        row("one interface", given, alone, u"No standby: one interface"_s);
        given.waiting = 2;
        row("one interface, some wait", given, alone + u" · 2 waiting"_s, u"No standby: one interface"_s);
        given = online(LaneState::Empty, false);
        given.redundancy = client::Redundancy::Off;
        row("off", given, alone);
        given.redundancy = client::Redundancy::On;
        row("on, where one interface is no reason", given, alone);
        given.redundancy = client::Redundancy::Automatic;
        given.lanes[0].peer = QHostAddress(QHostAddress::LocalHost);
        row("alone within one machine", given, alone);

        const QString switched = u"Switched to standby · 4.0\u00a0ms"_s;
        row("switched", failedOver(1s, LaneState::Empty), switched + u" · nothing lost"_s, {}, Mark::OnStandby);
        row("switched, not yet known", failedOver(1s, LaneState::Empty, false), switched, {}, Mark::OnStandby);
        given = failedOver(1s, LaneState::Empty, false);
        given.waiting = 3;
        row("switched, some under way", given, switched + u" · 3 waiting"_s, {}, Mark::OnStandby);
        row("switched, standby back at once", failedOver(7999ms, LaneState::Ready), switched + u" · nothing lost"_s, {},
            Mark::OnStandby, true);
        row("switched, standby back", failedOver(8s, LaneState::Ready), ready, {}, Mark::Connected, true);
        row("switched long ago, none since", failedOver(1h, LaneState::Connecting), switched + u" · nothing lost"_s, {},
            Mark::OnStandby);
        row("switched long ago, another came and went", failedOver(1h, LaneState::Empty), alone, {}, Mark::Connected,
            true);
        given = failedOver(1h, LaneState::Empty);
        given.redundancy = client::Redundancy::Off;
        row("switched, then turned off", given, alone);
    }
    void standby()
    {
        QFETCH(ConnectionState, state);
        QFETCH(bool, wasRearmed);
        QFETCH(QString, sentence);
        QFETCH(QString, aside);
        QFETCH(Mark, mark);
        const StatusText text = statusText(state, {4ms, {}, wasRearmed}, now);
        QCOMPARE(text.sentence, sentence);
        QCOMPARE(text.aside, aside);
        QCOMPARE(text.mark, mark);
        QVERIFY(text.showsRoundTrips);
        QCOMPARE(text.changesWithTime, mark == Mark::OnStandby);
    }

    void ledgers_data()
    {
        QTest::addColumn<ConnectionState>("state");
        QTest::addColumn<client::Ledger>("ledger");
        QTest::addColumn<QString>("aside");
        QTest::addColumn<QString>("detail");
        const ConnectionState ready = online(client::LaneState::Ready);
        QTest::newRow("nothing to lose") << ready << client::Ledger() << QString() << QString();
        QTest::newRow("all stored") << ready << ledgerOf(1284, 1284) << u"Nothing lost"_s
                                    << u"%1 sent, %1 stored"_s.arg(QLocale().toString(1284));
        client::Ledger ledger = ledgerOf(3, 2);
        QTest::newRow("one without an outcome") << ready << ledger << QString() << QString();
        ledger.waiting = 1;
        QTest::newRow("one waits") << ready << ledger << QString() << QString();
        ledger.waiting = 0;
        ledger.refused = 1;
        QTest::newRow("one refused") << ready << ledger << u"Nothing lost"_s << u"3 sent, 2 stored"_s;
        ledger.missing = 1;
        QTest::newRow("one event skipped") << ready << ledger << QString() << QString();
        ConnectionState waiting = ready;
        waiting.waiting = 1;
        QTest::newRow("the state knows of one first") << waiting << ledgerOf(2, 2) << QString() << QString();
        QTest::newRow("no standby comes first")
            << online(client::LaneState::Empty, false) << ledgerOf(2, 2) << u"No standby: one interface"_s << QString();
        QTest::newRow("offline") << after(Phase::WaitingToRetry) << ledgerOf(2, 2) << QString() << QString();
    }
    void ledgers()
    {
        QFETCH(ConnectionState, state);
        QFETCH(client::Ledger, ledger);
        QFETCH(QString, aside);
        QFETCH(QString, detail);
        const StatusText text = statusText(state, {4ms, ledger}, now);
        QCOMPARE(text.aside, aside);
        QCOMPARE(text.asideDetail, detail);
        QCOMPARE(text.isAsideGood, aside == u"Nothing lost"_s);
    }

    void banners_data()
    {
        QTest::addColumn<ConnectionState>("state");
        QTest::addColumn<std::optional<SteadyTime>>("offlineSince");
        QTest::addColumn<QString>("expected");
        using Since = std::optional<SteadyTime>;
        ConnectionState given = after(Phase::WaitingToRetry);
        given.problem = Problem::ConnectionLost;
        QTest::newRow("first ten seconds") << given << Since(now - 9999ms) << QString();
        QTest::newRow("after ten seconds, nothing waits")
            << given << Since(now - 10s) << u"Offline since 14:02:11. The connection was lost."_s;
        given.waiting = 2;
        QTest::newRow("after ten seconds, some wait")
            << given << Since(now - 10s)
            << u"Offline since 14:02:11. 2 message(s) wait here and will leave by themselves."_s;
        ConnectionState never = state(Phase::WaitingToRetry);
        never.problem = Problem::ConnectionRefused;
        QTest::newRow("never had a connection: at once")
            << never << Since(now)
            << u"No connection to 192.168.1.20:47100. Nobody is hosting at 192.168.1.20:47100."_s;
        QTest::newRow("online") << after(Phase::Online) << Since() << QString();
        QTest::newRow("catching up") << after(Phase::CatchingUp) << Since() << QString();
        ConnectionState stopped = state(Phase::Offline);
        stopped.problem = Problem::VersionMismatch;
        QTest::newRow("needs a person: at once")
            << stopped << Since(now)
            << u"No connection to 192.168.1.20:47100. The host at 192.168.1.20:47100 runs another version of Lanline. "
               "Update the older of the two."_s;
    }
    void banners()
    {
        QFETCH(ConnectionState, state);
        QFETCH(std::optional<SteadyTime>, offlineSince);
        QFETCH(QString, expected);
        const auto banner = bannerText(state, offlineSince, now);
        QCOMPARE(banner ? banner->strong + u' ' + banner->rest : QString(), expected);
    }
};

QTEST_APPLESS_MAIN(TestStatusText)
#include "tst_statustext.moc"
