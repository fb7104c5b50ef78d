#include "ui/widgets/statusline.h"

#include "ui/theme/icons.h"
#include "ui/theme/type.h"
#include "ui/widgets/keycap.h"
#include "ui/widgets/sparkline.h"
#include "ui/widgets/statusmark.h"
#include "ui/widgets/themedicon.h"
#include "ui/words.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr int sideMargin = 12;
constexpr auto countdownStep = 250ms;
constexpr auto announceAtMostEvery = 2s;
constexpr int progressHeight = 2;
constexpr int asideIcon = 13;
constexpr int detailFrom = 760; ///< narrower, the aside keeps to its few words

/// Which one; -1: neither.
int activeLane(const client::ConnectionState &state)
{
    for (int lane = 0; lane < client::laneCount; ++lane) {
        if (state.lanes[std::size_t(lane)].state == client::LaneState::Active)
            return lane;
    }
    return -1;
}

} // namespace

StatusSentence::StatusSentence(QWidget *parent)
    : QWidget(parent)
{
    setFont(fontFor(TextStyle::Small, QFont::Medium));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void StatusSentence::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize StatusSentence::sizeHint() const
{
    return {qCeil(tabularWidth(font(), m_text)) + 1, qCeil(lineHeightOf(TextStyle::Small))};
}

QSize StatusSentence::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void StatusSentence::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    const bool fits = tabularWidth(font(), m_text) <= width();
    const QString shown = fits ? m_text : fontMetrics().elidedText(m_text, Qt::ElideRight, width());
    const Qt::Alignment start = layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
    // Digits are drawn one by one, left to right; a sentence that runs the other way is left to the text engine.
    if (shown.isRightToLeft())
        painter.drawText(rect(), start | Qt::AlignVCenter, shown);
    else
        drawTabular(painter, QRectF(rect()), start | Qt::AlignVCenter, shown);
}

StatusLine::StatusLine(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_mark(new StatusMark(themes, this))
    , m_sentence(new StatusSentence(this))
    , m_sparkline(new Sparkline(themes, this))
    , m_asideIcon(new ThemedIcon(themes, icons::NothingLost, asideIcon, Token::OkMark, this))
    , m_aside(new QLabel(this))
    , m_retry(new QPushButton(tr("Retry now"), this))
{
    setObjectName(u"statusLine"_s);
    setFixedHeight(bar::status + 1);
    m_aside->setObjectName(u"statusAside"_s);
    m_aside->setFont(fontFor(TextStyle::Small));
    m_aside->setProperty("tone", u"tertiary"_s);
    m_retry->setObjectName(u"retryNow"_s);
    m_retry->setFont(fontFor(TextStyle::Small, QFont::Medium));
    m_retry->setProperty("kind", u"link"_s);
    m_retry->setCursor(Qt::PointingHandCursor);

    auto *diagnostics = new QPushButton(tr("Diagnostics"), this);
    diagnostics->setObjectName(u"openDiagnostics"_s);
    diagnostics->setFont(fontFor(TextStyle::Small));
    diagnostics->setProperty("kind", u"quiet"_s);
    auto *keys = new KeyCap(themes, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), this);
    auto *separator = new QFrame(this);
    separator->setProperty("line", u"vertical"_s);
    separator->setFixedHeight(14);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(sideMargin, 1, sideMargin, 0);
    layout->setSpacing(space::gap);
    layout->addWidget(m_mark);
    layout->addWidget(m_sentence);
    layout->addWidget(m_sparkline);
    layout->addStretch(1);
    layout->addWidget(m_asideIcon);
    layout->addSpacing(-space::small);
    layout->addWidget(m_aside);
    layout->addWidget(m_retry);
    layout->addWidget(separator);
    layout->addWidget(diagnostics);
    layout->addWidget(keys);

    m_countdown.setInterval(countdownStep);
    m_announcement.setSingleShot(true);
    connect(&m_countdown, &QTimer::timeout, this, &StatusLine::refresh);
    connect(&m_announcement, &QTimer::timeout, this, &StatusLine::announce);
    connect(m_retry, &QPushButton::clicked, this, &StatusLine::retryRequested);
    connect(diagnostics, &QPushButton::clicked, this, &StatusLine::diagnosticsRequested);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
    refresh();
}

