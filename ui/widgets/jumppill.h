#pragma once

#include "ui/theme/themecontroller.h"

#include <QAbstractButton>

namespace lanline::ui {

/// Floats above the timeline's end: back to the latest message, with how many nobody has seen.
class JumpPill final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit JumpPill(const ThemeController &themes, QWidget *parent = nullptr);
    void setUnread(int count);
    QSize sizeHint() const override;

    /// Room for the shadow around the pill itself.
    static constexpr int shadowRoom = 8;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    int m_unread = 0;
};

/// A count on the accent: 18 high, centred in `rect`, which is as wide as badgeWidth() says.
void drawBadge(QPainter &painter, const QRectF &rect, const Theme &theme, int count);
qreal badgeWidth(int count);

/// A soft shadow under a rounded rectangle; from a cached pixmap.
void drawShadow(QPainter &painter, const QRectF &rect, qreal corner, const Theme &theme);

} // namespace lanline::ui
