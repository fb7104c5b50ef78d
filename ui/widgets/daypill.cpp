#include "ui/widgets/daypill.h"

#include "ui/delegates/messagedelegate.h"

#include <QPainter>

namespace lanline::ui {

DayPill::DayPill(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

void DayPill::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    update();
}

void DayPill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawDayPill(painter, QRectF(rect()), m_themes.theme(), m_text);
}

} // namespace lanline::ui
