#include "ui/panels/diagnosticspanel.h"

#include "core/work.h"
#include "ui/models/diagnosis.h"
#include "ui/models/spantext.h"
#include "ui/panels/chartcard.h"
#include "ui/panels/diagnosticsheader.h"
#include "ui/panels/exportmenu.h"
#include "ui/panels/figuretiles.h"
#include "ui/panels/slowesttab.h"
#include "ui/panels/verdictcard.h"
#include "ui/widgets/latencychart.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/rangepicker.h"
#include "ui/widgets/tabbar.h"
#include "ui/words.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr auto shortestFrame = 100ms;
constexpr auto longestFrame = 1000ms;
constexpr auto longestRest = 4500ms; // a pixel of an hour
constexpr auto promptly = 33ms; // while somebody drags
constexpr int framesPerWindow = 800; // about one per pixel
/// A refresh is followed by a rest of this many times what it took, so that the panel stays a small part of a core's
/// work however much there is to show.
constexpr int restFactor = 30;
constexpr QSize usualSize(960, 760);
constexpr int usualPages = 246; // what thirteen hops need
constexpr int leastPages = 120;

std::chrono::milliseconds frameOf(std::chrono::milliseconds window)
{
    return std::clamp<std::chrono::milliseconds>(window / framesPerWindow, shortestFrame, longestFrame);
}

} // namespace

