#include "ui/widgets/sparkline.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace lanline::ui {

namespace {

constexpr int valuesShown = 24;
constexpr QSize extent(64, 14);
constexpr qreal lineWidth = 1.25;

} // namespace

Sparkline::Sparkline(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
{
    setFixedSize(extent);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

void Sparkline::add(std::chrono::microseconds value)
{
    m_values.append(double(value.count()));
    if (m_values.size() > valuesShown)
        m_values.removeFirst();
    update();
}

void Sparkline::clear()
{
    m_values.clear();
    update();
}

void Sparkline::paintEvent(QPaintEvent *)
{
    if (m_values.size() < 2)
        return;
    const auto [lowest, highest] = std::minmax_element(m_values.cbegin(), m_values.cend());
    // A calm line stays calm: differences below a fifth of the value are not blown up to the full height.
    const double range = std::max(*highest - *lowest, *highest / 5);
    const QRectF area = QRectF(rect()).adjusted(1, 2, -1, -2);

    QPainterPath path;
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        const qreal x = area.left() + area.width() * double(i) / (valuesShown - 1);
        const qreal y = area.bottom() - (range > 0 ? area.height() * (m_values[i] - *lowest) / range : 0);
        i == 0 ? path.moveTo(x, y) : path.lineTo(x, y);
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_themes.theme()[Token::Accent], lineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
}

} // namespace lanline::ui
