#include "desktop.h"

#include "demo.h"
#include "ui/panels/firstrunwindow.h"
#include "ui/panels/hostpanel.h"
#include "ui/panels/joindialog.h"
#include "ui/theme/themecontroller.h"

#include <QApplication>
#include <QEvent>
#include <QEventLoopLocker>
#include <QMessageBox>
#include <QMetaEnum>
#include <QPushButton>
#include <QScopedValueRollback>

using namespace std::chrono_literals;

namespace lanline::app {

namespace {

QMetaEnum looks()
{
    return QMetaEnum::fromType<ui::ThemeController::Choice>();
}

} // namespace

Desktop::Desktop(Profile &profile, QThread *network, ui::ThemeController &themes, QObject *parent)
    : QObject(parent)
    , m_profile(profile)
    , m_network(network)
    , m_themes(themes)
    , m_host(profile.serverDataDir(), QHostAddress::Any)
{
    bool isKnown = false;
    const int look = looks().keyToValue(profile.look().toLatin1().constData(), &isKnown);
    if (isKnown)
        themes.setChoice(ui::ThemeController::Choice(look));
    m_handedOverLater.setSingleShot(true);
    m_handedOverLater.setInterval(200ms);
    connect(&m_handedOverLater, &QTimer::timeout, this, &Desktop::joinHandedOver);
    connect(&m_host, &EmbeddedHost::started, this, &Desktop::onHosting);
    connect(&m_host, &EmbeddedHost::failed, this, [this](const ui::HostFailure &failure) {
        // The panel may not have been there when it was asked for, and when it failed.
        showHostPanel();
        m_hostPanel->setRequest({m_host.info().name, m_host.info().port});
        m_hostPanel->showFailure(failure);
    });
    connect(&m_host, &EmbeddedHost::stopped, this, [this] {
        m_profile.setHosting(false);
        if (m_seat)
            m_seat->window().setHosting(false);
    });
}

Desktop::~Desktop()
{
    m_profile.setLook(QLatin1StringView(looks().valueToKey(int(m_themes.choice()))));
}

void Desktop::start(const Options &options)
{
    if (!options.name.isEmpty())
        m_profile.setName(options.name);

    if (options.host)
        host(options.port.value_or(m_profile.hostPort()));
    else if (options.join)
        join(*options.join, options.code);
    else if (m_profile.wasHosting())
        host(m_profile.hostPort());
    else if (const auto last = m_profile.lastHost())
        join(*last);
    else
        showFirstRun();
}

void Desktop::showFirstRun()
{
    if (!m_firstRun) {
        m_firstRun = std::make_unique<ui::FirstRunWindow>(m_themes);
        connect(m_firstRun.get(), &ui::FirstRunWindow::nameChanged, this,
            [this](const QString &name) { m_profile.setName(name); });
        connect(m_firstRun.get(), &ui::FirstRunWindow::tryRequested, this, &Desktop::startDemo);
        connect(m_firstRun.get(), &ui::FirstRunWindow::hostRequested, this, &Desktop::showHostPanel);
        connect(m_firstRun.get(), &ui::FirstRunWindow::joinRequested, this, &Desktop::join);
    }
    m_firstRun->setName(m_profile.name());
    m_firstRun->setRecentAddresses(m_profile.recentAddresses());
    m_firstRun->show();
    m_firstRun->raise();
}

void Desktop::showHostPanel()
{
    if (!m_hostPanel) {
        m_hostPanel = std::make_unique<ui::HostPanel>(m_host, m_themes);
        if (!m_host.isHosting())
            m_hostPanel->setRequest({hostName(), m_profile.hostPort()});
    }
    m_hostPanel->show();
    m_hostPanel->raise();
    m_hostPanel->activateWindow();
}

void Desktop::startDemo()
{
    m_demo = std::make_unique<Demo>(m_network, m_themes);
    connect(m_demo.get(), &Demo::started, this, [this] {
        m_demo->arrange();
        m_firstRun->hide();
    });
    connect(m_demo.get(), &Demo::failed, this, [this](const QString &sentence) {
        QMessageBox::warning(m_firstRun.get(), tr("Try on this computer"), sentence);
        m_demo.release()->deleteLater();
    });
    connect(m_demo.get(), &Demo::finished, this, [this] {
        showFirstRun();
        m_demo.release()->deleteLater();
    });
    m_demo->start();
}

QString Desktop::hostName() const
{
    const QString kept = m_profile.hostName();
    return kept.isEmpty() ? tr("%1's network").arg(m_profile.name()) : kept;
}

void Desktop::host(quint16 port)
{
    m_host.start({hostName(), port});
}

void Desktop::onHosting(const ui::HostInfo &info)
{
    m_profile.setHost(info.name, info.port);
    m_profile.setHosting(true);
    join(info.localUrl);
    m_profile.setLastHost(std::nullopt);
}

void Desktop::join(const QUrl &url, const QString &code)
{
    if (m_firstRun)
        m_firstRun->hide();
    if (!m_host.isHosting())
        m_profile.setLastHost(url);

    // The last window that closes ends the program, but not while it gives way to another. And it goes first: two
    // sessions must not share one database.
    const QEventLoopLocker goOn;
    m_seat.reset();
    m_seat = std::make_unique<Seat>(
        client::Identity{m_profile.name(), m_profile.keyPath(), m_profile.storePath()}, m_network, m_themes);
    m_seat->faults().setHost(m_host);
    m_seat->session().setRedundancy(m_profile.redundancy());
    connect(m_seat.get(), &Seat::redundancyChosen, this,
        [this](client::Redundancy redundancy) { m_profile.setRedundancy(redundancy); });
    m_seat->window().installEventFilter(this);
    connect(
        m_seat.get(), &Seat::windowOpened, this, [this](ui::ChatWindow *window) { window->installEventFilter(this); });
    m_seat->window().setHosting(m_host.isHosting());
    connect(&m_seat->window(), &ui::ChatWindow::hostPanelRequested, this, &Desktop::showHostPanel);
    connect(&m_seat->window(), &ui::ChatWindow::switchHostRequested, this, &Desktop::switchHost, Qt::QueuedConnection);
    connect(&m_seat->window(), &ui::ChatWindow::startScreenRequested, this, &Desktop::leave, Qt::QueuedConnection);
    m_seat->session().open(url, code);
    m_seat->window().show();
}

void Desktop::switchHost()
{
    QUrl url;
    QString code;
    {
        // Gone before join() replaces the window that is its parent.
        const QScopedValueRollback question(m_questions, m_questions + 1);
        ui::JoinDialog dialog(&m_seat->window());
        dialog.setName(m_profile.name());
        if (dialog.exec() != QDialog::Accepted || !mayClose())
            return;
        m_profile.setName(dialog.name());
        url = dialog.url();
        code = dialog.code();
    }
    moveTo(url, code);
}

void Desktop::moveTo(const QUrl &url, const QString &code)
{
    if (m_host.isHosting())
        m_host.stop();
    m_profile.setLastHost(url);
    join(url, code);
}

void Desktop::onStartedAgain(const std::optional<QUrl> &join)
{
    raiseWindow();
    if (join) {
        m_handedOver = join;
        joinHandedOver();
    }
}

void Desktop::raiseWindow()
{
    QWidget *window = QApplication::activeModalWidget();
    if (!window && m_seat)
        window = &m_seat->shownWindow();
    if (!window && m_demo)
        window = &m_demo->alice().shownWindow();
    if (!window && m_firstRun)
        window = m_firstRun.get();
    if (!window)
        window = m_hostPanel.get();
    if (!window)
        return;
    window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    window->activateWindow();
}

void Desktop::joinHandedOver()
{
    // Not under a dialog or a menu that would lose its window.
    if (m_questions > 0 || QApplication::activeModalWidget() || QApplication::activePopupWidget()) {
        m_handedOverLater.start();
        return;
    }
    const auto url = std::exchange(m_handedOver, std::nullopt);
    if (!url || (m_seat && m_seat->session().state().url == *url) || !mayClose())
        return;
    moveTo(*url);
}

/// Away from this host and back to the choice, on purpose.
void Desktop::leave()
{
    if (m_host.isHosting() && !mayClose())
        return;
    if (m_host.isHosting())
        m_host.stop();
    m_profile.setLastHost(std::nullopt);
    showFirstRun();
    m_seat.reset();
}

bool Desktop::mayClose()
{
    const int others = m_host.othersConnected();
    if (!m_host.isHosting() || others == 0)
        return true;
    QMessageBox question(QMessageBox::Question, tr("Stop hosting?"),
        tr("%n people are connected to this computer. If you quit, the chat stops for everyone.", nullptr, others),
        QMessageBox::NoButton, m_seat ? &m_seat->window() : nullptr);
    QPushButton *stay = question.addButton(tr("Keep hosting"), QMessageBox::RejectRole);
    question.addButton(tr("Stop for everyone"), QMessageBox::DestructiveRole);
    question.setDefaultButton(stay);
    question.setEscapeButton(stay);
    const QScopedValueRollback asking(m_questions, m_questions + 1);
    question.exec();
    return question.clickedButton() != stay;
}

bool Desktop::eventFilter(QObject *watched, QEvent *event)
{
    if (m_seat && event->type() == QEvent::Close && m_seat->windowsShown() == 1) {
        if (!mayClose()) {
            event->ignore();
            return true;
        }
        // The chat windows are the application's: with the last of them go the panels that belong to it.
        m_seat->diagnostics().close();
        if (m_hostPanel)
            m_hostPanel->close();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace lanline::app
