#include "seat.h"

#include "ui/panels/faultstab.h"
#include "ui/panels/loadtesttab.h"
#include "ui/panels/threadstab.h"
#include "ui/redundancymenu.h"
#include "ui/widgets/faultframe.h"

#include <QFileInfo>

#include <algorithm>

namespace lanline::app {

namespace {

/// Where what belongs to this person is kept; empty for a guest.
QString folderOf(const client::Identity &identity)
{
    return identity.storePath.isEmpty() ? QString() : QFileInfo(identity.storePath).path();
}

} // namespace

Seat::Seat(const client::Identity &identity, QThread *network, ui::ThemeController &themes, QObject *parent)
    : QObject(parent)
    , m_themes(themes)
    , m_session(identity, network)
    , m_faults(m_session)
    , m_pace(m_session)
    , m_window(m_session, themes)
    , m_loadTester(m_session, folderOf(identity))
    , m_diagnostics(m_record, themes)
{
    m_record.follow(m_session);
    addThreads();
    addFaults();
    adopt(m_window);
    m_pace.watchDiagnostics(m_diagnostics);
    m_diagnostics.addTab(
        new ui::LoadTestTab(m_loadTester, themes), tr("Load test"), ui::DiagnosticsPanel::TabSpan::WholeWithoutTime);
    connect(&m_loadTester, &loadtest::LoadTester::measuringWanted, &m_pace, &ui::HeartbeatPace::setMeasuring);
}

void Seat::openAnotherWindow()
{
    // Closed ones are only hidden.
    std::erase_if(m_others, [](const auto &window) { return !window->isVisible(); });
    m_others.push_back(m_window.another());
    ui::ChatWindow &window = *m_others.back();
    // To other hosts and to the panel of this one the first window leads.
    window.setLeavable(false);
    adopt(window);
    window.show();
    Q_EMIT windowOpened(&window);
}

void Seat::addThreads()
{
    auto *tab = new ui::ThreadsTab(m_themes);
    m_diagnostics.addTab(tab, tr("Threads"));
    connect(&m_diagnostics, &ui::DiagnosticsPanel::refreshed, tab, [this, tab](const ui::TimeRange &range) {
        if (tab->isVisible())
            tab->show(m_record, range);
    });
}

void Seat::addFaults()
{
    auto *tab = new ui::FaultsTab(m_faults, m_themes);
    m_diagnostics.addTab(tab, tr("Faults"), ui::DiagnosticsPanel::TabSpan::WholeWithoutTime);
    connect(tab, &ui::FaultsTab::runningCountChanged, &m_diagnostics,
        [this, tab](int count) { m_diagnostics.setTabBadge(tab, count); });
    new ui::FaultFrame(m_faults, m_themes, &m_diagnostics);
}

void Seat::adopt(ui::ChatWindow &window)
{
    new ui::FaultFrame(m_faults, m_themes, &window);
    m_pace.watchWindow(window);
    auto *redundancy = new ui::RedundancyMenu(m_session, &window);
    window.addToMenu(redundancy->menuAction());
    connect(redundancy, &ui::RedundancyMenu::chosen, this, &Seat::choose);
    connect(&window, &ui::ChatWindow::diagnosticsRequested, this, &Seat::toggleDiagnostics);
    window.setWhyUntraced(
        [this](const RoomId &room, const ui::TimelineEntry &entry) { return m_record.whyUntraced(room, entry); });
    connect(&window, &ui::ChatWindow::traceRequested, this, [this](const ui::MessageKey &message) {
        m_diagnostics.traceMessage(message);
        showDiagnostics();
    });
    connect(&window, &ui::ChatWindow::windowRequested, this, &Seat::openAnotherWindow);
    // Queued: a message is counted by every window before the one where it was seen takes it back.
    connect(
        &window, &ui::ChatWindow::roomRead, this,
        [this](const RoomId &room) {
            m_window.markRead(room);
            for (const auto &other : m_others)
                other->markRead(room);
        },
        Qt::QueuedConnection);
}

void Seat::choose(client::Redundancy redundancy)
{
    m_session.setRedundancy(redundancy);
    Q_EMIT redundancyChosen(redundancy);
}

ui::ChatWindow &Seat::shownWindow()
{
    if (m_window.isVisible())
        return m_window;
    const auto shown = std::find_if(m_others.begin(), m_others.end(), [](const auto &w) { return w->isVisible(); });
    return shown == m_others.end() ? m_window : **shown;
}

int Seat::windowsShown() const
{
    return int(m_window.isVisible())
        + int(std::count_if(m_others.begin(), m_others.end(), [](const auto &window) { return window->isVisible(); }));
}

void Seat::toggleDiagnostics()
{
    if (m_diagnostics.isVisible() && m_diagnostics.isActiveWindow()) {
        m_diagnostics.hide();
        return;
    }
    showDiagnostics();
}

void Seat::showDiagnostics()
{
    m_diagnostics.show();
    m_diagnostics.raise();
    m_diagnostics.activateWindow();
}

} // namespace lanline::app
