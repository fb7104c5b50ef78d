#pragma once

#include "protocol/limits.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <vector>

namespace lanline::client {
class ChatSession;
}

namespace lanline::ui {

/// How often a session beats: every second while its diagnostics are open; seldom when all its windows have been out of
/// sight for a while and the person does nothing with this program; else as usual. Lives in the GUI thread.
class HeartbeatPace final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds measuring{1'000};
    static constexpr std::chrono::milliseconds usual = protocol::Limits().heartbeatDefault;
    static constexpr std::chrono::milliseconds resting{45'000};

    /// `session` outlives it.
    explicit HeartbeatPace(client::ChatSession &session, std::chrono::milliseconds restsAfter = std::chrono::minutes(2),
        QObject *parent = nullptr);

    std::chrono::milliseconds interval() const { return m_interval; }

    void watchWindow(QWidget &window);
    void watchDiagnostics(QWidget &panel);
    /// Something measures, whatever is open: a load test.
    void setMeasuring(bool isMeasuring);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void set(std::chrono::milliseconds interval);
    bool isAnyInSight() const;

    client::ChatSession &m_session;
    std::vector<QPointer<QWidget>> m_windows;
    QPointer<QWidget> m_diagnostics;
    bool m_isMeasuring = false;
    std::chrono::milliseconds m_interval = usual;
    QTimer m_rest;
};

} // namespace lanline::ui
