#pragma once

#include "ui/models/diagnosticsrecord.h"
#include "ui/models/messagekey.h"
#include "ui/models/timerange.h"
#include "ui/theme/themecontroller.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QAction;
class QScrollArea;
class QStackedWidget;

namespace lanline::ui {

class ChartCard;
class DiagnosticsHeader;
class FigureTiles;
class RangePicker;
class SlowestTab;
class TabBar;
class VerdictCard;

/// Where the time goes between one client and its host, and whether anything is lost: a sentence, the figures of a
/// range of time, the messages as they came, and tabs for what is behind them. A window of its own. It draws only
/// while it is visible, and never more than a small share of the time: what is expensive to draw is drawn seldom.
class DiagnosticsPanel final : public QWidget
{
    Q_OBJECT

public:
    /// How much of the panel a tab takes.
    enum class TabSpan : quint8 {
        UnderChart,
        Whole, ///< all below the tabs: verdict, figures and chart are away meanwhile
        WholeWithoutTime, ///< likewise, and it is not about a range of time
    };

    /// `record` and `themes` outlive the panel.
    DiagnosticsPanel(DiagnosticsRecord &record, ThemeController &themes, QWidget *parent = nullptr);

    /// Behind those that are there. The panel takes the tab; what it shows follows refreshed().
    void addTab(QWidget *tab, const QString &name, TabSpan span = TabSpan::Whole);
    /// How much is going on there; 0: no badge.
    void setTabBadge(QWidget *tab, int count);
    void showTab(QWidget *tab);
    /// Where the time of this message went, or that nothing is known of it.
    void traceMessage(const MessageKey &message);

    /// What the figures are of: what was chosen, else what the chart shows.
    TimeRange range() const;
    /// Round trips of the window, now or when it was paused.
    LatencySummary latencySummary() const;
    const DiagnosticsRecord &record() const { return m_record; }
    std::chrono::seconds window() const;
    /// One of 10 s, 1, 5 and 60 min.
    void setWindow(std::chrono::seconds window);
    bool isPaused() const { return m_paused.has_value(); }
    /// The picture stands still; measuring goes on.
    void setPaused(bool isPaused);

    /// For what only the caller knows how to do: a button in the header, behind all others.
    void addTool(QAction *action, QLatin1StringView icon);

    QSize sizeHint() const override;

Q_SIGNALS:
    /// The verdict, the figures and the chart are of this range now; at most ten times a second.
    void refreshed(const lanline::ui::TimeRange &range);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// What the picture shows: a point in time, and the link and the ledgers as they were then.
    struct Moment
    {
        SteadyTime at;
        client::ConnectionState state;
        LedgerAccount ledgers;
    };

    QWidget *makeOverview(ThemeController &themes);
    QWidget *makeTabs(ThemeController &themes);
    void connectParts();
    Moment moment() const;
    client::ConnectionState stateFor(const TimeRange &range, const Moment &shown) const;
    void refreshWithin(std::chrono::milliseconds delay);
    void refresh();
    void showChosenRange();
    void showTitle();
    void onTabChosen(int index);
    void fitPages();

    DiagnosticsRecord &m_record;
    std::optional<Moment> m_paused;
    QTimer m_next; ///< the next refresh, while it is visible
    QElapsedTimer m_sinceRefresh;
    std::chrono::milliseconds m_rest{}; ///< after the last refresh, by what it took

    DiagnosticsHeader *m_header;
    QWidget *m_overview = nullptr;
    QScrollArea *m_upper = nullptr; ///< around it
    VerdictCard *m_verdict = nullptr;
    FigureTiles *m_tiles = nullptr;
    ChartCard *m_chart = nullptr;
    RangePicker *m_picker = nullptr;
    TabBar *m_tabs = nullptr;
    QStackedWidget *m_pages = nullptr;
    SlowestTab *m_slowest = nullptr;
    QList<TabSpan> m_spans; ///< by tab
};

} // namespace lanline::ui
