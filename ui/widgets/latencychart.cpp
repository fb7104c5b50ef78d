#include "ui/widgets/latencychart.h"

#include "ui/models/diagnosis.h"
#include "ui/theme/type.h"
#include "ui/widgets/chartaxes.h"
#include "ui/widgets/chartcontent.h"
#include "ui/widgets/rangeband.h"
#include "ui/widgets/rangepicker.h"
#include "ui/words.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <cmath>
#include <unordered_set>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr qreal dotSize = 3.2;
constexpr qreal dotPen = 0.1;
constexpr qreal lineWidth = 2;
constexpr int topMargin = 32; // the row of event labels
constexpr int rightMargin = 16;
constexpr int bottomMargin = 26 + LaneBars::depth;
constexpr int axisLabelGap = 8;
constexpr int leastHeight = 170;
constexpr int timeLabelGap = 4; // from the lanes
constexpr qreal dotReach = 8; // of the pointer
/// From here on, of dots that fall on one spot only one is drawn.
constexpr qsizetype manyDots = 3'000;
constexpr double spotSize = 1.5; // pixels

double millisecondsOf(std::chrono::microseconds duration)
{
    return double(duration.count()) / 1000;
}

} // namespace

LatencyChart::LatencyChart(ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
    , m_picker(new RangePicker(*m_plot, m_clock))
    , m_dots(m_plot->addGraph())
    , m_p50(m_plot->addGraph())
    , m_p95(m_plot->addGraph())
    , m_gaps(new GapBlocks(m_plot->axisRect()))
    , m_lanes(new LaneBars(m_plot->axisRect()))
    , m_marks(new EventMarks(m_plot->axisRect()))
    , m_band(new RangeBand(m_plot->axisRect()))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setFocusPolicy(Qt::StrongFocus);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setMinimumSize(0, 0);
    setMinimumHeight(leastHeight);
    m_plot->installEventFilter(this);

    m_dots->setObjectName(u"dots"_s);
    m_p50->setObjectName(u"p50"_s);
    m_p95->setObjectName(u"p95"_s);
    m_dots->setLineStyle(QCPGraph::lsNone);

    setUpAxes(*m_plot, QMargins(0, topMargin, rightMargin, bottomMargin), axisLabelGap);
    m_plot->xAxis->setTickLabelPadding(LaneBars::depth + timeLabelGap);
    m_marks->setDepth(LaneBars::depth);
    m_band->setDepth(LaneBars::depth);
    setMargins();
    connect(m_plot, &QCustomPlot::beforeReplot, this, [this] { m_drawing.emplace("Drawing the chart"); });
    connect(m_plot, &QCustomPlot::afterReplot, this, [this] { m_drawing.reset(); });
    setScale(m_scale);
    connect(m_picker, &RangePicker::clicked, this, [this](const QPointF &position) {
        setFocus(Qt::MouseFocusReason);
        const int dot = dotAt(position);
        if (dot >= 0 && dot < m_messages.size())
            Q_EMIT messageChosen(m_messages[dot]);
    });
    connect(&themes, &ThemeController::themeChanged, this, &LatencyChart::applyTheme);
    applyTheme(themes.theme());
}

QSize LatencyChart::sizeHint() const
{
    return {880, leastHeight};
}

/// The names of the lanes stand under the labels of the value axis.
void LatencyChart::setMargins()
{
    QMargins margins = m_plot->axisRect()->margins();
    const QFontMetricsF metrics(fontFor(TextStyle::Micro));
    for (int lane = 0; lane < client::laneCount; ++lane)
        margins.setLeft(qMax(margins.left(), qCeil(metrics.horizontalAdvance(laneName(lane))) + 2 * axisLabelGap));
    m_plot->axisRect()->setMargins(margins);
}

