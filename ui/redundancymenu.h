#pragma once

#include "client/values.h"

#include <QMenu>

namespace lanline::client {
class ChatSession;
}

namespace lanline::ui {

/// Whether a session keeps a second connection: off, on or automatic.
class RedundancyMenu final : public QMenu
{
    Q_OBJECT

public:
    /// `session` outlives the menu.
    explicit RedundancyMenu(const client::ChatSession &session, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(lanline::client::Redundancy redundancy);

private:
    void addChoice(client::Redundancy redundancy, const QString &name, const QString &tooltip);

    const client::ChatSession &m_session;
};

} // namespace lanline::ui
