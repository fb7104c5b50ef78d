#include "tour.h"

#include "ui/panels/firstrunwindow.h"
#include "ui/panels/hostpanel.h"
#include "ui/theme/themecontroller.h"

#include <QCoreApplication>
#include <QCursor>
#include <QGuiApplication>
#include <QJsonObject>
#include <QKeyEvent>
#include <QPainter>
#include <QPixmap>
#include <QPlainTextEdit>
#include <QScreen>

#include <cstdio>

namespace lanline::app {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const RoomId lobby(u"lobby"_s);
constexpr QSize chatSize(900, 720);
constexpr QSize panelSize(960, 760);
constexpr int beatsBeforePicture = 20;
constexpr auto shortestCut = 6s; // long enough to be seen in the chart
constexpr auto afterCut = 15s;

void press(QWidget &widget, int key, const QString &text = {})
{
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier, text);
    QCoreApplication::sendEvent(&widget, &down);
    QKeyEvent up(QEvent::KeyRelease, key, Qt::NoModifier, text);
    QCoreApplication::sendEvent(&widget, &up);
}

} // namespace

Tour::Tour(Demo &demo, ui::ThemeController &themes, const QString &dir, QObject *parent)
    : QObject(parent)
    , m_demo(demo)
    , m_themes(themes)
    , m_dir(dir)
    , m_alice(demo.alice().session(), lobby)
    , m_bob(demo.bob().session(), lobby)
{
    m_hostPanel = std::make_unique<ui::HostPanel>(demo.host(), themes);
    m_poll.setInterval(20ms);
    connect(&m_poll, &QTimer::timeout, this, &Tour::poll);
    connect(&demo.bob().session(), &client::ChatSession::stateChanged, this, [this](const auto &state) {
        const bool isConnected = state.phase == client::Phase::Online || state.phase == client::Phase::CatchingUp;
        m_bobsOutages += isConnected ? 0 : 1;
    });
}

Tour::~Tour() = default;

void Tour::start()
{
    if (!QDir().mkpath(m_dir.path())) {
        std::fprintf(stderr, "%s\n", qPrintable(tr("The folder %1 cannot be made.").arg(m_dir.path())));
        Q_EMIT finished(false);
        return;
    }
    for (Seat *seat : {&m_demo.alice(), &m_demo.bob()}) {
        seat->window().resize(chatSize);
        seat->window().show();
        seat->diagnostics().resize(panelSize);
        seat->diagnostics().setWindow(60s);
        seat->diagnostics().show();
    }
    // Nothing is under the pointer, so nothing looks hovered in the pictures.
    QCursor::setPos(QGuiApplication::primaryScreen()->geometry().bottomRight());
    script();
    next();
}

void Tour::script()
{
    addStep(
        u"both windows are online"_s, [] {}, [this] { return bothOnline(); });
    addConversation();
    addLedgers(u"after the conversation"_s);
    addFailover();
    addLedgers(u"after the failover"_s);
    addCut();
    addLedgers(u"after the cut"_s);
    addServerRestart();
    addLedgers(u"after the server's restart"_s);
    addPictures();
    addDiagnosis();
    addLedgers(u"at the end"_s);
    addLoadTest();
}

void Tour::addConversation()
{
    const auto turn = [this](Seat &seat, const QString &text) {
        const QString who = &seat == &m_demo.alice() ? u"Alice"_s : u"Bob"_s;
        addStep(
            u"%1 writes, both windows show it"_s.arg(who), [this, &seat, text] { say(seat, text); },
            [this] { return bothHaveAll(); });
    };
    Seat &alice = m_demo.alice();
    Seat &bob = m_demo.bob();
    turn(alice, tr("Good morning Bob! This window talks to yours through a server inside the app."));
    turn(bob, tr("And no cloud in between. How fast is it?"));
    turn(alice, tr("Open Diagnostics: every dot is one round trip, measured right now."));
    turn(bob, u"好快！中文也没问题 🎉"_s);
    turn(alice, u"Salut, שלום, مرحبا 👋"_s);
    turn(bob, tr("Next I pull my network cables. Keep writing: nothing will be lost."));

    addStep(
        u"round trips are measured in both windows"_s, [] {},
        [this] {
            return m_demo.alice().diagnostics().latencySummary().count >= beatsBeforePicture
                && m_demo.bob().diagnostics().latencySummary().count >= beatsBeforePicture;
        },
        30s);
    addStep(
        u"picture of the two windows"_s,
        [this] { saveTogether(m_demo.alice().window(), m_demo.bob().window(), u"two-windows.png"_s); },
        [this] { return m_picturesSaved; });
}

