#include "ui/widgets/timelineview.h"

#include "core/work.h"
#include "ui/theme/type.h"
#include "ui/widgets/daypill.h"
#include "ui/widgets/jumppill.h"
#include "ui/words.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QVariantAnimation>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr int endTolerance = 4;
constexpr int wheelStep = 48;
constexpr int footRoom = 8;
constexpr int pillAboveEnd = 10;
constexpr int dayGap = 6;
constexpr qreal jumpShownFromScreens = 1.5;
constexpr qreal loadWithinScreens = 1.5;
constexpr qreal measureWithinScreens = 0.75;
constexpr int mostMeasureRounds = 4;
constexpr int slideAtMostScreens = 3;
constexpr auto slideTime = 180ms;
constexpr auto appearTime = 120ms;

} // namespace

TimelineView::TimelineView(ThemeController &themes, QWidget *parent)
    : QListView(parent)
    , m_themes(themes)
    , m_delegate(new MessageDelegate(themes, this))
    , m_day(new DayPill(themes, viewport()))
    , m_jump(new JumpPill(themes, viewport()))
    , m_scrolling(new QVariantAnimation(this))
    , m_appearing(new QVariantAnimation(this))
{
    setObjectName(u"timeline"_s);
    setAccessibleName(tr("Messages"));
    setItemDelegate(m_delegate);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalScrollBar()->setSingleStep(wheelStep);
    setSelectionMode(NoSelection);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setFrameShape(NoFrame);
    setProperty("ground", u"canvas"_s);
    setViewportMargins(0, 0, 0, footRoom);
    m_day->hide();
    m_jump->hide();

    m_scrolling->setEasingCurve(QEasingCurve::OutCubic);
    connect(m_scrolling, &QVariantAnimation::valueChanged, this,
        [this](const QVariant &value) { verticalScrollBar()->setValue(value.toInt()); });
    m_appearing->setEasingCurve(QEasingCurve::OutCubic);
    m_appearing->setStartValue(0.0);
    m_appearing->setEndValue(1.0);
    connect(m_jump, &QAbstractButton::clicked, this, &TimelineView::jumpToLatest);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TimelineView::onScrolled);
    connect(&themes, &ThemeController::themeChanged, viewport(), qOverload<>(&QWidget::update));
}

TimelineModel *TimelineView::timeline() const
{
    return static_cast<TimelineModel *>(model());
}

void TimelineView::setTimeline(TimelineModel *timeline)
{
    m_scrolling->stop();
    m_appearing->stop();
    m_delegate->setAppearing(-1, 1);
    m_delegate->forget();
    m_paints.clear();
    m_anchor = QPersistentModelIndex();
    m_isAtEnd = true;
    m_wantsNewLine = timeline && timeline->firstNew() > 0;
    setModel(timeline);
    if (timeline)
        timeline->setFollowed(true);
    doItemsLayout();
    Q_EMIT atEndChanged(m_isAtEnd);
}

void TimelineView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QListView::rowsInserted(parent, start, end);
    if (m_isAtEnd && isVisible() && end == model()->rowCount() - 1)
        m_paints.noteInserted(*timeline(), start, end);
    const auto time = m_themes.theme().duration(appearTime);
    // Only what comes singly, and only where somebody sees it come.
    if (!m_isAtEnd || !isVisible() || start != end || end != model()->rowCount() - 1 || time <= 0ms)
        return;
    m_appearing->stop();
    disconnect(m_appearing, nullptr, this, nullptr);
    connect(m_appearing, &QVariantAnimation::valueChanged, this, [this, start](const QVariant &progress) {
        m_delegate->setAppearing(start, progress.toReal());
        viewport()->update();
    });
    connect(m_appearing, &QVariantAnimation::finished, this, [this] { m_delegate->setAppearing(-1, 1); });
    m_appearing->setDuration(int(time.count()));
    m_appearing->start();
}

void TimelineView::setLimits(const protocol::Limits &limits)
{
    m_delegate->setLimits(limits);
}

