// Renders every panel in its states, for eyes: panel_gallery DIR light|dark [translation.qm|pseudo [diagnostics]]. Set
// QT_SCALE_FACTOR for another scale.

#include "client/chatsession.h"
#include "fakehostcontroller.h"
#include "linkstory.h"
#include "tabgallery.h"
#include "ui/adddevicedialog.h"
#include "ui/models/diagnosticsrecord.h"
#include "ui/panels/diagnosticspanel.h"
#include "ui/panels/firstrunwindow.h"
#include "ui/panels/hostpanel.h"
#include "ui/panels/joindialog.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QThread>
#include <QTranslator>

#include <cmath>
#include <cstdio>
#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

using lanline::client::LaneState;
using lanline::client::LinkEvent;
using lanline::client::Phase;
using lanline::client::Problem;
using lanline::test::LinkStory;

/// Han in place of every Latin word: shows which strings are not translated, and whether Chinese finds its room.
class PseudoChinese final : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *source, const char *, int n) const override
    {
        static const QRegularExpression word(u"(%n|%\\d)|[A-Za-z’'()]+"_s);
        const QString text = QString::fromUtf8(source);
        QString translated;
        qsizetype end = 0;
        for (const QRegularExpressionMatch &match : word.globalMatch(text)) {
            translated += QStringView(text).sliced(end, match.capturedStart() - end).trimmed();
            const bool isPlace = !match.captured(1).isEmpty();
            translated += isPlace ? match.captured() : u"网络延迟"_s.left((match.capturedLength() + 2) / 3);
            end = match.capturedEnd();
        }
        translated += QStringView(text).sliced(end);
        return translated.replace(u"%n"_s, QString::number(n));
    }
};

class Gallery
{
public:
    Gallery(const QString &dir, const QString &suffix, lanline::ui::ThemeController &themes)
        : m_dir(dir)
        , m_suffix(suffix)
        , m_themes(themes)
    {
        m_network.start();
    }
    ~Gallery()
    {
        m_network.quit();
        m_network.wait();
    }

    void firstRun()
    {
        lanline::ui::FirstRunWindow window(m_themes);
        window.setName(u"Alice"_s);
        show(window, u"first-run"_s);
        window.setRecentAddresses({u"192.168.1.20:47100"_s, u"mei-nas.local"_s, u"[2001:db8::7]:47100"_s});
        window.findChild<QLineEdit *>(u"addressField"_s)->setText(u"http://192.168.1.20"_s);
        window.findChild<QPushButton *>(u"joinButton"_s)->click();
        window.findChild<QAbstractButton *>(u"editName"_s)->click();
        window.findChild<QLineEdit *>(u"nameField"_s)->clear();
        window.findChild<QAbstractButton *>(u"hostCard"_s)->click();
        show(window, u"first-run-faults"_s);
        window.setName(u"Maximiliane-Alexandra von und zu Hohenstein-Weißenfels"_s);
        window.resize(window.minimumSize());
        show(window, u"first-run-narrow"_s);
    }

    void join()
    {
        lanline::ui::JoinDialog dialog;
        dialog.setName(u"Alice"_s);
        dialog.setAddress(u"mei-nas.local:99999"_s);
        dialog.findChild<QPushButton *>(u"joinButton"_s)->click();
        show(dialog, u"join"_s);
        dialog.findChild<QPushButton *>(u"withCode"_s)->click();
        dialog.findChild<QLineEdit *>(u"codeField"_s)->setText(u"4T6K-9XQ2"_s);
        show(dialog, u"join-code"_s);
        lanline::ui::FirstRunWindow window(m_themes);
        window.setName(u"Alice"_s);
        window.setRecentAddresses({u"192.168.1.20:47100"_s});
        window.resize(window.minimumSize());
        window.findChild<QPushButton *>(u"withCode"_s)->click();
        show(window, u"first-run-code"_s);
    }

