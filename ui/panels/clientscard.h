#pragma once

#include "ui/models/hostclientsmodel.h"
#include "ui/theme/themecontroller.h"

#include <QFrame>

class QLabel;
class QStackedLayout;

namespace lanline::ui {

/// Who is connected to this host, and over which links.
class ClientsCard final : public QFrame
{
    Q_OBJECT

public:
    explicit ClientsCard(ThemeController &themes, QWidget *parent = nullptr);

    void setLinks(const QList<HostClient> &links);

private:
    QWidget *makeTable(ThemeController &themes);

    HostClientsModel m_model;
    QLabel *m_count;
    QStackedLayout *m_stack;
};

} // namespace lanline::ui
