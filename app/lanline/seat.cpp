#include "seat.h"

namespace lanline::app {

Seat::Seat(const client::Identity &identity, QThread *network, ui::ThemeController &themes, QObject *parent)
    : QObject(parent)
    , m_session(identity, network)
    , m_window(m_session, themes)
    , m_diagnostics(m_session, themes)
{
    connect(&m_window, &ui::ChatWindow::diagnosticsRequested, this, &Seat::toggleDiagnostics);
}

void Seat::toggleDiagnostics()
{
    if (m_diagnostics.isVisible() && m_diagnostics.isActiveWindow()) {
        m_diagnostics.hide();
        return;
    }
    m_diagnostics.show();
    m_diagnostics.raise();
    m_diagnostics.activateWindow();
}

} // namespace lanline::app
