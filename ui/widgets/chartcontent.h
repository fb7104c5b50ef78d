#pragma once

#include "ui/models/diagnosticsrecord.h"
#include "ui/models/timerange.h"
#include "ui/widgets/chartclock.h"
#include "ui/widgets/chartoverlays.h"
#include "ui/widgets/lanebars.h"

/// What stands in the chart beside its dots and lines, in words and places.
namespace lanline::ui {

QString laneName(int lane);

/// The times without a link that touch the range.
QList<GapBlocks::Block> gapBlocks(const LatencySeries &links, const TimeRange &range, const ChartClock &clock);
/// What happened to the link, and the longest of the times in which a thread stood still.
QList<EventMarks::Mark> eventMarks(
    const LatencySeries &links, const ThreadSeries &threads, const TimeRange &range, const ChartClock &clock);
/// `state`: as it was then; why there is no standby follows from it.
LaneBars::Lanes laneBars(
    const LatencySeries &links, const TimeRange &range, const client::ConnectionState &state, const ChartClock &clock);
/// What both lanes hold at the range's end, for those who do not see.
QString spokenLanes(const LatencySeries &links, const TimeRange &range, const client::ConnectionState &state);

} // namespace lanline::ui
