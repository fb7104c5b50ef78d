#include "ui/redundancymenu.h"

#include "client/chatsession.h"

#include <QActionGroup>

namespace lanline::ui {

RedundancyMenu::RedundancyMenu(const client::ChatSession &session, QWidget *parent)
    : QMenu(tr("Second connection"), parent)
    , m_session(session)
{
    setToolTipsVisible(true);
    auto *group = new QActionGroup(this);
    addChoice(client::Redundancy::Automatic, tr("Automatic"), tr("Where it takes another way than the first one."));
    addChoice(client::Redundancy::On, tr("On"), tr("Always, over the same network if there is only one."));
    addChoice(client::Redundancy::Off, tr("Off"), tr("When the connection breaks, messages wait for the next one."));
    for (QAction *action : actions())
        group->addAction(action);
    connect(this, &QMenu::aboutToShow, this, [this] {
        for (QAction *action : actions())
            action->setChecked(action->data().toInt() == int(m_session.state().redundancy));
    });
}

void RedundancyMenu::addChoice(client::Redundancy redundancy, const QString &name, const QString &tooltip)
{
    QAction *action = addAction(name, this, [this, redundancy] { Q_EMIT chosen(redundancy); });
    action->setCheckable(true);
    action->setData(int(redundancy));
    action->setToolTip(tooltip);
}

} // namespace lanline::ui
