#pragma once

#include "ui/models/timelineentry.h"

#include <functional>

class QAction;
class QKeyEvent;
class QMenu;
class QPoint;
class QWidget;

namespace lanline::ui {

/// *Trace this message*, in a message's menu and by its key. Where there is no trace it says why.
class TraceAction
{
public:
    /// Why there is no trace of a message, in a few words; empty: there is one.
    using Why = std::function<QString(const TimelineEntry &)>;

    /// None: there is one of every message that is stored.
    void setWhy(Why why) { m_why = std::move(why); }
    /// Null for what is no message. Not enabled without a trace, and its text says why.
    QAction *addTo(QMenu &menu, const TimelineEntry &entry) const;
    static bool isKey(const QKeyEvent &event);
    /// Tells whether there is a trace; if not, says why at `place` of `widget`.
    bool isPossible(const TimelineEntry &entry, QWidget &widget, const QPoint &place) const;

private:
    QString whyNot(const TimelineEntry &entry) const;

    Why m_why;
};

} // namespace lanline::ui
