#include "ui/widgets/marklabels.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lanline::ui {

namespace {

constexpr qreal lineToWords = 7;
constexpr qreal betweenLabels = 6;

} // namespace

QList<PlacedLabel> placeLabels(const QList<MarkLabel> &marks, qreal left, qreal right, qreal foldWidth)
{
    QList<qsizetype> order(marks.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(
        order.begin(), order.end(), [&](qsizetype a, qsizetype b) { return marks[a].rank > marks[b].rank; });

    QList<PlacedLabel> placed;
    const auto isStruckThrough = [&](const PlacedLabel &label) {
        return std::any_of(marks.begin(), marks.end(),
            [&](const MarkLabel &mark) { return mark.x > label.from && mark.x < label.to; });
    };
    const auto place = [&](qsizetype index, bool isLeft, bool mayBeStruckThrough) {
        const MarkLabel &mark = marks[index];
        const qreal width = mark.width + foldWidth;
        const qreal from = isLeft ? mark.x - lineToWords - width : mark.x + lineToWords;
        const PlacedLabel label{index, from, from + width, isLeft, {}};
        const bool isFree = std::none_of(placed.begin(), placed.end(), [&](const PlacedLabel &other) {
            return label.from < other.to + betweenLabels && other.from < label.to + betweenLabels;
        });
        if (!isFree || label.from < left || label.to > right || (!mayBeStruckThrough && isStruckThrough(label)))
            return false;
        placed.append(label);
        return true;
    };

    for (const qsizetype index : order) {
        const MarkLabel &mark = marks[index];
        const bool side = mark.prefersLeft;
        if (place(index, side, false) || place(index, !side, false) || place(index, side, true)
            || place(index, !side, true))
            continue;
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
