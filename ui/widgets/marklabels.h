#pragma once

#include <QList>

namespace lanline::ui {

/// The label of an event mark, before it has a place. Positions in pixels along the time axis.
struct MarkLabel
{
    qreal x = 0; ///< of the mark's line
    qreal width = 0;
    bool prefersLeft = false; ///< of the line, where it fits
    int rank = 0; ///< the higher is placed first
};

struct PlacedLabel
{
    qsizetype mark = 0; ///< whose words are shown
    qreal from = 0; ///< the room it has, with the "+n"
    qreal to = 0;
    bool isLeft = false; ///< of its line: the words end there
    QList<qsizetype> folded; ///< marks whose words found no room and count as "+n" behind these
};

/// Places the labels in one row between `left` and `right` without any two touching; each has room for a "+n" of
/// `foldWidth` behind it, and stands free of other marks' lines where it can. What finds no place is folded into the
/// nearest that did.
QList<PlacedLabel> placeLabels(const QList<MarkLabel> &marks, qreal left, qreal right, qreal foldWidth);

} // namespace lanline::ui
