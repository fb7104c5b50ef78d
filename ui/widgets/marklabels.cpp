#include "ui/widgets/marklabels.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace lanline::ui {

namespace {

constexpr qreal lineToWords = 7;
constexpr qreal betweenLabels = 6;

struct Span
{
    qreal from;
    qreal to;
};

} // namespace

QList<PlacedLabel> placeLabels(const QList<MarkLabel> &marks, qreal left, qreal right, qreal foldWidth)
{
    QList<qsizetype> order(marks.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(
        order.begin(), order.end(), [&](qsizetype a, qsizetype b) { return marks[a].rank > marks[b].rank; });

    QList<PlacedLabel> placed;
    QList<Span> taken;
    const auto roomAt = [&](qreal from, qreal width) -> std::optional<Span> {
        const Span span{from, from + width + foldWidth};
        const bool isFree = std::none_of(taken.begin(), taken.end(),
            [&](const Span &other) { return span.from < other.to && other.from < span.to; });
        return isFree && from >= left && from + width <= right ? std::optional(span) : std::nullopt;
    };

    for (const qsizetype index : order) {
        const MarkLabel &mark = marks[index];
        const qreal leftPlace = mark.x - lineToWords - mark.width;
        const qreal rightPlace = mark.x + lineToWords;
        auto span = roomAt(mark.prefersLeft ? leftPlace : rightPlace, mark.width);
        if (!span)
            span = roomAt(mark.prefersLeft ? rightPlace : leftPlace, mark.width);
        if (span) {
            placed.append({index, span->from, {}});
            taken.append({span->from, span->to + betweenLabels});
            continue;
        }
        const auto nearest =
            std::min_element(placed.begin(), placed.end(), [&](const PlacedLabel &a, const PlacedLabel &b) {
                return std::abs(marks[a.mark].x - mark.x) < std::abs(marks[b.mark].x - mark.x);
            });
        if (nearest != placed.end())
            nearest->folded.append(index);
    }
    return placed;
}

} // namespace lanline::ui
