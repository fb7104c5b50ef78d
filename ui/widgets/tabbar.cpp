#include "ui/widgets/tabbar.h"

#include "ui/theme/type.h"

#include <QFocusEvent>
#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>

namespace lanline::ui {

namespace {

constexpr int between = 22;
constexpr qreal badgeGap = 6;
constexpr qreal badgeHeight = 18;
constexpr qreal badgePadding = 6;
constexpr qreal underline = 2;

// The widest of the two, so that no word moves when another tab is chosen.
QFont activeFont()
{
    return fontFor(TextStyle::Base, QFont::DemiBold);
}

QFont badgeFont()
{
    return fontFor(TextStyle::Micro, QFont::Medium);
}

} // namespace

TabBar::TabBar(const ThemeController &themes, QWidget *parent)
    : QTabBar(parent)
    , m_themes(themes)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(false);
    setElideMode(Qt::ElideNone);
    setMouseTracking(true);
    setFont(activeFont());
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

void TabBar::setBadge(int index, int count)
{
    if (m_badges.value(index) == count)
        return;
    m_badges[index] = count;
    //: Spoken: a tab's name, and how much is going on there
    setAccessibleTabName(index, count > 0 ? tr("%1, %2 running").arg(tabText(index)).arg(count) : QString());
    // The only way to make QTabBar ask for the tabs' sizes again.
    setTabText(index, tabText(index));
    updateGeometry();
    update();
}

qreal TabBar::badgeWidth(int index) const
{
    const int count = badge(index);
    return count > 0 ? qMax(badgeHeight, tabularWidth(badgeFont(), QString::number(count)) + 2 * badgePadding) : 0;
}

QSize TabBar::tabSizeHint(int index) const
{
    const qreal words = QFontMetricsF(activeFont()).horizontalAdvance(tabText(index));
    const qreal number = badgeWidth(index);
    return {qCeil(words + (number > 0 ? badgeGap + number : 0)) + between,
        qMax(bar::tabs, qCeil(lineHeightOf(TextStyle::Base) * 2))};
}

QSize TabBar::sizeHint() const
{
    QSize all(0, tabSizeHint(0).height());
    for (int i = 0; i < count(); ++i)
        all.rwidth() += tabSizeHint(i).width();
    return all;
}

QSize TabBar::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void TabBar::paintTab(QPainter &painter, int index) const
{
    const Theme &theme = m_themes.theme();
    const QRectF area = QRectF(tabRect(index)).adjusted(0, 0, -between, 0);
    const bool isActive = index == currentIndex();
    const bool isLit = isActive || index == m_hovered;
    painter.setFont(isActive ? activeFont() : fontFor(TextStyle::Base, QFont::Medium));
    painter.setPen(theme[isLit ? Token::Text : Token::TextSecondary]);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, tabText(index));

    if (const qreal width = badgeWidth(index); width > 0) {
        const QRectF pill(area.right() - width, area.center().y() - badgeHeight / 2, width, badgeHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme[Token::Sunken]);
        painter.drawRoundedRect(pill, badgeHeight / 2, badgeHeight / 2);
        painter.setFont(badgeFont());
        painter.setPen(theme[Token::TextSecondary]);
        drawTabular(painter, pill, Qt::AlignCenter, QString::number(badge(index)));
    }
    if (isActive)
        painter.fillRect(QRectF(area.left(), area.bottom() - underline, area.width(), underline), theme[Token::Accent]);
    if (isActive && m_showsFocus) {
        painter.setPen(QPen(theme[Token::Accent], 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(area.adjusted(-5, 5, 5, -6), radius::button, radius::button);
    }
}

void TabBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < count(); ++i)
        paintTab(painter, i);
}

void TabBar::focusInEvent(QFocusEvent *event)
{
    QTabBar::focusInEvent(event);
    m_showsFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason;
    update();
}

void TabBar::focusOutEvent(QFocusEvent *event)
{
    QTabBar::focusOutEvent(event);
    m_showsFocus = false;
    update();
}

void TabBar::mouseMoveEvent(QMouseEvent *event)
{
    QTabBar::mouseMoveEvent(event);
    m_hovered = tabAt(event->position().toPoint());
    update();
}

void TabBar::leaveEvent(QEvent *event)
{
    QTabBar::leaveEvent(event);
    m_hovered = -1;
    update();
}

} // namespace lanline::ui
