#include "app/page/svgplot.h"

#include <QLocale>
#include <QRectF>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace lanline::page {

using namespace Qt::Literals::StringLiterals;

namespace {

// All in the drawing's own pixels.
constexpr double width = 560;
constexpr double barPitch = 26;
constexpr double barHeight = 12;
constexpr double narrowestNames = 128;
constexpr double widestNames = 210;
constexpr double digitWidth = 6.6; ///< of the names' type, on the generous side
constexpr double barsRight = 388;
constexpr double ratioRight = 462;
constexpr double headHeight = 22;
constexpr double curvesHeight = 306;
constexpr QRectF curves(52, 26, 360, 240);
constexpr double namesLeft = 446;
constexpr double namesPitch = 17;
constexpr int seriesStyles = 6; ///< in the style sheet

double yOf(const Series &series)
{
    return series.points.isEmpty() ? 0 : series.points.first().y();
}

QString at(double value)
{
    return QString::number(value, 'f', 1);
}

QString text(double x, double y, const QString &words, const QString &classes, const QString &anchor = u"start"_s)
{
    return u"<text x=\"%1\" y=\"%2\" class=\"%3\" text-anchor=\"%4\">%5</text>"_s.arg(
        at(x), at(y), classes, anchor, words.toHtmlEscaped());
}

QString line(QPointF from, QPointF to, const QString &classes)
{
    return u"<line x1=\"%1\" y1=\"%2\" x2=\"%3\" y2=\"%4\" class=\"%5\"/>"_s.arg(
        at(from.x()), at(from.y()), at(to.x()), at(to.y()), classes);
}

QString svg(const Plot &plot, double height, const QString &content)
{
    return u"<svg viewBox=\"0 0 %1 %2\" role=\"img\" aria-label=\"%3\">%4</svg>\n"_s.arg(
        at(width), at(height), (plot.group + u' ' + plot.title).trimmed().toHtmlEscaped(), content);
}

QString styleOf(qsizetype series)
{
    return u"s%1"_s.arg(series % seriesStyles);
}

// ---- bars ---------------------------------------------------------------------------------------------------------

QString barsOf(const Plot &plot)
{
    double most = 0;
    for (const Series &series : plot.series)
        most = std::max(most, yOf(series));
    qsizetype longest = 0;
    for (const Series &series : plot.series)
        longest = std::max(longest, series.name.size());
    const double barsLeft = 10 + std::clamp(double(longest) * digitWidth, narrowestNames, widestNames);
    const double ours = yOf(plot.series.first());
    const bool hasRatios = plot.isCompared && plot.series.size() > 1;

    QString content = text(width, 10, plot.yTitle, u"micro"_s, u"end"_s);
    if (hasRatios)
        content += text(ratioRight, 10, u"%1 to it"_s.arg(plot.series.first().name), u"micro"_s, u"end"_s);
    for (qsizetype i = 0; i < plot.series.size(); ++i) {
        const Series &series = plot.series.at(i);
        const double value = yOf(series);
        const bool isOurs = i == 0 && plot.isCompared;
        const double top = headHeight + double(i) * barPitch;
        const double base = top + barHeight / 2 + 4;
        const double length = most > 0 ? std::max((barsRight - barsLeft) * value / most, 2.0) : 0;
        content += text(barsLeft - 10, base, series.name, isOurs ? u"own"_s : u"name"_s, u"end"_s);
        content += u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" rx=\"2\" class=\"track\"/>"_s.arg(
            at(barsLeft), at(top), at(barsRight - barsLeft), at(barHeight));
        content += u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" rx=\"2\" class=\"%5\"/>"_s.arg(
            at(barsLeft), at(top), at(length), at(barHeight), isOurs ? u"bar own"_s : u"bar"_s);
        if (hasRatios && i > 0 && value > 0)
            content += text(ratioRight, base, shortNumber(ours / value) + u" \u00d7"_s, u"ratio"_s, u"end"_s);
        content += text(width, base, shortNumber(value), u"value"_s, u"end"_s);
    }
    return svg(plot, headHeight + double(plot.series.size()) * barPitch, content);
}

// ---- curves -------------------------------------------------------------------------------------------------------

/// A scale of an axis: which values stand at it, and where a value is, from 0 to 1.
struct Axis
{
    bool isLog = false;
    double least = 0;
    double most = 1;
    QList<double> ticks;