void TimelineView::setUnread(int count)
{
    m_unread = count;
    m_jump->setUnread(count);
    updateJumpPill();
}

void TimelineView::jumpToLatest()
{
    if (timeline() && timeline()->isDetached()) {
        m_scrolling->stop();
        m_isAtEnd = true;
        timeline()->setFollowed(true);
        Q_EMIT newestWanted();
        return;
    }
    const QScrollBar *bar = verticalScrollBar();
    const int distance = bar->maximum() - bar->value();
    const auto time = m_themes.theme().duration(slideTime);
    m_scrolling->stop();
    if (time <= 0ms || distance > slideAtMostScreens * viewport()->height() || !isVisible()) {
        verticalScrollBar()->setValue(bar->maximum());
        return;
    }
    m_scrolling->setDuration(int(time.count()));
    m_scrolling->setStartValue(bar->value());
    m_scrolling->setEndValue(bar->maximum());
    m_scrolling->start();
}

// ---- the place that is kept ----------------------------------------------------------------------------------------

void TimelineView::onScrolled()
{
    if (m_isRestoring)
        return;
    rememberPlace();
    measureSeen();
    placeFloating();
    const QScrollBar *bar = verticalScrollBar();
    const qreal near = loadWithinScreens * viewport()->height();
    if (bar->value() < near)
        Q_EMIT olderWanted();
    if (bar->maximum() - bar->value() < near && timeline() && timeline()->isDetached())
        Q_EMIT newerWanted();
}

void TimelineView::doItemsLayout()
{
    const WorkScope scope("Laying out messages");
    QListView::doItemsLayout();
    measureSeen();
}

/// The row at the upper edge. Where two rows meet, QListView may find neither.
QModelIndex TimelineView::topRow() const
{
    const int x = viewport()->width() / 2;
    const QModelIndex top = indexAt(QPoint(x, 0));
    return top.isValid() ? top : indexAt(QPoint(x, 1));
}

void TimelineView::measureSeen()
{
    // Measuring moves rows, so that others may come into sight.
    for (int round = 0; round < mostMeasureRounds && measureAround(); ++round)
        QListView::doItemsLayout();
}

/// Tells whether any row near what is seen is laid out at another height than its own.
bool TimelineView::measureAround()
{
    const QModelIndex top = topRow();
    if (!top.isValid())
        return false;
    bool isWrong = false;
    const auto measure = [&](int row) {
        const QModelIndex index = model()->index(row, 0);
        // Asked first: QListView tells the size hint of now, which measuring changes.
        const int laidOut = visualRect(index).height();
        const int height = m_delegate->measuredHeight(index);
        isWrong = isWrong || height != laidOut;
        return height;
    };
    const int beyond = int(measureWithinScreens * viewport()->height());
    int room = viewport()->height() + beyond;
    for (int row = top.row(); row < model()->rowCount() && room > 0; ++row)
        room -= measure(row);
    room = beyond;
    for (int row = top.row() - 1; row >= 0 && room > 0; --row)
        room -= measure(row);
    return isWrong;
}

void TimelineView::rememberPlace()
{
    const QScrollBar *bar = verticalScrollBar();
    const bool isDetached = timeline() && timeline()->isDetached();
    const bool wasAtEnd = std::exchange(m_isAtEnd, !isDetached && bar->value() >= bar->maximum() - endTolerance);
    m_anchor = topRow();
    m_anchorTop = visualRect(m_anchor).top();
    if (wasAtEnd == m_isAtEnd)
        return;
    if (timeline())
        timeline()->setFollowed(m_isAtEnd);
    Q_EMIT atEndChanged(m_isAtEnd);
}

void TimelineView::updateGeometries()
{
    {
        // The scroll bar's new range may push its value; that is not somebody scrolling.
        const QScopedValueRollback guard(m_isRestoring, true);
        QListView::updateGeometries();
        restorePlace();
    }
    placeFloating();
}

