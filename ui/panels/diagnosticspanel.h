#pragma once

#include "client/chatsession.h"
#include "ui/models/latencyseries.h"
#include "ui/models/ledgerwatch.h"
#include "ui/theme/themecontroller.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QAction;
class QHBoxLayout;
class QLabel;

namespace lanline::ui {

class ElidedLabel;
class IconButton;
class LatencyChart;
class LedgerTiles;
class SegmentedControl;
class ThemedIcon;
class Tile;

/// Where the time goes between one client and its host, and whether anything is lost: a sentence, the figures of a
/// window of time, both sides' ledgers, and the round trips as they come. A window of its own, made together with the
/// session, because it records from its first moment; it draws only while it is visible, and asks for the host's ledger
/// for as long.
class DiagnosticsPanel final : public QWidget
{
    Q_OBJECT

public:
    /// `session` and `themes` outlive the panel.
    DiagnosticsPanel(client::ChatSession &session, ThemeController &themes, QWidget *parent = nullptr);

    /// Of the window that is chosen, now or when it was paused.
    LatencySummary latencySummary() const;
    /// Both sides' ledgers as last told; the host is asked only while the panel is visible.
    const LedgerAccount &ledgerAccount() const { return m_ledgers.account(); }
    std::chrono::seconds window() const;
    /// One of 10 s, 1, 5 and 60 min.
    void setWindow(std::chrono::seconds window);
    bool isPaused() const { return m_paused.has_value(); }
    /// The picture stands still; measuring goes on.
    void setPaused(bool isPaused);

    /// For what only the caller knows how to do: a button in the header, behind all others.
    void addTool(QAction *action, QLatin1StringView icon);

    QSize sizeHint() const override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    /// What the picture shows: a point in time, and the link and the ledgers as they were then.
    struct Moment
    {
        SteadyTime at;
        client::ConnectionState state;
        LedgerAccount ledgers;
    };

    QWidget *makeHeader(ThemeController &themes);
    QWidget *makeVerdictCard(ThemeController &themes);
    QWidget *makeTiles(ThemeController &themes);
    QWidget *makeChartCard(ThemeController &themes);
    Moment moment() const;
    void refreshSoon();
    void refresh();
    void showVerdict(const Moment &moment, const LatencySummary &summary);
    void showFigures(const LatencySummary &summary);
    void showTitle();

    client::ChatSession &m_session;
    ThemeController &m_themes;
    client::ConnectionState m_state; ///< as the session last told it
    LatencySeries m_series;
    LedgerWatch m_ledgers;
    std::optional<Moment> m_paused;
    QTimer m_clock; ///< moves the picture, a pixel or so at a time
    QTimer m_soon; ///< gathers what happens in between

    QHBoxLayout *m_header = nullptr;
    ElidedLabel *m_title = nullptr;
    SegmentedControl *m_windows = nullptr;
    IconButton *m_pause = nullptr;
    QLabel *m_pausedWords = nullptr;
    ThemedIcon *m_verdictIcon = nullptr;
    ElidedLabel *m_verdict = nullptr;
    ElidedLabel *m_verdictDetail = nullptr;
    Tile *m_p50 = nullptr;
    Tile *m_p95 = nullptr;
    Tile *m_p99 = nullptr;
    Tile *m_jitter = nullptr;
    Tile *m_missed = nullptr;
    LedgerTiles *m_ledgerTiles = nullptr;
    LatencyChart *m_chart = nullptr;
};

} // namespace lanline::ui