void LatencyChart::applyTheme(const Theme &theme)
{
    m_plot->setBackground(QBrush(theme[Token::Surface]));
    // A disc has its pen's width on top of its size, and cannot be without a pen.
    m_dots->setScatterStyle(QCPScatterStyle(
        QCPScatterStyle::ssDisc, QPen(theme[Token::SeriesDot], dotPen), theme[Token::SeriesDot], dotSize - dotPen));
    m_p50->setPen(QPen(theme[Token::SeriesP50], lineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPen dashed(theme[Token::SeriesP95], lineWidth, Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
    dashed.setDashPattern({3, 1.5}); // of the width: 6-3
    m_p95->setPen(dashed);
    paintAxes(*m_plot, theme);
    m_gaps->setTheme(theme);
    m_lanes->setTheme(theme);
    m_marks->setTheme(theme);
    m_band->setTheme(theme);
    m_plot->replot();
}

void LatencyChart::setScale(Scale scale)
{
    m_scale = scale;
    m_isStale = true; // other dots fall on one spot
    setValueScale(*m_plot, scale == Scale::Logarithmic);
    applyExtent();
    m_plot->replot();
}

std::chrono::microseconds LatencyChart::drawingTime() const
{
    return std::chrono::microseconds(std::llround(m_plot->replotTime() * 1000));
}

void LatencyChart::show(const DiagnosticsRecord &record, const client::ConnectionState &state)
{
    const TimeRange range = m_picker->range().shown();
    const bool clockJumped = m_clock.set(record.now(), record.wallOf(record.now()));
    showRange();

    // Between two steps of the line only the time axis moves.
    const Basis basis{record.links().revision(), record.traces().revision(), record.threads().revision(),
        range.to.time_since_epoch() / LatencySeries::lineStep(range.length()), range.length()};
    if (clockJumped || m_isStale || !(basis == m_shown)) {
        m_shown = basis;
        m_isStale = false;
        if (!showMessages(record, range))
            showBeats(record.links(), range);
        m_marks->setMarks(eventMarks(record.links(), record.threads(), range, m_clock));
    }
    // One that still lasts grows with the clock.
    m_gaps->setBlocks(gapBlocks(record.links(), range, m_clock));
    m_lanes->setLanes(laneBars(record.links(), range, state, m_clock));
    describe(spokenLanes(record.links(), range, state));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LatencyChart::showRange()
{
    const ChartRange &range = m_picker->range();
    m_plot->xAxis->setRange(m_clock.keyOf(range.shown().from), m_clock.keyOf(range.shown().to));
    m_band->setSpan(range.selection() ? std::optional(
                        RangeBand::Span{m_clock.keyOf(range.selection()->from), m_clock.keyOf(range.selection()->to)})
                                      : std::nullopt);
    m_band->setCursor(range.cursor() ? std::optional(m_clock.keyOf(*range.cursor())) : std::nullopt);
}

/// False: there are too few.
bool LatencyChart::showMessages(const DiagnosticsRecord &record, const TimeRange &range)
{
    const QList<client::MessageTrace> found = record.traces().in({range.from - deliverySpan(range.length()), range.to});
    const auto first = std::find_if(
        found.begin(), found.end(), [&](const client::MessageTrace &trace) { return trace.endedAt > range.from; });
    m_showsMessages = quint64(found.end() - first) >= enoughMessages;
    if (!m_showsMessages)
        return false;

    QList<Delivery> deliveries;
    deliveries.reserve(found.size());
    for (const client::MessageTrace &trace : found) // a logarithmic axis has no zero
        deliveries.append({trace.endedAt, std::max<std::chrono::microseconds>(trace.total(), 1us)});
    showLine(deliveryLine(deliveries, record.links().gaps(range.to, range.length()), range));
    m_messages.clear();
    for (auto trace = first; trace != found.end(); ++trace)
        m_messages.append(MessageKey::of(*trace));
    showDots(deliveries.sliced(first - found.begin()));
    return true;
}

void LatencyChart::showBeats(const LatencySeries &links, const TimeRange &range)
{
    QList<Delivery> beats;
    const QList<LatencySeries::Sample> samples = links.samples(range.to, range.length());
    beats.reserve(samples.size());
    for (const LatencySeries::Sample &sample : samples)
        beats.append({sample.at, sample.rtt});
    m_messages.clear();
    showLine(links.line(range.to, range.length()));
    showDots(beats);
}

void LatencyChart::showDots(const QList<Delivery> &dots)
{
    fitValueAxis(dots);
    const bool isCrowded = dots.size() > manyDots;
    std::unordered_set<quint64> spots;
    QVector<QCPGraphData> drawn;
    QList<MessageKey> messages;
    drawn.reserve(dots.size());
    for (qsizetype i = 0; i < dots.size(); ++i) {
        const double key = m_clock.keyOf(dots[i].at);
        const double ms = millisecondsOf(dots[i].took);
        if (isCrowded) {
            const auto column = quint32(qMax(0.0, m_plot->xAxis->coordToPixel(key)) / spotSize);
            const auto row = quint32(qMax(0.0, m_plot->yAxis->coordToPixel(ms)) / spotSize);
            if (!spots.insert(quint64(column) << 32 | row).second)
                continue;
            if (!m_messages.isEmpty())
                messages.append(m_messages[i]);
        }
        drawn.append({key, ms});
    }
    if (isCrowded)
        m_messages = messages;
    m_dots->data()->set(drawn, true);
}

void LatencyChart::showLine(const QList<LatencySeries::LinePoint> &points)
{
    QVector<QCPGraphData> p50;
    QVector<QCPGraphData> p95;
    for (const LatencySeries::LinePoint &point : points) {
        const double key = m_clock.keyOf(point.at);
        p50.append({key, point.p50 / 1000});
        p95.append({key, point.p95 / 1000});
    }
    m_p50->data()->set(p50, true);
    m_p95->data()->set(p95, true);
}

void LatencyChart::describe(const QString &lanes)
{
    const QString name = m_showsMessages ? tr("Delivery time of messages") : tr("Round trips over time");
    if (name != accessibleName())
        setAccessibleName(name);
    if (lanes != accessibleDescription())
        setAccessibleDescription(lanes);
}

void LatencyChart::fitValueAxis(const QList<Delivery> &dots)
{
    m_extent =
        dots.isEmpty() ? Extent{1, 1} : Extent{millisecondsOf(dots.first().took), millisecondsOf(dots.first().took)};
    for (const Delivery &dot : dots) {
        m_extent.low = qMin(m_extent.low, millisecondsOf(dot.took));
        m_extent.high = qMax(m_extent.high, millisecondsOf(dot.took));
    }
    applyExtent();
}

void LatencyChart::applyExtent()
{
    if (m_scale == Scale::Linear) {
        m_plot->yAxis->setRange(0, niceCeiling(m_extent.high));
        return;
    }
    // Whole decades, and at least two: the axis changes seldom, and by a step that everybody sees.
    const double low = std::floor(std::log10(m_extent.low));
    const double high = qMax(std::ceil(std::log10(m_extent.high)), low + 2);
    m_plot->yAxis->setRange(std::pow(10, low), std::pow(10, high));
}

// ---- the person ----------------------------------------------------------------------------------------------------

QString LatencyChart::shortcutsText()
{
    return tr("Drag: choose a range\nWheel, + and −: nearer and farther\n← →: move, with Shift: choose\n"
              "Esc: all of it again\nSpace: pause\n1 to 4: window of time\nL: linear or logarithmic\n"
              "Click a dot: what took it so long");
}

void LatencyChart::keyPressEvent(QKeyEvent *event)
{
    if (m_picker->keyPress(*event))
        setFocusShown(true);
    else if (event->key() == Qt::Key_F1 || event->key() == Qt::Key_Question)
        QToolTip::showText(mapToGlobal(rect().center()), shortcutsText(), this);
    else
        QWidget::keyPressEvent(event);
}

void LatencyChart::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    setFocusShown(event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason);
}

void LatencyChart::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    setFocusShown(false);
}

void LatencyChart::setFocusShown(bool isShown)
{
    m_band->setFocused(isShown);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LatencyChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_isStale = true;
}

bool LatencyChart::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_plot || event->type() != QEvent::ToolTip)
        return QWidget::eventFilter(watched, event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString words = tooltipAt(help->pos());
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), words, m_plot);
    return true;
}

int LatencyChart::dotAt(const QPointF &position) const
{
    QVariant index;
    const double distance = m_dots->selectTest(position, false, &index);
    if (distance < 0 || distance > dotReach)
        return -1;
    const QCPDataSelection selection = index.value<QCPDataSelection>();
    return selection.isEmpty() ? -1 : selection.dataRange().begin();
}

QString LatencyChart::tooltipAt(const QPointF &position) const
{
    QString details = m_marks->detailsAt(position);
    if (details.isEmpty())
        details = m_lanes->detailsAt(position);
    if (!details.isEmpty())
        return details;
    const int index = dotAt(position);
    if (index < 0)
        return {};
    const auto dot = m_dots->data()->at(index);
    const auto took = std::chrono::microseconds(std::llround(dot->value * 1000));
    return timeWithSeconds(WallTime(std::chrono::milliseconds(std::llround(dot->key * 1000)))) + u"  "_s
        + durationText(took);
}

} // namespace lanline::ui
