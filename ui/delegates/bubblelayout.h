#pragma once

#include "ui/delegates/links.h"
#include "ui/models/timelinemodel.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QTextLayout>

namespace lanline::ui {

/// What of an entry and its surroundings decides the geometry of its row.
struct BubbleKey
{
    BubbleKey() = default;
    BubbleKey(const TimelineEntry &entry, int rowWidth, const protocol::Limits &limits);

    qreal widestText = 0;
    QString text; ///< as it is shown
    QString meta; ///< time, and whether it was edited
    QString aside; ///< why a failed one was refused
    QString discard; ///< what letting go of a failed one is called
    int asideRoom = 0; ///< the row's width, where there is an aside
    bool isMessage = true;
    bool hasMark = false; ///< of its state
    bool isOwn = false;
    bool startsDay = false;
    bool startsGroup = true;
    bool isFirstNew = false;

    friend bool operator==(const BubbleKey &, const BubbleKey &) = default;
};

/// A row's height, and for which keys it holds.
struct BubbleMeasure
{
    BubbleKey key;
    qreal height = 0;
    qreal neededText = -1; ///< any row this wide or wider has the same layout; -1: only this width

    bool holdsFor(const BubbleKey &other) const;
};

/// Rectangles in a row, for either direction of the interface. Those that do not apply are null.
struct BubblePlaces
{
    QRectF day;
    QRectF newLine;
    QRectF notice;
    QRectF bubble;
    QRectF name;
    QRectF avatar;
    QPointF text;
    QRectF meta; ///< time and state
    QRectF aside;
    QRectF retry;
    QRectF copy;
    QRectF discard;
};

/// One message laid out: its text, and where everything around it stands.
class BubbleLayout
{
public:
    enum class Part : quint8 { None, Bubble, Link, Retry, Copy, Delete };
    struct Hit
    {
        Part part = Part::None;
        QUrl link;
    };

    BubbleLayout(const TimelineEntry &entry, const BubbleKey &key, const Theme &theme);

    /// About as high as the row will be, without laying out its text: for rows that nobody has seen yet.
    static qreal estimatedHeight(const BubbleKey &key);

    const BubbleMeasure &measure() const { return m_measure; }
    const QTextLayout &text() const { return m_text; }
    BubblePlaces place(const QRectF &row, Qt::LayoutDirection direction) const;
    Hit hit(const QPointF &position, const QRectF &row, Qt::LayoutDirection direction) const;

    static constexpr qreal sideMargin = 20;
    static constexpr qreal avatarSize = 32;
    static constexpr qreal stateIcon = 14;
    static constexpr qreal stateGap = 4;
    static constexpr qreal dayHeight = 22;
    static constexpr qreal dayTop = 10;

private:
    void layOutText(const QString &text, const Theme &theme);
    void placeMeta();
    void widenForName(const TimelineEntry &entry);

    BubbleMeasure m_measure;
    QTextLayout m_text;
    QList<Link> m_links;
    QSizeF m_inner; ///< of the bubble, without padding and name
    QRectF m_meta; ///< in `m_inner`
    qreal m_widestLine = 0;
    qreal m_nameHeight = 0;
    qreal m_bubbleTop = 0;
    bool m_isRightToLeft = false; ///< the text, not the interface
    bool m_isWrapped = false;
    bool m_isAsideBelow = false;
};

} // namespace lanline::ui
