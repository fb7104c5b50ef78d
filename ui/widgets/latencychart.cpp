#include "ui/widgets/latencychart.h"

#include "ui/models/spantext.h"
#include "ui/statustext.h"
#include "ui/theme/type.h"
#include "ui/widgets/chartaxes.h"
#include "ui/widgets/chartoverlays.h"
#include "ui/widgets/lanebars.h"
#include "ui/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHelpEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <cmath>

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
constexpr int timeLabelGap = 4; // from the lanes
constexpr qreal dotReach = 8; // of the pointer
/// A jump of the wall clock (or a suspended machine) that is worth naming the times anew.
constexpr double clockTolerance = 0.2;

double secondsOf(SteadyTime time)
{
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

double wallOffsetNow()
{
    return double(QDateTime::currentMSecsSinceEpoch()) / 1000 - secondsOf(std::chrono::steady_clock::now());
}

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::LatencyChart)
};

QString laneName(int lane)
{
    return lane == 0 ? Words::tr("Primary") : Words::tr("Standby");
}

QString laneWord(client::LaneState state)
{
    switch (state) {
    case client::LaneState::Empty:
        return Words::tr("no link");
    case client::LaneState::Connecting:
        return Words::tr("connecting");
    case client::LaneState::Ready:
        return Words::tr("ready");
    case client::LaneState::Active:
        break;
    }
    return Words::tr("active");
}

/// What became of the old link, and how long nothing came.
QString failoverWords(const client::LinkEvent &event)
{
    using namespace std::chrono_literals;
    const QString gap = event.outage < 1ms ? Words::tr("under 1\u00a0ms") : durationText(event.outage);
    return event.problem == client::Problem::HeartbeatMissed ? Words::tr("No answer · failover %1").arg(gap)
                                                             : Words::tr("Cut · failover %1").arg(gap);
}

} // namespace

LatencyChart::LatencyChart(ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
    , m_dots(m_plot->addGraph())
    , m_p50(m_plot->addGraph())
    , m_p95(m_plot->addGraph())
    , m_gaps(new GapBlocks(m_plot->axisRect()))
    , m_lanes(new LaneBars(m_plot->axisRect()))
    , m_marks(new EventMarks(m_plot->axisRect()))
    , m_extent{1, 1}
    , m_wallOffset(wallOffsetNow())
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setAccessibleName(tr("Round trips over time"));
    m_plot->setAccessibleName(accessibleName());
    m_plot->setMinimumSize(0, 0);
    m_plot->installEventFilter(this);

    m_dots->setObjectName(u"roundTrips"_s);
    m_p50->setObjectName(u"p50"_s);
    m_p95->setObjectName(u"p95"_s);
    m_dots->setLineStyle(QCPGraph::lsNone);

    setUpAxes(*m_plot, QMargins(0, topMargin, rightMargin, bottomMargin), axisLabelGap);
    m_plot->xAxis->setTickLabelPadding(LaneBars::depth + timeLabelGap);
    m_marks->setDepth(LaneBars::depth);
    // The names of the lanes stand under the labels of the value axis.
    QMargins margins = m_plot->axisRect()->margins();
    const QFontMetricsF metrics(fontFor(TextStyle::Micro));
    for (int lane = 0; lane < client::laneCount; ++lane)
        margins.setLeft(qMax(margins.left(), qCeil(metrics.horizontalAdvance(laneName(lane))) + 2 * axisLabelGap));
    m_plot->axisRect()->setMargins(margins);
    setScale(m_scale);
    connect(&themes, &ThemeController::themeChanged, this, &LatencyChart::applyTheme);
    applyTheme(themes.theme());
}

QSize LatencyChart::sizeHint() const
{
    return {880, 220};
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
    m_plot->replot();
}

void LatencyChart::setScale(Scale scale)
{
    m_scale = scale;
    setValueScale(*m_plot, scale == Scale::Logarithmic);
    fitValueAxis();
    m_plot->replot();
}

double LatencyChart::keyOf(SteadyTime time) const
{
    return secondsOf(time) + m_wallOffset;
}

