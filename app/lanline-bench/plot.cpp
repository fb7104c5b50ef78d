#include "plot.h"

#include "turns.h"

#include <algorithm>
#include <cmath>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

/// Rates that differ by less are a rate that was asked for, and no finding.
constexpr double sameRate = 0.03;

QString groupOf(const Cell &cell)
{
    const qsizetype slash = cell.key.indexOf(u'/');
    return slash < 0 ? QString() : cell.key.first(slash);
}

/// "gorilla" of "closed-100/gorilla"; the title of a cell that stands alone.
QString nameOf(const Cell &cell)
{
    const qsizetype slash = cell.key.indexOf(u'/');
    return slash < 0 ? cell.title : cell.key.sliced(slash + 1);
}

/// "closed loop, 100 conn." of "closed loop, 100 conn., gorilla".
QString headingOf(const Cell &cell)
{
    const QString ending = u", "_s + nameOf(cell);
    return cell.title.endsWith(ending) ? cell.title.chopped(ending.size()) : QString();
}

bool differ(const Plot &plot)
{
    const auto [least, most] = std::minmax_element(plot.series.begin(), plot.series.end(),
        [](const Series &left, const Series &right) { return left.points.first().y() < right.points.first().y(); });
    return most->points.first().y() > least->points.first().y() * (1 + sameRate);
}

void addPlots(const std::vector<const Cell *> &cells, QList<Plot> &plots)
{
    Plot rates{headingOf(*cells.front()), u"Throughput"_s, Plot::Kind::Bars, {}, u"per second"_s, {}};
    Plot cpu{rates.group, u"Server CPU"_s, Plot::Kind::Bars, {}, u"\u00b5s each"_s, {}};
    Plot latencies{rates.group, u"Latency"_s, Plot::Kind::Percentiles, u"percentile"_s, u"ms"_s, {}};
    for (const Cell *cell : cells) {
        const Figures figures = figuresOf(cell->rounds);
        rates.series.append({nameOf(*cell), {{0, figures.perSecond}}});
        if (figures.serverCpuUs > 0)
            cpu.series.append({nameOf(*cell), {{0, figures.serverCpuUs}}});
        Histogram all;
        for (const Sample &round : cell->rounds)
            all.merge(round.latency);
        if (!all.isEmpty())
            latencies.series.append(percentileSeries(nameOf(*cell), all));
    }
    if (differ(rates))
        plots.append(rates);
    if (!cpu.series.isEmpty())
        plots.append(cpu);
    if (!latencies.series.isEmpty())
        plots.append(latencies);
}

} // namespace

Series percentileSeries(const QString &name, const Histogram &histogram)
{
    constexpr int stepsPerDecade = 12;
    // The last of them stands for this many values at least.
    constexpr double valuesBehind = 5;
    Series series{name, {}};
    const double decades = std::log10(std::max(double(histogram.count()) / valuesBehind, 2.0));
    const int steps = int(decades * stepsPerDecade);
    for (int step = 0; step <= steps; ++step) {
        const double percent = 100 * (1 - std::pow(10, -double(step) / stepsPerDecade));
        series.points.append({percent, Milliseconds(histogram.percentile(percent)).count()});
    }
    return series;
}

QList<Plot> plotsOf(const std::vector<Cell> &cells)
{
    QStringList groups;
    for (const Cell &cell : cells) {
        if (!groups.contains(groupOf(cell)))
            groups.append(groupOf(cell));
    }
    QList<Plot> plots;
    for (const QString &group : groups) {
        std::vector<const Cell *> together;
        for (const Cell &cell : cells) {
            if (groupOf(cell) == group)
                together.push_back(&cell);
        }
        addPlots(together, plots);
    }
    return plots;
}

} // namespace lanline::bench
