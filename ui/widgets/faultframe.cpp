#include "ui/widgets/faultframe.h"

#include "ui/faultwords.h"
#include "ui/widgets/parts.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr int lineWidth = 3;
constexpr int pillRadius = 8;
constexpr auto countdownInterval = 250ms;

} // namespace

FaultFrame::FaultFrame(FaultController &controller, ThemeController &themes, QWidget *window)
    : QWidget(window)
    , m_controller(controller)
    , m_themes(themes)
    , m_pill(new QWidget(this))
    , m_words(makeLabel({}, TextStyle::Small, Tone::Error, m_pill))
{
    setObjectName(u"faultFrame"_s);
    setAttribute(Qt::WA_NoSystemBackground);
    m_words->setObjectName(u"faultWords"_s);
    QPushButton *stop = makeButton(tr("Stop"), ButtonKind::Link, m_pill);
    stop->setObjectName(u"stopFaults"_s);
    stop->setFont(fontFor(TextStyle::Small, QFont::Medium));
    auto *row = new QHBoxLayout(m_pill);
    row->setContentsMargins(12, 0, 4, 0);
    row->setSpacing(0);
    row->addWidget(m_words);
    row->addWidget(stop);
    connect(stop, &QPushButton::clicked, this, [this] { m_controller.stopAll(); });
    m_countdown.setInterval(countdownInterval);
    connect(&m_countdown, &QTimer::timeout, this, &FaultFrame::refresh);
    connect(&controller, &FaultController::changed, this, &FaultFrame::refresh);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
    window->installEventFilter(this);
    hide();
    refresh();
}

QString FaultFrame::words() const
{
    return m_words->text();
}

void FaultFrame::refresh()
{
    const QList<RunningFault> running = m_controller.running();
    if (running.isEmpty()) {
        m_countdown.stop();
        hide();
        return;
    }
    SteadyTime last{};
    for (const RunningFault &of : running)
        last = std::max(last, of.endsAt);
    const QString left =
        countdownText(std::chrono::ceil<std::chrono::milliseconds>(last - std::chrono::steady_clock::now()));
    //: %1: the name of a fault, such as slow disk; %2: a time such as 0:12
    const QString one = tr("Fault on purpose: %1 · %2").arg(faultNameWithin(running.first().fault.kind), left);
    //: %1: a time such as 0:12
    const QString several = tr("%n faults on purpose · %1", nullptr, int(running.size())).arg(left);
    const QString words = running.size() == 1 ? one : several;
    if (m_words->text() != words) {
        m_words->setText(words);
        setAccessibleName(words);
        fit();
    }
    if (!isVisible()) {
        fit();
        show();
        raise();
        m_countdown.start();
    }
}

void FaultFrame::fit()
{
    setGeometry(parentWidget()->rect());
    const QSize size = m_pill->sizeHint();
    m_pill->setGeometry((width() - size.width()) / 2, 0, size.width(), size.height() + lineWidth);
    // What is not of the frame stays the window's.
    const QRegion inner(rect().adjusted(lineWidth, lineWidth, -lineWidth, -lineWidth));
    setMask(QRegion(rect()).subtracted(inner).united(m_pill->geometry()));
}

bool FaultFrame::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parent() && event->type() == QEvent::Resize && !isHidden())
        fit();
    else if (watched == parent() && event->type() == QEvent::ChildAdded)
        raise();
    return QWidget::eventFilter(watched, event);
}

void FaultFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = m_themes.theme();
    const QColor red = theme[Token::ErrorMark];
    // Half of the pill is behind the window's edge: its upper corners are not round.
    const QRectF pill = QRectF(m_pill->geometry()).adjusted(0.5, -pillRadius, -0.5, -0.5);
    painter.setPen(QPen(red, 1));
    painter.setBrush(theme[Token::ErrorTint]);
    painter.drawRoundedRect(pill, pillRadius, pillRadius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(red);
    painter.drawRect(0, 0, width(), lineWidth);
    painter.drawRect(0, height() - lineWidth, width(), lineWidth);
    painter.drawRect(0, 0, lineWidth, height());
    painter.drawRect(width() - lineWidth, 0, lineWidth, height());
}

} // namespace lanline::ui
