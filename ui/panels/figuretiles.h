#pragma once

#include "ui/models/diagnosis.h"
#include "ui/models/ledgerverdict.h"
#include "ui/theme/themecontroller.h"
#include "ui/widgets/tilegrid.h"

namespace lanline::ui {

class LedgerDetails;

/// The figures of one range of time.
class FigureTiles final : public TileGrid
{
    Q_OBJECT

public:
    struct Figures
    {
        TimeRange range;
        QString rangeName; ///< "5 min"
        Diagnosis diagnosis;
        bool areOfMessages = false; ///< else of heartbeats
    };

    explicit FigureTiles(const ThemeController &themes, QWidget *parent = nullptr);

    void show(const Figures &figures, const LatencySeries &links, const LedgerAccount &ledgers);

private:
    Tile *add(const ThemeController &themes, const QString &objectName, const QString &name);
    void showPercentiles(const Figures &figures, const LatencySummary &beats);
    void showBeats(const LatencySummary &beats);
    void showReplayed(const TimeRange &range, const LatencySeries &links, const client::Ledger &own);
    void showLost(const LedgerAccount &ledgers);

    Tile *m_p50;
    Tile *m_p95;
    Tile *m_p99;
    Tile *m_max;
    Tile *m_jitter;
    Tile *m_missed;
    Tile *m_replayed;
    Tile *m_lost;
    LedgerDetails *m_ledger;
};

} // namespace lanline::ui
