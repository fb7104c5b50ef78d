#pragma once

#include "ui/models/conversationmodel.h"
#include "ui/models/membersmodel.h"
#include "ui/theme/themecontroller.h"

#include <QLabel>
#include <QVariantAnimation>
#include <QWidget>

namespace lanline::ui {

/// At the right, on demand: what the open room is, and who is in it.
class DetailsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsPanel(const ThemeController &themes, QWidget *parent = nullptr);

    void setConversation(const Conversation *conversation);
    /// Slides to its width or away.
    void setShown(bool isShown);
    bool isShown() const { return m_isShown; }

Q_SIGNALS:
    void leaveRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    const ThemeController &m_themes;
    MembersModel m_members;
    QWidget *m_content;
    QLabel *m_title;
    QLabel *m_about;
    QLabel *m_section;
    QVariantAnimation m_slide;
    bool m_isShown = false;
};

} // namespace lanline::ui
