#include "ui/theme/focusring.h"

#include <QApplication>
#include <QFocusEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace lanline::ui {

namespace {

constexpr int lineWidth = 2;
constexpr int gap = 1;
constexpr int reach = lineWidth + gap;

class Ring final : public QWidget
{
public:
    Ring(QWidget *window, QColor color)
        : QWidget(window)
        , m_color(color)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_color, lineWidth));
        const qreal inset = lineWidth / 2.0;
        const qreal corner = radius::button + gap + inset;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), corner, corner);
    }

private:
    QColor m_color;
};

bool isFromKeyboard(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
}

bool isRinged(const QWidget *widget)
{
    return qobject_cast<const QPushButton *>(widget) || qobject_cast<const QToolButton *>(widget);
}

} // namespace

FocusRing::FocusRing(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

FocusRing::~FocusRing()
{
    hide();
}

void FocusRing::setTheme(const Theme &theme)
{
    m_theme = theme;
    if (m_control)
        showAround(m_control);
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn && watched->isWidgetType()) {
        auto *widget = static_cast<QWidget *>(watched);
        if (isFromKeyboard(static_cast<QFocusEvent *>(event)->reason()) && isRinged(widget))
            showAround(widget);
        else
            hide();
    } else if (watched == m_control) {
        switch (event->type()) {
        case QEvent::FocusOut:
        case QEvent::Hide:
            hide();
            break;
        case QEvent::Move:
        case QEvent::Resize:
            follow();
            break;
        default:
            break;
        }
    }
    return QObject::eventFilter(watched, event);
}

void FocusRing::showAround(QWidget *control)
{
    hide();
    m_control = control;
    m_ring = new Ring(control->window(), m_theme[Token::Accent]);
    follow();
    m_ring->show();
}

void FocusRing::hide()
{
    m_control.clear();
    delete m_ring;
}

void FocusRing::follow()
{
    if (!m_control || !m_ring)
        return;
    const QRect around(m_control->mapTo(m_control->window(), QPoint()), m_control->size());
    m_ring->setGeometry(around.adjusted(-reach, -reach, reach, reach));
    m_ring->raise();
}

} // namespace lanline::ui