void TimelineView::restorePlace()
{
    QScrollBar *bar = verticalScrollBar();
    if (m_wantsNewLine && timeline() && viewport()->height() > 0) {
        // The first unread message a third of the way down: what came before it gives it sense.
        for (int row = 0; row < timeline()->rowCount(); ++row) {
            if (!timeline()->entry(row).isFirstNew)
                continue;
            bar->setValue(bar->value() + visualRect(timeline()->index(row)).top() - viewport()->height() / 3);
            m_wantsNewLine = false;
            rememberPlace();
            return;
        }
    }
    if (m_isAtEnd)
        bar->setValue(bar->maximum());
    else if (m_anchor.isValid())
        bar->setValue(bar->value() + visualRect(m_anchor).top() - m_anchorTop);
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    // The list lays out anew only when its height changes; bubbles depend on the width.
    if (event->size().width() != event->oldSize().width())
        doItemsLayout();
    placeFloating();
}

// ---- what floats above the messages --------------------------------------------------------------------------------

void TimelineView::placeFloating()
{
    placeDay();
    updateJumpPill();
}

QRect TimelineView::floatingArea(int top, int height) const
{
    const int width = MessageDelegate::widthIn(*this);
    const int left = layoutDirection() == Qt::RightToLeft ? viewport()->width() - width : 0;
    return {left, top, width, height};
}

void TimelineView::placeDay()
{
    const QModelIndex top = topRow();
    const int fixedTop = int(BubbleLayout::dayTop);
    const int pillHeight = int(BubbleLayout::dayHeight);
    if (!top.isValid() || !timeline()) {
        m_day->hide();
        m_delegate->setFixedDayRow(-1);
        return;
    }
    const TimelineEntry entry = timeline()->entry(top.row());
    // The heading in the list serves while it is at its own place; above it, the fixed one takes over.
    const bool isHeadingBelow = entry.startsDay && visualRect(top).top() >= 0;
    m_day->setVisible(!isHeadingBelow);
    m_delegate->setFixedDayRow(isHeadingBelow ? -1 : top.row());
    m_day->setText(dayText(entry.day, QDate::currentDate()));

    int y = fixedTop;
    for (int row = top.row() + 1; row < timeline()->rowCount(); ++row) {
        const int nextTop = visualRect(timeline()->index(row)).top();
        if (nextTop > fixedTop + pillHeight)
            break;
        if (timeline()->entry(row).startsDay)
            y = qMin(y, nextTop + fixedTop - pillHeight - dayGap);
    }
    m_day->setGeometry(floatingArea(y, pillHeight));
}

void TimelineView::updateJumpPill()
{
    const QScrollBar *bar = verticalScrollBar();
    const int below = bar->maximum() - bar->value();
    const bool isFar = below > jumpShownFromScreens * viewport()->height() || (timeline() && timeline()->isDetached());
    m_jump->setVisible(isFar || (m_unread > 0 && !m_isAtEnd));
    const int top = viewport()->height() - m_jump->height() + JumpPill::shadowRoom - pillAboveEnd + footRoom;
    const QRect area = floatingArea(top, m_jump->height());
    m_jump->move(area.center().x() - m_jump->width() / 2, top);
}

void TimelineView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (!timeline())
        return;
    if (const QList<quint64> seqs = m_paints.painted(*this, *timeline(), event->region()); !seqs.isEmpty())
        Q_EMIT painted(seqs);
    if (timeline()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setFont(fontFor(TextStyle::Base));
    painter.setPen(m_themes.theme()[Token::TextTertiary]);
    painter.drawText(viewport()->rect().adjusted(space::page, 0, -space::page, 0), Qt::AlignCenter | Qt::TextWordWrap,
        tr("Nobody has written in %1 yet. Say hello.").arg(roomText(timeline()->room())));
}

// ---- what people do with a message ---------------------------------------------------------------------------------

