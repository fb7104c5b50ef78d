#pragma once

#include "ui/delegates/bubblelayout.h"
#include "ui/theme/themecontroller.h"

#include <QCache>
#include <QStyledItemDelegate>

class QAbstractScrollArea;

namespace lanline::ui {

/// Paints the rows of a TimelineModel: bubbles, notices, day headings and the "New" line. A text is laid out once per
/// message and width, and only when its view measures it; until then its height is estimated.
class MessageDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    MessageDelegate(const ThemeController &themes, QAbstractScrollArea *view);

    void setLimits(const protocol::Limits &limits) { m_limits = limits; }
    /// Another room, or other fonts: nothing measured is of use any more.
    void forget();
    /// The row that wears the focus ring; -1: none.
    void setFocusRow(int row) { m_focusRow = row; }
    /// Rows from `firstRow` on have just come: they fade in and rise. `progress` from 0 to 1; -1: none.
    void setAppearing(int firstRow, qreal progress);
    /// The row whose day heading the view shows itself, fixed above the others; -1: none.
    void setFixedDayRow(int row) { m_fixedDayRow = row; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// The row's true height. From now on sizeHint() tells it too.
    int measuredHeight(const QModelIndex &index) const;

    BubbleLayout::Hit hitAt(const QPointF &position, const QRect &item, const QModelIndex &index) const;

    /// What the messages take for their width: with the scroll bar, which stands in the margin. So nothing moves when
    /// it comes or goes.
    static int widthIn(const QAbstractScrollArea &view);

private:
    QRectF rowOf(const QRect &item) const;
    const BubbleLayout &layoutOf(const TimelineEntry &entry, int rowWidth) const;

    const ThemeController &m_themes;
    protocol::Limits m_limits;
    mutable QCache<MessageId, BubbleLayout> m_layouts;
    mutable QCache<MessageId, BubbleMeasure> m_measures;
    const QAbstractScrollArea *m_view;
    int m_focusRow = -1;
    int m_fixedDayRow = -1;
    int m_appearingFrom = -1;
    qreal m_appeared = 1;
};

/// The pill that a day's name stands in, centred in `rect`.
void drawDayPill(QPainter &painter, const QRectF &rect, const Theme &theme, const QString &text);

} // namespace lanline::ui
