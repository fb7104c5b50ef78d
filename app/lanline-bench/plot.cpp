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

bool isAlone(const Cell &cell)
{
    return groupOf(cell).isEmpty();
}

/// "closed loop, 100 conn." of "closed loop, 100 conn., gorilla"; all of a title that does not name its target.
QString headingOf(const Cell &cell)
{
    const QString ending = u", "_s + nameOf(cell);
    return cell.title.endsWith(ending) ? cell.title.chopped(ending.size()) : cell.title;
}

QString headingOf(const std::vector<const Cell *> &cells)
{
    if (isAlone(*cells.front()))
        return {};
    const QString ours = headingOf(*cells.front());
    const QString theirs = headingOf(*cells.back());
    return ours == theirs ? ours : u"%1; others: %2"_s.arg(ours, theirs);
}

/// "chat" of "chat, 64 in flight": cells that stand alone are curves beside those of their kind only.
QString kindOf(const Cell &cell)
{
    return isAlone(cell) ? cell.title.section(u", "_s, 0, 0) : QString();
}

void addCurve(const Cell &cell, const QString &group, QList<Plot> &plots)
{
    Histogram all;
    for (const Sample &round : cell.rounds)
        all.merge(round.latency);
    if (all.isEmpty())
        return;
    const QString kind = kindOf(cell);
    const QString title = kind.isEmpty() ? u"Latency"_s : u"Latency: "_s + kind;
    auto plot = std::find_if(plots.begin(), plots.end(), [&](const Plot &each) { return each.title == title; });
    if (plot == plots.end()) {
        plot = plots.insert(
            plots.end(), {group, title, Plot::Kind::Percentiles, u"percentile"_s, u"ms"_s, {}, !isAlone(cell)});
    }
    const QString name = nameOf(cell);
    plot->series.append(percentileSeries(kind.isEmpty() || name == kind ? name : name.sliced(kind.size() + 2), all));
}

bool differ(const Plot &plot)
{
    const auto [least, most] = std::minmax_element(plot.series.begin(), plot.series.end(),
        [](const Series &left, const Series &right) { return left.points.first().y() < right.points.first().y(); });
    return most->points.first().y() > least->points.first().y() * (1 + sameRate);
}

void addPlots(const std::vector<const Cell *> &cells, QList<Plot> &plots)
{
    const bool isCompared = !isAlone(*cells.front());
    Plot rates{headingOf(cells), u"Throughput"_s, Plot::Kind::Bars, {}, u"per second"_s, {}, isCompared};
    Plot cpu{rates.group, u"Server CPU"_s, Plot::Kind::Bars, {}, u"\u00b5s each"_s, {}, isCompared};
    QList<Plot> curves;
    for (const Cell *cell : cells) {
        const Figures figures = figuresOf(cell->rounds);
        rates.series.append({nameOf(*cell), {{0, figures.perSecond}}});
        if (figures.serverCpuUs > 0)
            cpu.series.append({nameOf(*cell), {{0, figures.serverCpuUs}}});
        addCurve(*cell, rates.group, curves);
    }
    if (differ(rates))
        plots.append(rates);
    if (!cpu.series.isEmpty())
        plots.append(cpu);
    plots += curves;
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
