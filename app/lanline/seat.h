#pragma once

#include "app/loadtest/loadtester.h"
#include "client/chatsession.h"
#include "faultinjector.h"
#include "ui/chatwindow.h"
#include "ui/heartbeatpace.h"
#include "ui/models/diagnosticsrecord.h"
#include "ui/panels/diagnosticspanel.h"

#include <QObject>

#include <memory>
#include <vector>

namespace lanline::ui {
class ThemeController;
}

namespace lanline::app {

/// One person's place at this screen: the session, its chat window and its diagnostics panel.
class Seat final : public QObject
{
    Q_OBJECT

public:
    /// `network` outlives the seat.
    Seat(const client::Identity &identity, QThread *network, ui::ThemeController &themes, QObject *parent = nullptr);

    client::ChatSession &session() { return m_session; }
    FaultInjector &faults() { return m_faults; }
    ui::ChatWindow &window() { return m_window; }
    /// Another window on the same session; gone when it is closed.
    void openAnotherWindow();
    /// Windows on the screen, `window()` or others.
    int windowsShown() const;
    /// One of them; `window()` where there is none.
    ui::ChatWindow &shownWindow();
    ui::DiagnosticsPanel &diagnostics() { return m_diagnostics; }
    const ui::DiagnosticsRecord &record() const { return m_record; }

Q_SIGNALS:
    void windowOpened(lanline::ui::ChatWindow *window);
    /// In one of the windows' menus.
    void redundancyChosen(lanline::client::Redundancy redundancy);

private:
    void toggleDiagnostics();
    void addThreads();
    void addFaults();
    void showDiagnostics();
    void adopt(ui::ChatWindow &window);
    void choose(client::Redundancy redundancy);

    ui::ThemeController &m_themes;
    client::ChatSession m_session;
    FaultInjector m_faults; ///< outlives the windows that show them
    ui::HeartbeatPace m_pace; ///< watches the windows below, and outlives them
    ui::ChatWindow m_window;
    std::vector<std::unique_ptr<ui::ChatWindow>> m_others;
    ui::DiagnosticsRecord m_record; ///< from the session's first moment
    loadtest::LoadTester m_loadTester;
    ui::DiagnosticsPanel m_diagnostics;
};

} // namespace lanline::app