DiagnosticsPanel::DiagnosticsPanel(DiagnosticsRecord &record, ThemeController &themes, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_record(record)
    , m_header(new DiagnosticsHeader(themes,
          new ExportMenu(
              record, [this] { return range(); }, *this)))
{
    setObjectName(u"diagnosticsPanel"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(makeLine(this));
    m_overview = makeOverview(themes);
    // Where a screen is too low for all of it, the upper part scrolls.
    m_upper = new QScrollArea;
    m_upper->setFrameShape(QFrame::NoFrame);
    m_upper->setWidgetResizable(true);
    m_upper->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_upper->setFocusPolicy(Qt::NoFocus);
    m_upper->setWidget(m_overview);
    layout->addWidget(m_upper, 1);
    layout->addWidget(makeTabs(themes), 0);
    m_pages = new QStackedWidget;
    layout->addWidget(m_pages, 1);
    setMinimumSize(680, 480);
    resize(sizeHint());

    m_next.setSingleShot(true);
    m_slowest = new SlowestTab(themes);
    connectParts();
    addTab(m_slowest, tr("Slowest messages"), TabSpan::UnderChart);
    showTitle();
    refresh();
}

QSize DiagnosticsPanel::sizeHint() const
{
    return usualSize;
}

QWidget *DiagnosticsPanel::makeOverview(ThemeController &themes)
{
    QWidget *overview = makeGround("canvas"_L1, this);
    auto *column = new QVBoxLayout(overview);
    column->setContentsMargins(space::page, 12, space::page, space::gap);
    column->setSpacing(space::gap);
    m_verdict = new VerdictCard(themes);
    m_tiles = new FigureTiles(themes);
    m_chart = new ChartCard(themes);
    m_picker = &m_chart->chart().picker();
    column->addWidget(m_verdict);
    column->addWidget(m_tiles);
    column->addWidget(m_chart, 1);
    return overview;
}

QWidget *DiagnosticsPanel::makeTabs(ThemeController &themes)
{
    QWidget *ground = makeGround("surface"_L1, this);
    auto *column = new QVBoxLayout(ground);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs = new TabBar(themes);
    m_tabs->setObjectName(u"tabs"_s);
    m_tabs->setAccessibleName(tr("Details"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::page, 0, space::page, 0);
    row->addWidget(m_tabs);
    row->addStretch(1);
    column->addWidget(makeLine());
    column->addLayout(row);
    column->addWidget(makeLine());
    return ground;
}

void DiagnosticsPanel::connectParts()
{
    connect(&m_next, &QTimer::timeout, this, &DiagnosticsPanel::refresh);
    connect(&m_record, &DiagnosticsRecord::changed, this, [this] {
        showTitle();
        refreshWithin(shortestFrame);
    });
    connect(m_header, &DiagnosticsHeader::windowChosen, this, &DiagnosticsPanel::setWindow);
    connect(m_header, &DiagnosticsHeader::pauseToggled, this, &DiagnosticsPanel::setPaused);
    connect(m_header, &DiagnosticsHeader::rangeCleared, this, [this] {
        m_picker->range().clear();
        refresh();
    });
    connect(m_picker, &RangePicker::changed, this, [this] { refreshWithin(promptly); });
    connect(&m_chart->chart(), &LatencyChart::messageChosen, this, &DiagnosticsPanel::traceMessage);
    connect(m_slowest, &SlowestTab::detailWanted, &m_record, &DiagnosticsRecord::requestDetail);
    connect(m_tabs, &TabBar::currentChanged, this, &DiagnosticsPanel::onTabChosen);
}

// ---- tabs ----------------------------------------------------------------------------------------------------------

void DiagnosticsPanel::addTab(QWidget *tab, const QString &name, TabSpan span)
{
    m_spans.append(span);
    m_pages->addWidget(tab);
    m_tabs->addTab(name);
    onTabChosen(m_tabs->currentIndex());
}

void DiagnosticsPanel::setTabBadge(QWidget *tab, int count)
{
    if (const int index = m_pages->indexOf(tab); index >= 0)
        m_tabs->setBadge(index, count);
}

void DiagnosticsPanel::showTab(QWidget *tab)
{
    if (const int index = m_pages->indexOf(tab); index >= 0)
        m_tabs->setCurrentIndex(index);
}

void DiagnosticsPanel::traceMessage(const MessageKey &message)
{
    m_slowest->choose(message);
    showTab(m_slowest);
    refresh();
}

void DiagnosticsPanel::onTabChosen(int index)
{
    if (index < 0 || index >= m_pages->count())
        return;
    m_pages->setCurrentIndex(index);
    m_upper->setVisible(m_spans[index] == TabSpan::UnderChart);
    fitPages();
    m_header->setTimeShown(m_spans[index] != TabSpan::WholeWithoutTime);
    refresh();
}

/// Under the chart, half of what a window has more than usual; all of what is missing.
void DiagnosticsPanel::fitPages()
{
    const int more = height() - usualSize.height();
    const bool isUnderChart = m_upper->isVisibleTo(this);
    m_pages->setMinimumHeight(isUnderChart ? qMax(leastPages, usualPages + (more > 0 ? more / 2 : more)) : 0);
    m_pages->setMaximumHeight(isUnderChart ? m_pages->minimumHeight() : QWIDGETSIZE_MAX);
}

void DiagnosticsPanel::addTool(QAction *action, QLatin1StringView icon)
{
    m_header->addTool(action, icon);
}

// ---- time ----------------------------------------------------------------------------------------------------------

std::chrono::seconds DiagnosticsPanel::window() const
{
    return m_header->window();
}

void DiagnosticsPanel::setWindow(std::chrono::seconds window)
{
    m_header->setWindow(window);
    m_picker->range().clear();
    refresh();
}

void DiagnosticsPanel::setPaused(bool isPaused)
{
    if (isPaused == this->isPaused() || !m_record.isLive())
        return;
    m_paused = isPaused ? std::optional(moment()) : std::nullopt;
    m_header->setPaused(isPaused ? std::optional(m_record.wallOf(m_paused->at)) : std::nullopt);
    refresh();
}

TimeRange DiagnosticsPanel::range() const
{
    return m_picker->range().lookedAt();
}

LatencySummary DiagnosticsPanel::latencySummary() const
{
    return m_record.links().summary(moment().at, window());
}

DiagnosticsPanel::Moment DiagnosticsPanel::moment() const
{
    return m_paused ? *m_paused : Moment{m_record.now(), m_record.state(), m_record.ledgers()};
}

// ---- refreshing ----------------------------------------------------------------------------------------------------

/// Of a time that is over the link's present state says nothing.
client::ConnectionState DiagnosticsPanel::stateFor(const TimeRange &range, const Moment &shown) const
{
    client::ConnectionState state = shown.state;
    if (range.to < shown.at || !m_record.isLive())
        state.phase = client::Phase::Online;
    return state;
}

void DiagnosticsPanel::refreshWithin(std::chrono::milliseconds delay)
{
    if (!isVisible())
        return;
    // Whoever drags sees it follow; what comes by itself waits until the last refresh is paid for.
    const bool isByPerson = delay < shortestFrame;
    const auto since = std::chrono::milliseconds(m_sinceRefresh.elapsed());
    const auto rest = (isByPerson ? delay : std::max(delay, m_rest)) - since;
    const auto wait = std::max<std::chrono::milliseconds>(rest, 0ms);
    if (!m_next.isActive() || m_next.remainingTimeAsDuration() > wait)
        m_next.start(wait);
}

void DiagnosticsPanel::refresh()
{
    const WorkScope scope("Refreshing the diagnostics");
    QElapsedTimer took;
    took.start();
    const Moment shown = moment();
    m_picker->range().setWindow({shown.at - window(), shown.at});
    const TimeRange looked = range();
    if (m_upper->isVisible() || !isVisible()) {
        const Diagnosis diagnosis = diagnose(m_record, looked, stateFor(looked, shown));
        m_verdict->show(diagnosis);
        m_chart->show(m_record, shown.state);
        const QString name = m_picker->range().isNarrowed()
            ? spanText(std::chrono::round<std::chrono::seconds>(looked.length()))
            : windowText(window());
        m_tiles->show({looked, name, diagnosis, m_chart->chart().showsMessages()}, m_record.links(), shown.ledgers);
    }
    if (m_pages->currentWidget() == m_slowest)
        m_slowest->show(m_record, looked);
    showChosenRange();
    Q_EMIT refreshed(looked);

    m_sinceRefresh.start();
    const auto cost = std::chrono::microseconds(took.nsecsElapsed() / 1000) + m_chart->chart().drawingTime();
    m_rest = std::min<std::chrono::milliseconds>(
        std::chrono::duration_cast<std::chrono::milliseconds>(cost * restFactor), longestRest);
    if (isVisible())
        m_next.start(std::max(frameOf(window()), m_rest));
}

void DiagnosticsPanel::showChosenRange()
{
    if (!m_picker->range().isNarrowed()) {
        m_header->setChosenRange({});
        return;
    }
    const TimeRange chosen = range();
    m_header->setChosenRange(
        u"%1–%2"_s.arg(timeWithSeconds(m_record.wallOf(chosen.from)), timeWithSeconds(m_record.wallOf(chosen.to))));
}

void DiagnosticsPanel::showTitle()
{
    const client::ConnectionState &state = m_record.state();
    const QString server = state.serverName.isEmpty() ? addressText(state.url) : state.serverName;
    QString people = state.self.name;
    if (!server.isEmpty())
        people += (people.isEmpty() ? u"→ "_s : u" → "_s) + server;
    QString heading = tr("Diagnostics");
    if (!m_record.isLive()) {
        const QDateTime savedAt = localTime(m_record.wallOf(m_record.now()));
        //: Of a recording's title: the day and the time, as QLocale writes them
        heading = tr("Recording of %1").arg(QLocale().toString(savedAt, tr("d MMM HH:mm")));
    }
    m_header->setHeading(heading, people);
    m_header->setPausable(m_record.isLive()); // a record may begin to follow after its panel was made
    setWindowTitle(people.isEmpty() ? heading : tr("%1 · %2").arg(heading, people));
}

// ---- events --------------------------------------------------------------------------------------------------------

void DiagnosticsPanel::keyPressEvent(QKeyEvent *event)
{
    const int digit = event->key() - Qt::Key_1;
    if (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier))
        QWidget::keyPressEvent(event);
    else if (event->key() == Qt::Key_Space)
        setPaused(!isPaused());
    else if (event->key() == Qt::Key_L)
        m_chart->toggleScale();
    else if (digit >= 0 && digit < int(DiagnosticsHeader::windows.size()))
        setWindow(DiagnosticsHeader::windows[std::size_t(digit)]);
    else if (event->key() == Qt::Key_Escape && m_picker->range().clearOne())
        refresh();
    else
        QWidget::keyPressEvent(event);
}

void DiagnosticsPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitPages();
}

void DiagnosticsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_record.setActive(true);
    showTitle();
    refresh();
}

void DiagnosticsPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_record.setActive(false);
    m_next.stop();
}

} // namespace lanline::ui
