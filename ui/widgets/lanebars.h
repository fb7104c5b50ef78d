#pragma once

#include "client/values.h"
#include "ui/theme/theme.h"
#include "ui/widgets/plotting.h"

#include <array>

namespace lanline::ui {

/// One time of a lane: a filled bar is active, an outlined one is ready, a dotted line connects.
void drawLaneBar(QPainter &painter, const QRectF &where, const Theme &theme, client::LaneState state);

/// What each of the client's two lanes held when: a row of bars for each, under the plot.
class LaneBars final : public QCPLayerable
{
public:
    struct Bar
    {
        double from; ///< in keys of the time axis
        double to;
        client::LaneState state;
        QString details; ///< for the tooltip
    };
    struct Lane
    {
        QString name;
        QList<Bar> bars;
        QString words; ///< why there is nothing at the end, where that is
    };
    using Lanes = std::array<Lane, client::laneCount>;

    /// What the rows take under the plot.
    static constexpr int depth = 44;

    explicit LaneBars(QCPAxisRect *axes);
    void setTheme(const Theme &theme) { m_theme = theme; }
    void setLanes(Lanes lanes) { m_lanes = std::move(lanes); }
    /// Of the bar at `position`, or a lane's words; empty where there is neither.
    QString detailsAt(const QPointF &position) const;

private:
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;
    QRectF rowOf(std::size_t lane) const;
    QRectF areaOf(const Bar &bar, const QRectF &row) const;

    QCPAxisRect *m_axes;
    Theme m_theme;
    Lanes m_lanes;
};

} // namespace lanline::ui
