#include "ui/widgets/paintwatch.h"

#include <QAbstractItemView>
#include <QRegion>

namespace lanline::ui {

namespace {

/// A view shows fewer rows; a flood is not worth a search.
constexpr int mostAwaited = 64;

} // namespace

void PaintWatch::noteInserted(const TimelineModel &timeline, int first, int last)
{
    for (int row = qMax(first, last - mostAwaited + 1); row <= last; ++row) {
        const TimelineEntry entry = timeline.entry(row);
        // One's own way ends when the answer is here, which the bubble does not wait for.
        if (entry.isMessage() && entry.seq > 0 && !entry.isOwn)
            m_awaited.append(entry.seq);
    }
    if (m_awaited.size() > mostAwaited)
        m_awaited.remove(0, m_awaited.size() - mostAwaited);
}

QList<quint64> PaintWatch::painted(const QAbstractItemView &view, const TimelineModel &timeline, const QRegion &region)
{
    QList<quint64> done;
    if (m_awaited.isEmpty())
        return done;
    QList<quint64> still;
    const QRect sight = view.viewport()->rect();
    // They are among the last rows, in the same order.
    qsizetype next = m_awaited.size() - 1;
    for (int row = timeline.rowCount() - 1; row >= 0 && next >= 0; --row) {
        const QRect area = view.visualRect(timeline.index(row));
        if (!area.intersects(sight) && area.bottom() < sight.top())
            break;
        const quint64 seq = timeline.entry(row).seq;
        while (next >= 0 && m_awaited[next] > seq && seq > 0)
            --next;
        if (next < 0 || m_awaited[next] != seq)
            continue;
        --next;
        if (region.intersects(area))
            done.prepend(seq);
        else if (area.intersects(sight))
            still.prepend(seq);
    }
    m_awaited = still;
    return done;
}

} // namespace lanline::ui
