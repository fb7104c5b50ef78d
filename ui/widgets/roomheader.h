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

    /// nullptr: no room is open. Who is online is told only while there is a connection to know it by.
    void setConversation(const Conversation *conversation, bool isConnected);
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
