#pragma once

#include "ui/models/conversationmodel.h"
#include "ui/theme/themecontroller.h"

#include <QLabel>
#include <QWidget>

namespace lanline::ui {

class IconButton;

/// Above the timeline: the room's name, what it is about and who is here; at the right, diagnostics and details.
class RoomHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit RoomHeader(const ThemeController &themes, QWidget *parent = nullptr);

    /// nullptr: no room is open.
    void setConversation(const Conversation *conversation);
    void setDetailsShown(bool isShown);

Q_SIGNALS:
    void diagnosticsRequested();
    void detailsToggled(bool isShown);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    QLabel *m_title;
    QLabel *m_about;
    IconButton *m_details;
};

} // namespace lanline::ui
