#include "ui/theme/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

QByteArray svgOf(QLatin1StringView name, const QColor &color)
{
    QFile file(u":/icons/"_s + name + u".svg"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no icon of this name: %s", name.data());
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    svg.replace("stroke-width=\"2\"", "stroke-width=\"1.75\"");
    return svg;
}

bool mirrors(QLatin1StringView name)
{
    return name == icons::Send || name == icons::Join;
}

class SvgIconEngine final : public QIconEngine
{
public:
    SvgIconEngine(QLatin1StringView name, QColor color, QColor disabled)
        : m_name(name)
        , m_color(color)
        , m_disabled(disabled)
    { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        drawIcon(*painter, rect, m_name, mode == QIcon::Disabled ? m_disabled : m_color);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        QPixmap pixmap = iconPixmap(
            m_name, qMin(size.width(), size.height()) / scale, mode == QIcon::Disabled ? m_disabled : m_color, scale);
        return pixmap;
    }
    QIconEngine *clone() const override { return new SvgIconEngine(*this); }

private:
    QLatin1StringView m_name;
    QColor m_color;
    QColor m_disabled;
};

} // namespace

QPixmap iconPixmap(QLatin1StringView name, qreal size, const QColor &color, qreal devicePixelRatio)
{
    const QString key = u"lanline/%1/%2/%3/%4"_s.arg(
        name, QString::number(size), color.name(QColor::HexArgb), QString::number(devicePixelRatio));
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;

    const int devicePixels = qMax(1, qCeil(size * devicePixelRatio));
    pixmap = QPixmap(devicePixels, devicePixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(color.alphaF());
    QSvgRenderer(svgOf(name, color)).render(&painter, QRectF(0, 0, devicePixels, devicePixels));
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void drawIcon(QPainter &painter, const QRectF &rect, QLatin1StringView name, const QColor &color)
{
    const qreal size = qMin(rect.width(), rect.height());
    const QPixmap pixmap = iconPixmap(name, size, color, painter.device()->devicePixelRatioF());
    const QPointF corner(rect.center().x() - size / 2, rect.center().y() - size / 2);
    if (painter.layoutDirection() == Qt::RightToLeft && mirrors(name)) {
        painter.save();
        painter.translate(2 * rect.center().x(), 0);
        painter.scale(-1, 1);
        painter.drawPixmap(corner, pixmap);
        painter.restore();
        return;
    }
    painter.drawPixmap(corner, pixmap);
}

QIcon themedIcon(QLatin1StringView name, const QColor &color, const QColor &disabled)
{
    return QIcon(new SvgIconEngine(name, color, disabled));
}

} // namespace lanline::ui
