#include "ui/widgets/jumppill.h"

#include "ui/theme/icons.h"
#include "ui/theme/type.h"

#include <QLocale>
#include <QPainter>
#include <QPixmapCache>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int pillHeight = 32;
constexpr int chevron = 16;
constexpr int padding = 11;
constexpr int gap = 7;
constexpr qreal badgeHeight = 18;
constexpr qreal badgePadding = 5;
constexpr int shadowBlur = 6;
constexpr int shadowDown = 2;

QString badgeText(int count)
{
    return QLocale().toString(count);
}

} // namespace

qreal badgeWidth(int count)
{
    const qreal text = tabularWidth(fontFor(TextStyle::Micro, QFont::DemiBold), badgeText(count));
    return qMax(badgeHeight, std::ceil(text) + 2 * badgePadding);
}

void drawBadge(QPainter &painter, const QRectF &rect, const Theme &theme, int count)
{
    const QRectF badge(rect.left(), rect.center().y() - badgeHeight / 2, rect.width(), badgeHeight);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme[Token::Accent]);
    painter.drawRoundedRect(badge, badgeHeight / 2, badgeHeight / 2);
    painter.setFont(fontFor(TextStyle::Micro, QFont::DemiBold));
    painter.setPen(theme[Token::OnAccent]);
    drawTabular(painter, badge, Qt::AlignCenter, badgeText(count));
}

void drawShadow(QPainter &painter, const QRectF &rect, qreal corner, const Theme &theme)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QString key = u"lanline/shadow/%1x%2/%3/%4"_s.arg(QString::number(rect.width()),
        QString::number(rect.height()), theme[Token::Shadow].name(QColor::HexArgb), QString::number(ratio));
    const QRectF outer = rect.adjusted(-shadowBlur, -shadowBlur, shadowBlur, shadowBlur);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = QPixmap((outer.size() * ratio).toSize());
        pixmap.setDevicePixelRatio(ratio);
        pixmap.fill(Qt::transparent);
        QPainter shadow(&pixmap);
        shadow.setRenderHint(QPainter::Antialiasing);
        shadow.setPen(Qt::NoPen);
        // Rings of falling strength add up to a blur.
        QColor color = theme[Token::Shadow];
        color.setAlphaF(color.alphaF() / shadowBlur);
        shadow.setBrush(color);
        for (int ring = 0; ring < shadowBlur; ++ring) {
            const QRectF box = QRectF(QPointF(), outer.size()).adjusted(ring, ring, -ring, -ring);
            const qreal round = corner + shadowBlur - ring;
            shadow.drawRoundedRect(box, round, round);
        }
        shadow.end();
        QPixmapCache::insert(key, pixmap);
    }
    painter.drawPixmap(outer.topLeft() + QPointF(0, shadowDown), pixmap);
}

JumpPill::JumpPill(const ThemeController &themes, QWidget *parent)
    : QAbstractButton(parent)
    , m_themes(themes)
{
    setObjectName(u"jumpToLatest"_s);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setUnread(0);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

void JumpPill::setUnread(int count)
{
    m_unread = count;
    const QString name = count > 0 ? tr("Jump to latest, %n unread message(s)", nullptr, count) : tr("Jump to latest");
    setAccessibleName(name);
    setToolTip(name);
    resize(sizeHint());
    update();
}

QSize JumpPill::sizeHint() const
{
    const int badge = m_unread > 0 ? gap + int(badgeWidth(m_unread)) : 0;
    return QSize(2 * padding + chevron + badge, pillHeight) + QSize(2 * shadowRoom, 2 * shadowRoom);
}

void JumpPill::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF pill = QRectF(rect()).adjusted(shadowRoom, shadowRoom, -shadowRoom, -shadowRoom);
    drawShadow(painter, pill, pillHeight / 2.0, theme);
    painter.setPen(QPen(theme[hasFocus() ? Token::Accent : Token::Hairline], hasFocus() ? 2 : 1));
    painter.setBrush(theme[underMouse() ? Token::RowHover : Token::Surface]);
    const QRectF edge = pill.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(edge, edge.height() / 2, edge.height() / 2);
    drawIcon(painter, QRectF(pill.left() + padding, pill.center().y() - chevron / 2.0, chevron, chevron),
        icons::JumpToLatest, theme[Token::TextSecondary]);
    if (m_unread > 0) {
        const qreal width = badgeWidth(m_unread);
        drawBadge(painter, QRectF(pill.right() - padding - width, pill.top(), width, pill.height()), theme, m_unread);
    }
}

} // namespace lanline::ui
