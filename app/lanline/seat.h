#pragma once

#include "client/chatsession.h"
#include "ui/chatwindow.h"
#include "ui/panels/diagnosticspanel.h"

#include <QObject>

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
    ui::ChatWindow &window() { return m_window; }
    ui::DiagnosticsPanel &diagnostics() { return m_diagnostics; }

private:
    void toggleDiagnostics();

    client::ChatSession m_session;
    ui::ChatWindow m_window;
    ui::DiagnosticsPanel m_diagnostics;
};

} // namespace lanline::app
