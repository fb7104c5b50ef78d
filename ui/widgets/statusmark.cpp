#include "ui/widgets/statusmark.h"

#include <QPainter>
#include <QTimerEvent>

using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr int extent = 10;
constexpr qreal dotSize = 8;
constexpr qreal lineWidth = 2;
constexpr auto oneTurn = 1200ms;
constexpr int framesPerSecond = 12;
constexpr int framesPerTurn = int(oneTurn / 1ms) * framesPerSecond / 1000;
constexpr int sixteenthsPerTurn = 360 * 16;

} // namespace

StatusMark::StatusMark(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
{
    setFixedSize(extent, extent);
    connect(&themes, &ThemeController::themeChanged, this, [this] {
        startOrStop();
        update();
    });
}

void StatusMark::setMark(StatusText::Mark mark)
{
    if (mark == m_mark)
        return;
    m_mark = mark;
    startOrStop();
    update();
}

void StatusMark::startOrStop()
{
    const bool turns = m_mark == StatusText::Mark::Turning && isVisible() && m_themes.theme().duration(oneTurn) > 0ms;
    if (turns && !m_turn.isActive())
        m_turn.start(1000 / framesPerSecond, this);
    else if (!turns)
        m_turn.stop();
}

void StatusMark::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF dot(0, 0, dotSize, dotSize);
    dot.moveCenter(QRectF(rect()).center());
    const QRectF ring = dot.adjusted(lineWidth / 2, lineWidth / 2, -lineWidth / 2, -lineWidth / 2);
    switch (m_mark) {
    case StatusText::Mark::Connected:
    case StatusText::Mark::OnStandby:
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme[m_mark == StatusText::Mark::Connected ? Token::OkMark : Token::WarnMark]);
        painter.drawEllipse(dot);
        break;
    case StatusText::Mark::Turning: {
        painter.setPen(QPen(theme[Token::Border], lineWidth));
        painter.drawEllipse(ring);
        painter.setPen(QPen(theme[Token::Accent], lineWidth, Qt::SolidLine, Qt::FlatCap));
        const bool isStill = !m_turn.isActive();
        const int start = -sixteenthsPerTurn * m_frame / framesPerTurn;
        painter.drawArc(ring, start, isStill ? sixteenthsPerTurn * 3 / 4 : sixteenthsPerTurn / 3);
        break;
    }
    case StatusText::Mark::Offline:
        painter.setPen(QPen(theme[Token::ErrorMark], lineWidth));
        painter.drawEllipse(ring);
        break;
    }
}

void StatusMark::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_turn.timerId())
        return QWidget::timerEvent(event);
    m_frame = (m_frame + 1) % framesPerTurn;
    update();
}

void StatusMark::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    startOrStop();
}

void StatusMark::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_turn.stop();
}

} // namespace lanline::ui