    double place(double value) const
    {
        if (!isLog)
            return (value - least) / (most - least);
        return std::log10(std::max(value, least) / least) / std::log10(most / least);
    }
};

/// From zero, with some five round ticks.
Axis linearAxis(double most)
{
    constexpr double ticks = 5;
    const double raw = std::max(most, 1e-9) / ticks;
    const double decade = std::pow(10, std::floor(std::log10(raw)));
    double step = 10 * decade;
    for (const double factor : {5.0, 2.0, 1.0}) {
        if (raw <= factor * decade)
            step = factor * decade;
    }
    Axis axis{false, 0, step * std::ceil(most / step), {}};
    for (int i = 0; i * step <= axis.most * 1.001; ++i)
        axis.ticks.append(i * step);
    return axis;
}

/// Ticks at decades, and between them where there are few.
Axis logAxis(double least, double most)
{
    Axis axis{true, least, most, {}};
    const bool isShort = most / least < 200;
    const int first = int(std::floor(std::log10(least)));
    const int last = int(std::floor(std::log10(most)));
    for (int decade = first; decade <= last; ++decade) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double value = factor * std::pow(10, decade);
            if ((factor == 1 || isShort) && value >= least * 0.999 && value <= most * 1.001)
                axis.ticks.append(value);
        }
    }
    return axis;
}

/// How rare what lies behind a percentile is: 1 for 0 %, 100 for 99 %.
double rarity(double percent)
{
    return 100 / (100 - percent);
}

struct Curves
{
    Axis x;
    Axis y;
    bool isPercentiles = false;

    QPointF place(QPointF point) const
    {
        const double along = x.place(isPercentiles ? rarity(point.x()) : point.x());
        return {curves.left() + along * curves.width(), curves.bottom() - y.place(point.y()) * curves.height()};
    }
};

Curves axesOf(const Plot &plot)
{
    constexpr double luckiest = 15; // percent
    Curves axes;
    axes.isPercentiles = plot.kind == Plot::Kind::Percentiles;
    double furthest = 0;
    double least = std::numeric_limits<double>::max();
    double most = 0;
    for (const Series &series : plot.series) {
        for (const QPointF &point : series.points) {
            furthest = std::max(furthest, point.x());
            // The luckiest few of all would take most of the height.
            if (!axes.isPercentiles || point.x() >= luckiest)
                least = std::min(least, point.y());
            most = std::max(most, point.y());
        }
    }
    if (axes.isPercentiles) {
        axes.x = logAxis(1, rarity(furthest));
        axes.x.ticks = {1, 2, 10, 100, 1e3, 1e4, 1e5, 1e6};
        constexpr double room = 1.15;
        constexpr double finest = 0.001; // ms
        axes.y = logAxis(std::max(least, finest) / room, std::max(most, finest * 2) * room);
    } else {
        axes.x = linearAxis(furthest);
        axes.y = linearAxis(most);
    }
    return axes;
}

/// As short as it can be: ticks are round.
QString tickLabel(double value)
{
    return value >= 1 ? shortNumber(value) : QString::number(value, 'g', 3);
}

QString percentLabel(double rarity)
{
    return QString::number(100 - 100 / rarity, 'g', 8) + u'%';
}

QString gridOf(const Plot &plot, const Curves &axes)
{
    QString content;
    for (const double tick : axes.y.ticks) {
        const double y = curves.bottom() - axes.y.place(tick) * curves.height();
        content += line({curves.left(), y}, {curves.right(), y}, u"grid"_s);
        content += text(curves.left() - 8, y + 4, tickLabel(tick), u"micro"_s, u"end"_s);
    }
    for (const double tick : axes.x.ticks) {
        const double along = axes.x.place(tick);
        if (along > 1.001)
            continue;
        const double x = curves.left() + along * curves.width();
        content += line({x, curves.top()}, {x, curves.bottom()}, u"grid"_s);
        content += text(x, curves.bottom() + 16, axes.isPercentiles ? percentLabel(tick) : tickLabel(tick), u"micro"_s,
            u"middle"_s);
    }
    for (const Series &mark : plot.marks) {
        if (mark.points.isEmpty())
            continue;
        const double x = axes.place({mark.points.first().x(), axes.y.least}).x();
        content += line({x, curves.top()}, {x, curves.bottom()}, u"mark"_s);
        content += text(x + 4, curves.top() + 10, mark.name, u"micro"_s);
    }
    content += line(curves.bottomLeft(), curves.bottomRight(), u"axis"_s);
    content += text(curves.right(), curves.bottom() + 34, plot.xTitle, u"micro"_s, u"end"_s);
    content += text(curves.left() - 8, curves.top() - 12, plot.yTitle, u"micro"_s, u"end"_s);
    return content;
}

/// Where names stand that want to be at these heights, none on another: pushed down, and back up from the foot.
QList<double> spread(const QList<double> &wanted)
{
    QList<qsizetype> order(wanted.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](qsizetype l, qsizetype r) { return wanted.at(l) < wanted.at(r); });
    QList<double> places = wanted;
    double free = curves.top();
    for (const qsizetype i : order) {
        places[i] = std::max(places.at(i), free);
        free = places.at(i) + namesPitch;
    }
    double last = curves.bottom();
    std::reverse(order.begin(), order.end());
    for (const qsizetype i : order) {
        places[i] = std::min(places.at(i), last);
        last = places.at(i) - namesPitch;
    }
    return places;
}