void StatusLine::setState(const client::ConnectionState &state)
{
    const auto failoverAt = [](const client::ConnectionState &of) {
        return of.failover ? std::optional(of.failover->at) : std::nullopt;
    };
    const bool isNews = state.phase != m_state.phase || failoverAt(state) != failoverAt(m_state);
    const bool isConnected = state.phase == client::Phase::Online || state.phase == client::Phase::CatchingUp;
    if (!isConnected) {
        m_facts.roundTrip.reset();
        m_sparkline->clear();
    }
    const int lane = activeLane(state);
    if (lane >= 0 && lane != activeLane(m_state))
        m_facts.roundTrip = state.lanes[std::size_t(lane)].roundTrip;
    m_facts.isSwitching =
        state.phase == client::Phase::CatchingUp && (m_facts.isSwitching || m_state.phase == client::Phase::Online);
    m_state = state;
    if (state.failover && state.hasStandby())
        m_rearmedFailover = state.failover->at;
    m_facts.wasRearmed = state.failover && m_rearmedFailover == state.failover->at;
    refresh();
    if (isNews && !m_announcement.isActive())
        m_announcement.start(announceAtMostEvery);
}

void StatusLine::addRoundTrip(const client::RoundTrip &roundTrip)
{
    // No message takes the standby's way.
    if (roundTrip.isOfStandby)
        return;
    m_facts.roundTrip = roundTrip.rtt;
    m_sparkline->add(roundTrip.rtt);
    refresh();
}

void StatusLine::setLedger(const client::Ledger &ledger)
{
    m_facts.ledger = ledger;
    refresh();
}

void StatusLine::refresh()
{
    m_text = statusText(m_state, m_facts, std::chrono::steady_clock::now());
    m_mark->setMark(m_text.mark);
    m_sentence->setText(m_text.sentence);
    m_sparkline->setVisible(m_text.showsRoundTrips);
    showAside();
    m_retry->setVisible(m_text.action == StatusText::Action::RetryNow);
    // Why, in full, for those who ask.
    const QString reason = problemSentence(m_state);
    setToolTip(m_state.problemDetail.isEmpty() ? reason : reason + u'\n' + m_state.problemDetail);
    // Started anew by every refresh it would never time out while round trips come fast.
    if (m_text.changesWithTime && !m_countdown.isActive())
        m_countdown.start();
    else if (!m_text.changesWithTime)
        m_countdown.stop();
    update();
}

void StatusLine::showAside()
{
    const bool hasRoom = width() >= detailFrom && !m_text.asideDetail.isEmpty();
    m_aside->setText(hasRoom ? m_text.aside + u" · "_s + m_text.asideDetail : m_text.aside);
    m_aside->setVisible(!m_text.aside.isEmpty());
    m_aside->setToolTip(m_text.asideDetail);
    m_asideIcon->setVisible(m_text.isAsideGood);
}

void StatusLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showAside();
}

void StatusLine::announce()
{
    QAccessibleEvent event(m_sentence, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

void StatusLine::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme[Token::Surface]);
    painter.setPen(QPen(theme[Token::Hairline], 0));
    painter.drawLine(QPointF(0, 0.5), QPointF(width(), 0.5));
    if (m_text.progress) {
        QRectF done(0, height() - progressHeight, width() * *m_text.progress, progressHeight);
        if (layoutDirection() == Qt::RightToLeft)
            done.moveRight(width());
        painter.fillRect(done, theme[Token::Accent]);
    }
}

} // namespace lanline::ui
