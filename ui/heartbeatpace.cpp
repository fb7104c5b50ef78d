#include "ui/heartbeatpace.h"

#include "client/chatsession.h"

#include <QApplication>
#include <QEvent>
#include <QWindow>

#include <algorithm>
#include <utility>

namespace lanline::ui {

namespace {

bool isInSight(const QPointer<QWidget> &window)
{
    return window && window->isVisible() && !window->isMinimized();
}

bool isProgramInHand()
{
    const QWidget *active = QApplication::activeWindow();
    return active && !active->isMinimized();
}

} // namespace

HeartbeatPace::HeartbeatPace(client::ChatSession &session, std::chrono::milliseconds restsAfter, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restsAfter);
    connect(&m_rest, &QTimer::timeout, this, [this] { set(resting); });
    // A person who works in another of this program's windows is not idle.
    connect(qGuiApp, &QGuiApplication::focusWindowChanged, this, &HeartbeatPace::refresh);
}

void HeartbeatPace::watchWindow(QWidget &window)
{
    std::erase_if(m_windows, [](const auto &known) { return !known; });
    m_windows.emplace_back(&window);
    window.installEventFilter(this);
    refresh();
}

void HeartbeatPace::watchDiagnostics(QWidget &panel)
{
    m_diagnostics = &panel;
    panel.installEventFilter(this);
    refresh();
}

void HeartbeatPace::setMeasuring(bool isMeasuring)
{
    m_isMeasuring = isMeasuring;
    refresh();
}

bool HeartbeatPace::isAnyInSight() const
{
    return std::any_of(m_windows.begin(), m_windows.end(), isInSight);
}

void HeartbeatPace::refresh()
{
    const bool isMeasuring = m_isMeasuring || isInSight(m_diagnostics);
    const bool isIdle = !isMeasuring && !isAnyInSight() && !isProgramInHand();
    if (!isIdle)
        m_rest.stop();
    else if (!m_rest.isActive() && m_interval != resting)
        m_rest.start();
    if (!isIdle || m_interval == measuring)
        set(isMeasuring ? measuring : usual);
}

void HeartbeatPace::set(std::chrono::milliseconds interval)
{
    if (std::exchange(m_interval, interval) != interval)
        m_session.setHeartbeatInterval(interval);
}

bool HeartbeatPace::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::WindowStateChange:
        // Filters hear of it before the window is what the event says.
        QMetaObject::invokeMethod(this, &HeartbeatPace::refresh, Qt::QueuedConnection);
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace lanline::ui