QString curvesOf(const Plot &plot)
{
    const Curves axes = axesOf(plot);
    QString content = gridOf(plot, axes);
    QList<double> ends;
    // Ours last, on top of the others.
    for (qsizetype i = plot.series.size() - 1; i >= 0; --i) {
        QString points;
        for (const QPointF &point : plot.series.at(i).points) {
            const QPointF place = axes.place(point);
            points += at(place.x()) + u',' + at(place.y()) + u' ';
        }
        const Series &series = plot.series.at(i);
        content += u"<polyline points=\"%1\" class=\"curve %2\"><title>%3</title></polyline>"_s.arg(
            points.trimmed(), styleOf(i), series.name.toHtmlEscaped());
        ends.prepend(series.points.isEmpty() ? curves.bottom() : axes.place(series.points.last()).y());
    }
    const QList<double> names = spread(ends);
    for (qsizetype i = 0; i < plot.series.size(); ++i) {
        content += line({namesLeft - 26, names.at(i)}, {namesLeft - 6, names.at(i)}, u"curve "_s + styleOf(i));
        content += text(namesLeft, names.at(i) + 4, plot.series.at(i).name, i == 0 ? u"own"_s : u"name"_s);
    }
    return svg(plot, curvesHeight, content);
}

// ---- columns ------------------------------------------------------------------------------------------------------

constexpr double columnsHeight = 240;
constexpr QRectF columns(12, 34, 536, 170);
constexpr double columnGap = 1;
constexpr double markPitch = 13;

/// Names of marks stand side by side where there is room, else a line further down.
QString marksOf(const Plot &plot, const Axis &axis)
{
    QString content;
    double freeFrom = 0;
    int row = 0;
    for (const Series &mark : plot.marks) {
        const double x = columns.left() + std::clamp(axis.place(mark.points.first().x()), 0.0, 1.0) * columns.width();
        row = x < freeFrom ? row + 1 : 0;
        const double length = double(mark.name.size()) * digitWidth;
        const bool isAtEnd = x + length > columns.right();
        freeFrom = x + length;
        content += line({x, columns.top() - 14 + row * markPitch}, {x, columns.bottom()}, u"mark"_s);
        content += text(isAtEnd ? x - 4 : x + 4, columns.top() - 6 + row * markPitch, mark.name, u"ratio"_s,
            isAtEnd ? u"end"_s : u"start"_s);
    }
    return content;
}

QString columnsOf(const Plot &plot)
{
    const QList<QPointF> &points = plot.series.first().points;
    if (points.size() < 2)
        return {};
    const Axis axis = logAxis(points.first().x(), points.last().x());
    double most = 0;
    for (const QPointF &point : points)
        most = std::max(most, point.y());
    QString content;
    for (qsizetype i = 0; i + 1 < points.size() && most > 0; ++i) {
        const double left = columns.left() + axis.place(points.at(i).x()) * columns.width();
        const double right = columns.left() + axis.place(points.at(i + 1).x()) * columns.width();
        const double height = columns.height() * points.at(i).y() / most;
        content += u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" class=\"bar own\"/>"_s.arg(
            at(left), at(columns.bottom() - height), at(std::max(right - left - columnGap, 0.5)), at(height));
    }
    content += line(columns.bottomLeft(), columns.bottomRight(), u"axis"_s);
    for (const double tick : axis.ticks) {
        content += text(columns.left() + axis.place(tick) * columns.width(), columns.bottom() + 16, tickLabel(tick),
            u"micro"_s, u"middle"_s);
    }
    content += text(columns.right(), columns.bottom() + 32, plot.xTitle, u"micro"_s, u"end"_s);
    return svg(plot, columnsHeight, content + marksOf(plot, axis));
}

} // namespace

QString number(double value, int decimals)
{
    return QLocale(QLocale::English).toString(value, 'f', decimals);
}

QString shortNumber(double value)
{
    const double size = std::abs(value);
    if (size >= 100 || value == std::round(value))
        return number(value);
    if (size >= 10)
        return number(value, 1);
    return number(value, size >= 1 ? 2 : 3);
}

QString svgOf(const Plot &plot)
{
    if (plot.series.isEmpty())
        return {};
    switch (plot.kind) {
    case Plot::Kind::Bars:
        return barsOf(plot);
    case Plot::Kind::Columns:
        return columnsOf(plot);
    default:
        return curvesOf(plot);
    }
}

} // namespace lanline::page
