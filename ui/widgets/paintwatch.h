#pragma once

#include "ui/models/timelinemodel.h"

#include <QList>

class QAbstractItemView;
class QRegion;

namespace lanline::ui {

/// Which of the messages that came while a timeline was on the screen have been painted now. What is not in sight when
/// it comes is not watched: when somebody scrolls to it says nothing about its way. Costs nothing while nothing comes.
class PaintWatch
{
public:
    /// These rows are new, at the end.
    void noteInserted(const TimelineModel &timeline, int first, int last);
    /// `region` of the view has just been painted: gives those in it. Others that are in sight are waited for.
    QList<quint64> painted(const QAbstractItemView &view, const TimelineModel &timeline, const QRegion &region);
    void clear() { m_awaited.clear(); }

private:
    QList<quint64> m_awaited; ///< seqs, in their order
};

} // namespace lanline::ui
