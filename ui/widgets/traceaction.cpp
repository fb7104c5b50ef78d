#include "ui/widgets/traceaction.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QToolTip>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::TraceAction)
};

constexpr QKeyCombination traceKey = Qt::CTRL | Qt::Key_T;

} // namespace

QString TraceAction::whyNot(const TimelineEntry &entry) const
{
    if (entry.seq == 0)
        return Words::tr("it is not with the host yet");
    return m_why ? m_why(entry) : QString();
}

QAction *TraceAction::addTo(QMenu &menu, const TimelineEntry &entry) const
{
    if (!entry.isMessage())
        return nullptr;
    const QString why = whyNot(entry);
    QAction *action = menu.addAction(Words::tr("Trace this message"));
    if (!why.isEmpty()) {
        //: %1: why that is not possible
        action->setText(Words::tr("Trace this message: %1").arg(why));
    }
    action->setObjectName(u"traceMessage"_s);
    action->setShortcut(QKeySequence(traceKey));
    action->setEnabled(why.isEmpty());
    return action;
}

bool TraceAction::isKey(const QKeyEvent &event)
{
    return event.keyCombination() == traceKey;
}

bool TraceAction::isPossible(const TimelineEntry &entry, QWidget &widget, const QPoint &place) const
{
    if (!entry.isMessage())
        return false;
    const QString why = whyNot(entry);
    if (!why.isEmpty())
        QToolTip::showText(widget.mapToGlobal(place), Words::tr("No trace: %1").arg(why), &widget);
    return why.isEmpty();
}

} // namespace lanline::ui
