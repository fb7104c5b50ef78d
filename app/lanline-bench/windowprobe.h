#pragma once

#include "client/chatsession.h"
#include "core/result.h"
#include "core/timing.h"
#include "ui/chatwindow.h"
#include "ui/widgets/timelineview.h"

#include <QEventLoop>
#include <QObject>

#include <chrono>

namespace lanline::bench {

/// A chat window on a profile, watched while it opens and scrolls. All in the GUI thread.
class WindowProbe final : public QObject
{
    Q_OBJECT

public:
    using Duration = std::chrono::microseconds;

    /// What going back one step cost.
    struct Step
    {
        Duration guiTime{}; ///< processor time of this thread, until all of it was painted
        bool hasLoaded = false; ///< older messages came with it
    };

    explicit WindowProbe(ui::ThemeController &themes)
        : m_themes(themes)
    { }

    /// Makes session and window, and waits until message `newest` is painted; the time from the first to the last.
    /// Nobody needs to listen at `url`. The error is a sentence.
    Result<Duration, QString> open(const client::Identity &identity, QThread *network, const QUrl &url, quint64 newest);
    /// A screen up, as Page Up goes.
    Result<Step, QString> pageUp() { return step(QAbstractSlider::SliderPageStepSub); }
    /// To the oldest that is loaded; waits for the page before that.
    Result<Step, QString> jumpToOldest() { return step(QAbstractSlider::SliderToMinimum); }

    quint64 oldestLoaded() const;
    int rowsLoaded() const;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Result<Step, QString> step(QAbstractSlider::SliderAction action);
    bool showsNewest(quint64 newest) const;
    void onPainted();
    void onInserted(int first);
    void watchModel();
    bool wait();

    ui::ThemeController &m_themes;
    std::unique_ptr<client::ChatSession> m_session;
    std::unique_ptr<ui::ChatWindow> m_window; ///< after the session, for it goes first
    ui::TimelineView *m_timeline = nullptr;
    QEventLoop m_loop;
    std::function<bool()> m_isReached; ///< what is waited for
    bool m_isPaintQueued = false;
    bool m_wasPainted = false; ///< since the step began, and since anything was inserted
    bool m_isLoading = false;
    bool m_hasLoaded = false;
};

} // namespace lanline::bench