void Tour::addCut()
{
    const auto bobState = [this]() -> const client::ConnectionState & { return m_demo.bob().session().state(); };

    addStep(
        u"both of Bob's cables are pulled and his window says so"_s,
        [this] {
            m_sinceCut.start();
            m_demo.unplugBob();
        },
        [bobState] { return bobState().phase == client::Phase::WaitingToRetry; });
    addStep(
        u"Alice goes on, Bob's own message waits on his computer"_s,
        [this] {
            say(m_demo.alice(), tr("You are gone, Bob. I go on."));
            say(m_demo.alice(), tr("The host keeps this for you."));
            say(m_demo.alice(), tr("And this."));
            say(m_demo.bob(), tr("Written while the cable is out."));
        },
        [this, bobState] {
            return m_alice.history().size() == m_typed - 1 && bobState().waiting == 1 && bobState().attempt >= 3
                && bobState().phase == client::Phase::WaitingToRetry
                && std::chrono::milliseconds(m_sinceCut.elapsed()) > shortestCut;
        },
        30s);
    addStep(
        u"picture of reconnecting, the cable still out"_s,
        [this] { save(m_demo.bob().window(), u"reconnecting.png"_s); }, [this] { return m_picturesSaved; });
    addStep(
        u"the cables are back and Bob is online again by himself"_s,
        [this] {
            m_sincePlug.start();
            m_demo.plugBob();
        },
        [this, bobState] {
            if (bobState().phase != client::Phase::Online)
                return false;
            m_outageMs = m_sinceCut.elapsed();
            m_recoveryMs = m_sincePlug.elapsed();
            return true;
        },
        40s);
    addStep(
        u"both have everything, in order, once"_s, [] {}, [this] { return bothHaveAll(); });
    addStep(
        u"round trips are measured after the cut"_s, [this] { m_sincePlug.restart(); },
        [this] { return std::chrono::milliseconds(m_sincePlug.elapsed()) > afterCut; }, 30s);
    addStep(
        u"picture of the diagnostics"_s, [this] { save(m_demo.bob().diagnostics(), u"diagnostics.png"_s); },
        [this] { return m_picturesSaved; });
}

void Tour::addServerRestart()
{
    addStep(
        u"the server is stopped and both windows notice"_s,
        [this] {
            m_sinceCut.start();
            m_demo.host().stop();
        },
        [this] {
            return !m_demo.host().isHosting() && m_demo.alice().session().state().phase != client::Phase::Online
                && m_demo.bob().session().state().phase != client::Phase::Online;
        });
    addStep(
        u"the server is started again and both come back by themselves"_s,
        [this] {
            say(m_demo.alice(), tr("Written while the server was away."));
            m_demo.host().start({m_demo.host().info().name, m_demo.host().info().port});
        },
        [this] {
            if (!bothOnline())
                return false;
            m_restartMs = m_sinceCut.elapsed();
            return true;
        },
        40s);
    addStep(
        u"both have everything again, in order, once"_s, [] {}, [this] { return bothHaveAll(); });
}

