#pragma once

#include "ui/models/diagnosis.h"
#include "ui/models/ledgerverdict.h"
#include "ui/theme/themecontroller.h"

#include <QList>
#include <QWidget>

namespace lanline::ui {

class LedgerDetails;
class Tile;

/// The figures of one range of time, eight tiles of equal width; in two rows where one would be too narrow.
class FigureTiles final : public QWidget
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

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    Tile *add(const ThemeController &themes, const QString &objectName, const QString &name);
    void showPercentiles(const Figures &figures, const LatencySummary &beats);
    void showBeats(const LatencySummary &beats);
    void showReplayed(const TimeRange &range, const LatencySeries &links, const client::Ledger &own);
    void showLost(const LedgerAccount &ledgers);

    QList<Tile *> m_tiles;
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
