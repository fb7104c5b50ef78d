#pragma once

#include "ui/panels/localaddresses.h"
#include "ui/theme/themecontroller.h"

#include <QFrame>

class QVBoxLayout;

namespace lanline::ui {

/// Where others reach this host: a row per address with its link, ready to be copied.
class AddressesCard final : public QFrame
{
    Q_OBJECT

public:
    explicit AddressesCard(ThemeController &themes, QWidget *parent = nullptr);

    /// Rows are made anew only when something changed.
    void setAddresses(const QList<InterfaceAddress> &addresses, quint16 port);

private:
    QWidget *makeRow(const InterfaceAddress &address);

    ThemeController &m_themes;
    QList<InterfaceAddress> m_addresses;
    quint16 m_port = 0;
    QVBoxLayout *m_rows;
};

} // namespace lanline::ui