void Tour::addPictures()
{
    addStep(
        u"pictures in the dark theme, of the first-run screen and of the host panel"_s,
        [this] {
            const auto choice = m_themes.choice();
            ui::FirstRunWindow firstRun(m_themes);
            firstRun.setName(u"Alice"_s);
            save(firstRun, u"first-run.png"_s);
            save(*m_hostPanel, u"host-panel.png"_s);
            m_themes.setChoice(ui::ThemeController::Choice::Dark);
            saveTogether(m_demo.alice().window(), m_demo.bob().window(), u"two-windows-dark.png"_s);
            save(m_demo.bob().diagnostics(), u"diagnostics-dark.png"_s);
            m_themes.setChoice(choice);
        },
        [this] { return m_picturesSaved; });
}

void Tour::addStep(
    const QString &name, std::function<void()> begin, std::function<bool()> isDone, std::chrono::milliseconds within)
{
    m_steps.push_back({name, std::move(begin), std::move(isDone), within});
}

void Tour::next()
{
    if (m_steps.empty()) {
        end(true);
        return;
    }
    m_sinceStep.start();
    m_steps.front().begin();
    m_poll.start();
}

void Tour::poll()
{
    const Step &step = m_steps.front();
    const bool done = step.isDone();
    if (!done && m_sinceStep.elapsed() < step.within.count())
        return;

    m_poll.stop();
    m_report.append(QJsonObject{{u"step"_s, step.name}, {u"held"_s, done}, {u"ms"_s, m_sinceStep.elapsed()}});
    std::fprintf(stderr, "%s  %6lld ms  %s\n", done ? "held  " : "FAILED",
        static_cast<long long>(m_sinceStep.elapsed()), qPrintable(step.name));
    if (!done) {
        end(false);
        return;
    }
    m_steps.pop_front();
    next();
}

void Tour::end(bool held)
{
    if (!held)
        m_ledgers.append(ledgersNow(u"where it failed"_s));
    const bool written = writeReport(held);
    if (!written)
        std::fprintf(stderr, "%s\n", qPrintable(tr("The report could not be written.")));
    Q_EMIT finished(held && written && m_picturesSaved);
}

bool Tour::bothOnline() const
{
    return m_demo.alice().session().state().phase == client::Phase::Online
        && m_demo.bob().session().state().phase == client::Phase::Online;
}

bool Tour::bothHaveAll() const
{
    return m_alice.history().size() == m_typed && m_alice.history() == m_bob.history()
        && m_alice.stored() + m_bob.stored() == m_typed && m_alice.duplicated() + m_bob.duplicated() == 0
        && m_alice.reordered() + m_bob.reordered() == 0;
}

/// Through the keyboard, as a person would, while the other person looks.
void Tour::say(Seat &seat, const QString &text)
{
    Seat &other = &seat == &m_demo.alice() ? m_demo.bob() : m_demo.alice();
    other.window().activateWindow();
    auto *composer = seat.window().findChild<QPlainTextEdit *>(u"composer"_s);
    Q_ASSERT(composer);
    for (const char32_t codePoint : text.toStdU32String())
        press(*composer, 0, QString::fromUcs4(&codePoint, 1));
    press(*composer, Qt::Key_Return, u"\r"_s);
    ++m_typed;
}

bool Tour::saveTogether(QWidget &left, QWidget &right, const QString &file)
{
    const QPixmap a = left.grab();
    const QPixmap b = right.grab();
    const qreal ratio = a.devicePixelRatio();
    const int gap = qRound(12 * ratio);
    QImage both(a.width() + gap + b.width(), qMax(a.height(), b.height()), QImage::Format_ARGB32_Premultiplied);
    both.fill(m_themes.theme()[ui::Token::Hairline]);
    QPainter painter(&both);
    QPixmap l = a;
    QPixmap r = b;
    l.setDevicePixelRatio(1);
    r.setDevicePixelRatio(1);
    painter.drawPixmap(0, 0, l);
    painter.drawPixmap(a.width() + gap, 0, r);
    painter.end();
    m_picturesSaved = both.save(m_dir.filePath(file)) && m_picturesSaved;
    return m_picturesSaved;
}

bool Tour::save(QWidget &widget, const QString &file)
{
    m_picturesSaved = widget.grab().save(m_dir.filePath(file)) && m_picturesSaved;
    return m_picturesSaved;
}

} // namespace lanline::app