void LatencyChart::show(
    const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window, const client::ConnectionState &state)
{
    const double wallOffset = wallOffsetNow();
    const bool clockJumped = std::abs(wallOffset - m_wallOffset) > clockTolerance;
    if (clockJumped)
        m_wallOffset = wallOffset;

    // Between two steps of the line only the time axis moves.
    const qint64 step = end.time_since_epoch() / LatencySeries::lineStep(window);
    if (clockJumped || series.revision() != m_shownRevision || step != m_shownStep || window != m_shownWindow) {
        m_shownRevision = series.revision();
        m_shownStep = step;
        m_shownWindow = window;
        showDots(series, end, window);
        showLines(series, end, window);
        showMarks(series, end, window);
        fitValueAxis();
    }
    showGaps(series, end, window); // one that still lasts grows with the clock
    showLanes(series, end, window, state);
    const std::chrono::duration<double> length = window;
    m_plot->xAxis->setRange(keyOf(end) - length.count(), keyOf(end));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LatencyChart::showDots(const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window)
{
    QVector<QCPGraphData> dots;
    m_extent = {1, 1};
    bool isFirst = true;
    const QList<LatencySeries::Sample> samples = series.samples(end, window);
    dots.reserve(samples.size());
    for (const LatencySeries::Sample &sample : samples) {
        const double ms = double(sample.rtt.count()) / 1000;
        dots.append({keyOf(sample.at), ms});
        m_extent = isFirst ? Extent{ms, ms} : Extent{qMin(m_extent.low, ms), qMax(m_extent.high, ms)};
        isFirst = false;
    }
    m_dots->data()->set(dots, true);
}

void LatencyChart::showLines(const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window)
{
    QVector<QCPGraphData> p50;
    QVector<QCPGraphData> p95;
    const QList<LatencySeries::LinePoint> points = series.line(end, window);
    for (const LatencySeries::LinePoint &point : points) {
        const double key = keyOf(point.at);
        p50.append({key, point.p50 / 1000});
        p95.append({key, point.p95 / 1000});
    }
    m_p50->data()->set(p50, true);
    m_p95->data()->set(p95, true);
}

void LatencyChart::showGaps(const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window)
{
    QList<GapBlocks::Block> blocks;
    const QList<LatencySeries::Gap> gaps = series.gaps(end, window);
    for (const LatencySeries::Gap &gap : gaps) {
        const auto length = std::chrono::round<std::chrono::seconds>(gap.length(end));
        const QString words = length < 1s ? tr("no link") : tr("no link %1").arg(spanText(length));
        blocks.append({keyOf(gap.from), keyOf(gap.to.value_or(end)), words});
    }
    m_gaps->setBlocks(blocks);
}

void LatencyChart::showMarks(const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window)
{
    QList<EventMarks::Mark> shown;
    const QList<client::LinkEvent> events = series.marks(end, window);
    for (const client::LinkEvent &event : events) {
        EventMarks::Mark mark{keyOf(event.at), {}, {}, Token::OkMark, false, 1};
        switch (event.kind) {
        case client::LinkEvent::Kind::Connected:
            mark.words = tr("Connected");
            break;
        case client::LinkEvent::Kind::Lost:
            mark.words = tr("Lost");
            mark.color = Token::ErrorMark;
            mark.prefersLeft = true;
            mark.rank = 2;
            break;
        case client::LinkEvent::Kind::Reconnected:
            mark.words =
                event.replayed == 0 ? tr("Reconnected") : tr("Reconnected · %n replayed", nullptr, int(event.replayed));
            mark.rank = 2;
            break;
        case client::LinkEvent::Kind::HeartbeatMissed:
            mark.words = tr("Heartbeat missed");
            mark.color = Token::WarnMark;
            mark.rank = 0;
            break;
        case client::LinkEvent::Kind::FailedOver:
            mark.words = failoverWords(event);
            mark.color = Token::WarnMark;
            mark.rank = 3;
            break;
        case client::LinkEvent::Kind::StandbyReady:
            mark.words = tr("Standby ready");
            mark.color = Token::Accent;
            mark.rank = 0;
            break;
        case client::LinkEvent::Kind::StandbyLost:
            mark.words = tr("Standby lost");
            mark.color = Token::WarnMark;
            mark.rank = 0;
            break;
        case client::LinkEvent::Kind::LaneChanged:
            continue;
        }
        mark.details = timeWithSeconds(event.wallAt) + u"  "_s + mark.words;
        shown.append(mark);
    }
    m_marks->setMarks(shown);
}

void LatencyChart::showLanes(
    const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window, const client::ConnectionState &state)
{
    LaneBars::Lanes lanes;
    const LatencySeries::Lanes spans = series.lanes(end, window);
    QStringList spoken;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const QString name = laneName(int(i));
        const client::Lane &now = state.lanes[i];
        lanes[i].name = name;
        for (const LatencySeries::LaneSpan &span : spans[i]) {
            //: Tooltip of a lane's bar: its name, its state, since when
            QString details = tr("%1: %2 since %3").arg(name, laneWord(span.state), timeWithSeconds(span.wallFrom));
            if (!span.to && span.state == now.state) {
                details += u" · "_s + now.peer.toString();
                if (now.roundTrip)
                    details += u" · "_s + durationText(*now.roundTrip);
            }
            lanes[i].bars.append({keyOf(span.from), keyOf(span.to.value_or(end)), span.state, details});
        }
        const bool isEmpty = spans[i].isEmpty() || spans[i].last().to;
        const bool isOther = state.lanes[1 - i].state == client::LaneState::Active;
        if (isEmpty && isOther)
            lanes[i].words = noStandbyText(state);
        const QString word = isEmpty ? laneWord(client::LaneState::Empty) : laneWord(spans[i].last().state);
        spoken.append(tr("%1: %2").arg(name, lanes[i].words.isEmpty() ? word : lanes[i].words));
    }
    m_lanes->setLanes(std::move(lanes));
    const QString description = spoken.join(u". "_s);
    if (description == accessibleDescription())
        return;
    setAccessibleDescription(description);
    m_plot->setAccessibleDescription(description);
}

void LatencyChart::fitValueAxis()
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

QString LatencyChart::tooltipAt(const QPointF &position) const
{
    QString details = m_marks->detailsAt(position);
    if (details.isEmpty())
        details = m_lanes->detailsAt(position);
    if (!details.isEmpty())
        return details;
    QVariant index;
    const double distance = m_dots->selectTest(position, false, &index);
    if (distance < 0 || distance > dotReach)
        return {};
    const QCPDataSelection selection = index.value<QCPDataSelection>();
    if (selection.isEmpty())
        return {};
    const auto dot = m_dots->data()->at(selection.dataRange().begin());
    const auto rtt = std::chrono::microseconds(std::llround(dot->value * 1000));
    return timeWithSeconds(WallTime(std::chrono::milliseconds(std::llround(dot->key * 1000)))) + u"  "_s
        + durationText(rtt);
}

} // namespace lanline::ui