    void addDevice()
    {
        lanline::client::ChatSession session({u"Alice"_s}, &m_network);
        lanline::ui::AddDeviceDialog dialog(session);
        show(dialog, u"add-device-offline"_s);
        Q_EMIT session.pairingReceived(u"4T6K-9XQ2"_s, 292s);
        show(dialog, u"add-device"_s);
        Q_EMIT session.pairingReceived(u"4T6K-9XQ2"_s, 0s);
        show(dialog, u"add-device-expired"_s);
    }

    void host()
    {
        lanline::test::FakeHostController host;
        lanline::ui::HostPanel panel(host, m_themes);
        panel.setRequest({u"Studio LAN"_s, 47100});
        show(panel, u"host-form"_s);
        host.answerFailed({lanline::ui::HostFailure::Kind::PortInUse, 47100, 47101, {}});
        show(panel, u"host-failure"_s);
        host.answerStarted({u"Studio LAN"_s, 47100, {}, QHostAddress::Any, std::chrono::steady_clock::now() - 76h});
        show(panel, u"host-empty"_s);
        const QStringList names{u"Alice"_s, u"Bob"_s, u"Mei 王梅"_s, u"Jonas"_s, u"Pixel 8"_s};
        QList<lanline::ui::HostClient> clients;
        for (int i = 0; i < names.size(); ++i) {
            lanline::ui::HostClient link{quint64(i), names[i], i == 4, quint8(i), u"lanline 0.1.0"_s,
                u"192.168.1.%1"_s.arg(20 + i), i == 1 ? 12'400 : 0, quint64(i * 611 + 7), false, quint64(i + 1), 15s};
            if (i != 1)
                clients.append(link);
            link.connection += 100;
            link.address = u"10.8.0.%1"_s.arg(20 + i);
            link.isStandby = true;
            if (i < 3)
                clients.append(link);
        }
        Q_EMIT host.clientsChanged(clients);
        show(panel, u"host-panel"_s);
        panel.resize(panel.minimumSize());
        show(panel, u"host-narrow"_s);
    }

    /// Five minutes of talk in a story that goes from fast to a disk that is waited for, as in the design's picture.
    void messages()
    {
        lanline::client::ChatSession session({u"Alice"_s, {}}, &m_network);
        lanline::ui::DiagnosticsRecord record;
        record.follow(session);
        lanline::ui::DiagnosticsPanel panel(record, m_themes);
        panel.resize(panel.sizeHint());
        LinkStory story(session);
        story.online(u"Alice"_s, u"Studio LAN"_s);
        std::mt19937 random(11);
        std::normal_distribution<double> noise(0, 0.35);
        const auto about = [&](double ms) { return ms * std::exp(noise(random)); };
        const auto talk = [&](double from, double to, double each, double disk) {
            double ago = from;
            while (ago > to) {
                const bool isSlow = random() % 9 == 0;
                const double stored = about(isSlow ? disk : 4);
                if (random() % 2 == 0) {
                    story.message(ago, true,
                        {about(0.4), about(0.9), about(0.1), about(0.2), about(2.1), about(0.3), about(0.6), stored,
                            about(0.8), about(1.9), about(0.1), about(0.3), about(0.5)},
                        u"Alice"_s, u"Port 7 of the switch drops frames again."_s);
                } else {
                    story.message(ago, false,
                        {about(1.6), about(2), stored, about(1), about(2.2), about(0.1), about(0.3), about(0.4),
                            about(1.6)},
                        random() % 2 == 0 ? u"Bob"_s : u"Mei 王梅"_s,
                        random() % 2 == 0 ? u"Switch log attached"_s : u"备用链路已就绪，开始换线。"_s);
                }
                ago -= about(each);
            }
        };
        const auto beats = [&](int from, int to, double ms) {
            for (int ago = from; ago > to; --ago)
                story.roundTrip(ago, std::chrono::microseconds(std::llround(about(ms) * 1000)));
        };
        const auto lane = [&](int which, LaneState state, double ago) {
            story.lane(which, state, ago);
            story.state().lanes[std::size_t(which)].state = state;
        };
        lane(0, LaneState::Active, 310);
        lane(1, LaneState::Ready, 309);
        story.event(LinkEvent::Kind::Connected, 310);
        beats(300, 229, 4);
        talk(299, 229, 0.8, 30);
        lane(0, LaneState::Empty, 229);
        lane(1, LaneState::Active, 229);
        story.failover(229, 180ms, Problem::ConnectionLost);
        beats(228, 162, 5);
        talk(228, 162, 0.8, 40);
        lane(1, LaneState::Empty, 162);
        story.event(LinkEvent::Kind::Lost, 162);
        lane(0, LaneState::Active, 134);
        story.event(LinkEvent::Kind::Reconnected, 134, 14);
        lane(1, LaneState::Ready, 127);
        beats(133, 0, 4);
        talk(133, 75, 0.6, 130);
        story.stall(lanline::ThreadKind::Gui, 74, 380ms, u"a slot of TimelineModel"_s);
        story.message(73.6, false, {1.6, 2, 9, 1, 2.2, 0.1, 0.3, 380, 12}, u"Bob"_s, u"Switch log attached"_s);
        talk(73, 31, 0.6, 150);
        story.message(31, true, {0.4, 1.1, 0.1, 0.2, 2.1, 0.6, 0.3, 401, 1.2, 2.4, 0.1, 0.4, 0.7}, u"Alice"_s,
            u"开会时间改到三点"_s);
        talk(30, 0, 0.6, 150);
        lanline::client::Ledger ledger;
        ledger.sent = ledger.stored = 214;
        ledger.replayed = 14;
        story.ledger(ledger);
        lanline::protocol::Status status;
        status.storedEver = 611;
        story.status(status);
        story.phase(Phase::Online);
        show(panel, u"messages"_s);
        panel.resize(panel.minimumSize());
        show(panel, u"messages-narrow"_s);
        panel.resize(1360, 900);
        show(panel, u"messages-wide"_s);
        panel.resize(panel.sizeHint());
        auto *chart = panel.findChild<QWidget *>(u"latencyChart"_s);
        show(panel, u"messages-range"_s, [&] {
            chart->setFocus(Qt::TabFocusReason);
            for (int i = 0; i < 20; ++i)
                key(*chart, Qt::Key_Left, Qt::NoModifier);
            for (int i = 0; i < 18; ++i)
                key(*chart, Qt::Key_Left, Qt::ShiftModifier);
        });
        show(panel, u"messages-zoomed"_s, [&] {
            for (int i = 0; i < 5; ++i)
                key(*chart, Qt::Key_Plus, Qt::NoModifier);
            panel.setPaused(true);
        });
    }

    /// The story of the design's picture: a failover, an outage, and both links again.
    void lanes()
    {
        lanline::client::ChatSession session({u"Bob"_s, {}}, &m_network);
        lanline::ui::DiagnosticsRecord record;
        record.follow(session);
        lanline::ui::DiagnosticsPanel panel(record, m_themes);
        panel.resize(panel.sizeHint());
        LinkStory story(session);
        story.online(u"Bob"_s, u"Studio LAN"_s);
        std::mt19937 random(7);
        std::normal_distribution<double> noise(0, 0.3);
        const auto beats = [&](int from, int to, double milliseconds) {
            for (int ago = from; ago > to; --ago)
                story.roundTrip(
                    ago, std::chrono::microseconds(std::llround(milliseconds * std::exp(noise(random)) * 1000)));
        };
        const auto lane = [&](int which, LaneState state, double ago) {
            story.lane(which, state, ago);
            story.state().lanes[std::size_t(which)].state = state;
        };
        lane(0, LaneState::Active, 310);
        lane(1, LaneState::Ready, 309);
        story.event(LinkEvent::Kind::Connected, 310);
        story.event(LinkEvent::Kind::StandbyReady, 309);
        beats(300, 229, 9);
        lane(0, LaneState::Empty, 229);
        lane(1, LaneState::Active, 229);
        story.failover(229, 180ms, Problem::ConnectionLost);
        beats(228, 162, 14);
        lane(1, LaneState::Empty, 162);
        story.event(LinkEvent::Kind::Lost, 162);
        lane(0, LaneState::Connecting, 138);
        lane(0, LaneState::Active, 134);
        story.event(LinkEvent::Kind::Reconnected, 134, 14);
        lane(1, LaneState::Connecting, 134);
        lane(1, LaneState::Ready, 127);
        story.event(LinkEvent::Kind::StandbyReady, 127);
        beats(133, 40, 11);
        lane(1, LaneState::Empty, 70);
        story.event(LinkEvent::Kind::StandbyLost, 70);
        lane(1, LaneState::Ready, 52);
        story.event(LinkEvent::Kind::StandbyReady, 52);
        lane(1, LaneState::Active, 20);
        lane(0, LaneState::Empty, 20);
        story.failover(20, 1'420ms, Problem::HeartbeatMissed);
        beats(19, 0, 12);
        story.phase(Phase::Online);
        show(panel, u"lanes"_s);
        panel.resize(panel.minimumSize());
        show(panel, u"lanes-narrow"_s);
        panel.resize(panel.sizeHint());
        panel.setWindow(60s);
        show(panel, u"lanes-minute"_s);
    }

    void tabs()
    {
        lanline::test::TabGallery tabs(
            m_network, m_themes, [this](QWidget &window, const QString &name) { show(window, name); });
        tabs.empty();
        tabs.filled();
        tabs.longVerdicts();
    }

    void oneLane(const QString &name, lanline::client::Redundancy redundancy)
    {
        lanline::client::ChatSession session({u"Alice"_s, {}}, &m_network);
        lanline::ui::DiagnosticsRecord record;
        record.follow(session);
        lanline::ui::DiagnosticsPanel panel(record, m_themes);
        panel.resize(panel.sizeHint());
        LinkStory story(session);
        story.lane(0, LaneState::Active, 240);
        story.event(LinkEvent::Kind::Connected, 240);
        for (int ago = 240; ago > 0; --ago)
            story.roundTrip(ago, std::chrono::microseconds(4'000 + (ago * 37) % 900));
        story.state().lanes[0] = {LaneState::Active, QHostAddress(u"192.168.1.7"_s), QHostAddress(u"192.168.1.20"_s)};
        story.state().redundancy = redundancy;
        story.online(u"Alice"_s, u"Studio LAN"_s);
        show(panel, name);
    }

    void diagnostics()
    {
        lanline::client::ChatSession session({u"Alice"_s, {}}, &m_network);
        lanline::ui::DiagnosticsRecord record;
        record.follow(session);
        lanline::ui::DiagnosticsPanel panel(record, m_themes);
        panel.resize(panel.sizeHint());
        LinkStory story(session);
        show(panel, u"diagnostics-none"_s);

        story.online(u"Alice"_s, u"Studio LAN"_s);
        std::mt19937 random(7);
        std::normal_distribution<double> noise(0, 0.3);
        const auto beats = [&](double from, double to, double milliseconds) {
            constexpr double interval = 0.9;
            const int count = int(std::ceil((from - to) / interval));
            for (int i = 0; i < count; ++i) {
                const double ago = from - i * interval;
                const double ms = milliseconds * std::exp(noise(random)) * (random() % 20 == 0 ? 5 : 1);
                story.roundTrip(ago, std::chrono::microseconds(std::llround(ms * 1000)));
            }
        };
        story.event(LinkEvent::Kind::Connected, 290);
        beats(290, 240, 9);
        story.event(LinkEvent::Kind::HeartbeatMissed, 236);
        beats(235, 170, 14);
        story.event(LinkEvent::Kind::HeartbeatMissed, 166);
        story.event(LinkEvent::Kind::Lost, 165.8);
        show(panel, u"diagnostics-lost-live"_s, [&] { story.phase(Phase::WaitingToRetry, Problem::ConnectionLost); });
        story.event(LinkEvent::Kind::Reconnected, 137.5, 14);
        story.phase(Phase::Online);
        beats(137, 20, 10);
        story.event(LinkEvent::Kind::Lost, 14);
        story.event(LinkEvent::Kind::Reconnected, 10);
        beats(9.5, 0, 11);
        lanline::client::Ledger ledger;
        ledger.sent = 214;
        ledger.stored = 214;
        ledger.deduplicated = 2;
        ledger.delivered = 398;
        ledger.replayed = 14;
        story.ledger(ledger);
        lanline::protocol::Status status;
        status.storedEver = 611;
        status.duplicatesEver = 5;
        status.delivered = 2'391;
        status.replayed = 77;
        story.status(status);
        show(panel, u"diagnostics"_s);
        panel.resize(panel.minimumSize());
        show(panel, u"diagnostics-narrow"_s);
        panel.resize(panel.sizeHint());
        panel.setWindow(60s);
        panel.findChildren<QPushButton *>().first()->clearFocus();
        panel.findChild<lanline::ui::SegmentedControl *>(u"scaleSelector"_s)->findChildren<QPushButton *>()[0]->click();
        ledger.sent = 216;
        story.ledger(ledger);
        show(panel, u"diagnostics-linear"_s, [&] { panel.setPaused(true); });
    }

private:
    static void key(QWidget &widget, Qt::Key key, Qt::KeyboardModifiers modifiers)
    {
        QKeyEvent press(QEvent::KeyPress, key, modifiers);
        QCoreApplication::sendEvent(&widget, &press);
    }

    void show(QWidget &window, const QString &name, const std::function<void()> &before = {})
    {
        if (before)
            before();
        window.show();
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 250)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        if (!window.grab().save(QDir(m_dir).filePath(name + m_suffix + u".png"_s)))
            std::fprintf(stderr, "%s was not saved\n", qPrintable(name));
    }

    QString m_dir;
    QString m_suffix;
    lanline::ui::ThemeController &m_themes;
    QThread m_network;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 3 || !QDir().mkpath(arguments[1])) {
        std::fprintf(stderr, "usage: panel_gallery DIR light|dark [translation.qm [diagnostics]]\n");
        return 2;
    }
    QTranslator translator;
    PseudoChinese pseudo;
    const QString language = arguments.value(3);
    if (language == "pseudo"_L1)
        QCoreApplication::installTranslator(&pseudo);
    else if (!language.isEmpty() && translator.load(language))
        QCoreApplication::installTranslator(&translator);

    lanline::ui::ThemeController themes;
    const bool isDark = arguments[2] == "dark"_L1;
    themes.setChoice(isDark ? lanline::ui::ThemeController::Choice::Dark : lanline::ui::ThemeController::Choice::Light);
    Gallery gallery(arguments[1], u'-' + arguments[2], themes);
    if (arguments.value(4) == "diagnostics"_L1) {
        gallery.messages();
        gallery.diagnostics();
        gallery.lanes();
        gallery.tabs();
        return 0;
    }
    gallery.firstRun();
    gallery.join();
    gallery.addDevice();
    gallery.host();
    gallery.diagnostics();
    gallery.messages();
    gallery.lanes();
    gallery.tabs();
    gallery.oneLane(u"lanes-one-interface"_s, lanline::client::Redundancy::Automatic);
    gallery.oneLane(u"lanes-off"_s, lanline::client::Redundancy::Off);
    return 0;
}