BubbleLayout::Hit TimelineView::hitAt(const QPoint &position) const
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid())
        return {};
    return m_delegate->hitAt(position, visualRect(index), index);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    const auto part = hitAt(event->position().toPoint()).part;
    const bool isActive = part != BubbleLayout::Part::None && part != BubbleLayout::Part::Bubble;
    viewport()->setCursor(isActive ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    QListView::mousePressEvent(event);
    m_showsFocus = false;
    updateFocusRing();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton)
        return;
    const QModelIndex index = indexAt(event->position().toPoint());
    if (!index.isValid())
        return;
    const TimelineEntry entry = timeline()->entry(index.row());
    const BubbleLayout::Hit hit = hitAt(event->position().toPoint());
    switch (hit.part) {
    case BubbleLayout::Part::None:
    case BubbleLayout::Part::Bubble:
        return;
    case BubbleLayout::Part::Link:
        QDesktopServices::openUrl(hit.link);
        return;
    case BubbleLayout::Part::Retry:
        Q_EMIT retryRequested(entry.commandId);
        return;
    case BubbleLayout::Part::Copy:
        copy(index);
        return;
    case BubbleLayout::Part::Delete:
        Q_EMIT discardRequested(entry.commandId);
        return;
    }
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isByKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const TimelineEntry entry = timeline()->entry(index.row());
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!entry.isDeleted)
        menu->addAction(tr("Copy text"), this, [this, index = QPersistentModelIndex(index)] { copy(index); });
    const BubbleLayout::Hit hit = hitAt(event->pos());
    if (!isByKey && hit.part == BubbleLayout::Part::Link) {
        menu->addAction(tr("Copy address"), this,
            [url = hit.link] { QGuiApplication::clipboard()->setText(url.toString(QUrl::FullyEncoded)); });
    }
    if (const QAction *trace = m_trace.addTo(*menu, entry))
        connect(trace, &QAction::triggered, this, [this, seq = entry.seq] { Q_EMIT traceRequested(seq); });
    if (entry.state == client::SendState::Failed) {
        menu->addSeparator();
        menu->addAction(tr("Retry"), this, [this, id = entry.commandId] { Q_EMIT retryRequested(id); });
        menu->addAction(tr("Delete"), this, [this, id = entry.commandId] { Q_EMIT discardRequested(id); });
    } else if (entry.isChangeable()) {
        menu->addSeparator();
        menu->addAction(tr("Edit"), this, [this, entry] { Q_EMIT editRequested(entry); });
        menu->addAction(tr("Delete"), this, [this, entry] { Q_EMIT deletionRequested(entry); });
    }
    menu->popup(isByKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    m_showsFocus = true;
    updateFocusRing();
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        copy(currentIndex());
        return;
    }
    if (TraceAction::isKey(*event) && currentIndex().isValid()) {
        const TimelineEntry entry = timeline()->entry(currentIndex().row());
        if (m_trace.isPossible(entry, *viewport(), visualRect(currentIndex()).center()))
            Q_EMIT traceRequested(entry.seq);
        return;
    }
    // Home and End mean the conversation's, whichever message is current.
    if (event->key() == Qt::Key_End) {
        setCurrentIndex(model() ? model()->index(model()->rowCount() - 1, 0) : QModelIndex());
        jumpToLatest();
        return;
    }
    // Letters are no search here: whoever types means the composer.
    if (!event->text().isEmpty() && event->text().front().isPrint()) {
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    m_showsFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason;
    if (m_showsFocus && model() && !currentIndex().isValid())
        setCurrentIndex(model()->index(model()->rowCount() - 1, 0));
    updateFocusRing();
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QListView::focusOutEvent(event);
    updateFocusRing();
}

void TimelineView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    updateFocusRing();
}

void TimelineView::updateFocusRing()
{
    m_delegate->setFocusRow(m_showsFocus && hasFocus() ? currentIndex().row() : -1);
    viewport()->update();
}

void TimelineView::copy(const QModelIndex &index) const
{
    if (index.isValid())
        QGuiApplication::clipboard()->setText(index.data(Qt::DisplayRole).toString());
}

} // namespace lanline::ui
