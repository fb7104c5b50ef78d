#pragma once

#include "ui/theme/themecontroller.h"

#include <QHash>
#include <QTabBar>

namespace lanline::ui {

/// Tabs as words in a row, the active one underlined; a number beside a word tells how much is going on there. Arrow
/// keys move within, Tab moves on.
class TabBar final : public QTabBar
{
    Q_OBJECT

public:
    explicit TabBar(const ThemeController &themes, QWidget *parent = nullptr);

    /// 0 takes it away.
    void setBadge(int index, int count);
    int badge(int index) const { return m_badges.value(index); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    qreal badgeWidth(int index) const;
    void paintTab(QPainter &painter, int index) const;

    const ThemeController &m_themes;
    QHash<int, int> m_badges;
    int m_hovered = -1;
    bool m_showsFocus = false;
};

} // namespace lanline::ui
