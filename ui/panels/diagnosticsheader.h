#pragma once

#include "ui/models/timerange.h"
#include "ui/theme/themecontroller.h"

#include <QList>
#include <QWidget>

#include <chrono>
#include <optional>

class QAction;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace lanline::ui {

class ElidedLabel;
class IconButton;
class SegmentedControl;

/// The upper edge of a diagnostics panel: whose it is, what time it shows, pause, export.
class DiagnosticsHeader final : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::array<std::chrono::seconds, 4> windows{
        std::chrono::seconds(10), std::chrono::seconds(60), std::chrono::seconds(300), std::chrono::seconds(3600)};

    explicit DiagnosticsHeader(ThemeController &themes, QMenu *exports, QWidget *parent = nullptr);

    void setHeading(const QString &heading, const QString &people);
    std::chrono::seconds window() const;
    void setWindow(std::chrono::seconds window);
    /// Since when; none: it runs.
    void setPaused(const std::optional<WallTime> &since);
    /// For a picture that cannot run.
    void setPausable(bool isPausable);
    /// A range that was chosen, in words; empty: none.
    void setChosenRange(const QString &words);
    /// Whether the page below is about a time at all.
    void setTimeShown(bool isShown);
    void addTool(QAction *action, QLatin1StringView icon);

Q_SIGNALS:
    void windowChosen(std::chrono::seconds window);
    void pauseToggled(bool isPaused);
    void rangeCleared();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Tool
    {
        QPushButton *button;
        QString text;
    };

    void fitTools();

    ThemeController &m_themes;
    QHBoxLayout *m_row;
    QLabel *m_heading;
    ElidedLabel *m_people;
    QPushButton *m_range;
    QLabel *m_pausedWords;
    SegmentedControl *m_windows;
    IconButton *m_pause;
    QList<Tool> m_tools;
    bool m_isTimeShown = true;
    bool m_isPausable = true;
};

} // namespace lanline::ui
