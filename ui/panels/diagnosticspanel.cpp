#include "ui/panels/diagnosticspanel.h"

#include "ui/models/latencyverdict.h"
#include "ui/models/spantext.h"
#include "ui/panels/ledgertiles.h"
#include "ui/theme/icons.h"
#include "ui/widgets/chartlegend.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/latencychart.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/themedicon.h"
#include "ui/widgets/tile.h"
#include "ui/words.h"

#include <QAction>
#include <QDateTime>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <array>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr std::array<std::chrono::seconds, 4> windows{10s, 60s, 300s, 3600s};
constexpr int defaultWindow = 2;
constexpr auto shortestFrame = 100ms;
constexpr auto longestFrame = 1000ms;
constexpr int framesPerWindow = 800; // about one per pixel
constexpr int verdictIconSize = 24;

struct VerdictLook
{
    QLatin1StringView icon;
    Token color;
};

VerdictLook lookOf(LatencyVerdict::Kind kind)
{
    switch (kind) {
    case LatencyVerdict::Kind::NoLink:
        return {icons::Offline, Token::ErrorMark};
    case LatencyVerdict::Kind::NotEnoughData:
        return {icons::NotTested, Token::Control};
    case LatencyVerdict::Kind::Fast:
        return {icons::Pass, Token::OkMark};
    case LatencyVerdict::Kind::Fair:
        return {icons::Diagnostics, Token::TextSecondary};
    case LatencyVerdict::Kind::Uneven:
    case LatencyVerdict::Kind::Slow:
        break;
    }
    return {icons::Diagnostics, Token::WarnMark};
}

std::chrono::milliseconds frameOf(std::chrono::milliseconds window)
{
    return std::clamp<std::chrono::milliseconds>(window / framesPerWindow, shortestFrame, longestFrame);
}

ElidedLabel *makeElided(TextStyle style, Tone tone)
{
    auto *label = new ElidedLabel;
    label->setFont(fontFor(style));
    setTone(*label, tone);
    return label;
}

} // namespace

DiagnosticsPanel::DiagnosticsPanel(client::ChatSession &session, ThemeController &themes, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_session(session)
    , m_themes(themes)
    , m_state(session.state())
    , m_ledgers(session)
{
    setObjectName(u"diagnosticsPanel"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader(themes));
    layout->addWidget(makeLine(this));

    QWidget *body = makeGround("canvas"_L1, this);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(space::page, 12, space::page, 12);
    column->setSpacing(space::gap);
    column->addWidget(makeVerdictCard(themes));
    column->addWidget(makeTiles(themes));
    m_ledgerTiles = new LedgerTiles(themes);
    column->addWidget(m_ledgerTiles);
    column->addWidget(makeChartCard(themes), 1);
    layout->addWidget(body, 1);
    setMinimumSize(680, 560);
    resize(sizeHint());

    m_soon.setSingleShot(true);
    m_soon.setInterval(shortestFrame);
    connect(&m_clock, &QTimer::timeout, this, &DiagnosticsPanel::refresh);
    connect(&m_soon, &QTimer::timeout, this, &DiagnosticsPanel::refresh);
    connect(&session, &client::ChatSession::roundTripMeasured, this,
        [this](const client::RoundTrip &roundTrip) { m_series.add(roundTrip); });
    connect(&session, &client::ChatSession::linkEventHappened, this, [this](const client::LinkEvent &event) {
        m_series.add(event);
        refreshSoon();
    });
    connect(&session, &client::ChatSession::stateChanged, this, [this](const client::ConnectionState &state) {
        m_state = state;
        showTitle();
        refreshSoon();
    });
    connect(&m_ledgers, &LedgerWatch::changed, this, &DiagnosticsPanel::refreshSoon);
    showTitle();
    refresh();
}

QSize DiagnosticsPanel::sizeHint() const
{
    return {960, 700};
}

QWidget *DiagnosticsPanel::makeHeader(ThemeController &themes)
{
    QWidget *header = makeGround("surface"_L1, this);
    header->setFixedHeight(qMax(bar::header - 2, fontMetrics().height() * 2));
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(space::page, 0, 12, 0);
    row->setSpacing(12);
    row->addWidget(makeLabel(tr("Diagnostics"), TextStyle::Heading));
    m_title = makeElided(TextStyle::Base, Tone::Secondary);
    row->addWidget(m_title, 1);
    m_pausedWords = makeLabel({}, TextStyle::Small, Tone::Tertiary);
    row->addWidget(m_pausedWords);

    QStringList names;
    for (const std::chrono::seconds window : windows)
        names.append(windowText(window));
    m_windows = new SegmentedControl(tr("Window of time"), names);
    m_windows->setObjectName(u"windowSelector"_s);
    m_windows->setCurrent(defaultWindow);
    connect(m_windows, &SegmentedControl::chosen, this, [this] { setWindow(window()); });
    row->addWidget(m_windows);

    m_pause = new IconButton(themes, icons::Pause, tr("Pause"));
    m_pause->setObjectName(u"pauseButton"_s);
    m_pause->setCheckable(true);
    connect(m_pause, &IconButton::toggled, this, &DiagnosticsPanel::setPaused);
    row->addWidget(m_pause);
    m_header = row;
    return header;
}

void DiagnosticsPanel::addTool(QAction *action, QLatin1StringView icon)
{
    QPushButton *button = makeButton(action->text(), ButtonKind::Plain);
    button->setObjectName(action->objectName());
    button->setToolTip(action->toolTip());
    const auto paint = [button, icon](const Theme &theme) {
        button->setIcon(themedIcon(icon, theme[Token::TextSecondary], theme[Token::DisabledText]));
    };
    const auto follow = [button, action] { button->setEnabled(action->isEnabled()); };
    connect(&m_themes, &ThemeController::themeChanged, button, paint);
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    paint(m_themes.theme());
    follow();
    m_header->addWidget(button);
}

QWidget *DiagnosticsPanel::makeVerdictCard(ThemeController &themes)
{
    QFrame *card = makeCard();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::card, 14, space::card, 14);
    row->setSpacing(14);
    m_verdictIcon = new ThemedIcon(themes, icons::NotTested, verdictIconSize, Token::Control);
    row->addWidget(m_verdictIcon);

    auto *words = new QVBoxLayout;
    words->setSpacing(3);
    m_verdict = makeElided(TextStyle::Verdict, Tone::Normal);
    m_verdict->setObjectName(u"verdict"_s);
    m_verdictDetail = makeElided(TextStyle::Base, Tone::Secondary);
    m_verdictDetail->setObjectName(u"verdictDetail"_s);
    words->addWidget(m_verdict);
    words->addWidget(m_verdictDetail);
    row->addLayout(words, 1);
    static_cast<QVBoxLayout *>(card->layout())->addLayout(row);
    return card;
}

QWidget *DiagnosticsPanel::makeTiles(ThemeController &themes)
{
    auto *tiles = new QWidget;
    auto *row = new QHBoxLayout(tiles);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::gap);
    const auto add = [&](const QString &objectName, const QString &name, const QString &tooltip) {
        auto *tile = new Tile(themes, name);
        tile->setObjectName(objectName);
        tile->setToolTip(tooltip);
        row->addWidget(tile, 1);
        return tile;
    };
    m_p50 = add(u"tileP50"_s, tr("P50"), tr("Half of all round trips took at most this long."));
    m_p95 = add(u"tileP95"_s, tr("P95"), tr("95 of 100 round trips took at most this long."));
    m_p99 = add(u"tileP99"_s, tr("P99"), {});
    m_jitter = add(u"tileJitter"_s, tr("Jitter"),
        tr("How much one round trip differs from the one before it: the mean of the absolute differences."));
    m_missed = add(u"tileMissed"_s, tr("Missed"), tr("Heartbeats that the host did not answer in time."));
    return tiles;
}

QWidget *DiagnosticsPanel::makeChartCard(ThemeController &themes)
{
    QFrame *card = makeCard();
    auto *column = static_cast<QVBoxLayout *>(card->layout());
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::card, 8, space::gap, 0);
    row->setSpacing(space::card);
    row->addWidget(makeLabel(tr("Round trips"), TextStyle::Base, QFont::DemiBold));
    row->addWidget(new ChartLegend(themes,
        {{ChartLegend::Mark::Dot, Token::SeriesDot, tr("heartbeat")},
            {ChartLegend::Mark::SolidLine, Token::SeriesP50, tr("P50")},
            {ChartLegend::Mark::DashedLine, Token::SeriesP95, tr("P95")},
            {ChartLegend::Mark::Bar, Token::Accent, tr("active")},
            {ChartLegend::Mark::OutlinedBar, Token::LaneReady, tr("ready")}}));
    row->addStretch(1);
    auto *scales = new SegmentedControl(tr("Scale"), {tr("Linear"), tr("Log")});
    scales->setObjectName(u"scaleSelector"_s);
    scales->setCurrent(1);
    row->addWidget(scales);
    column->addLayout(row);

    m_chart = new LatencyChart(themes);
    m_chart->setObjectName(u"latencyChart"_s);
    connect(scales, &SegmentedControl::chosen, m_chart, [chart = m_chart](int index) {
        chart->setScale(index == 0 ? LatencyChart::Scale::Linear : LatencyChart::Scale::Logarithmic);
    });
    auto *frame = new QVBoxLayout;
    frame->setContentsMargins(4, 0, 1, 4);
    frame->addWidget(m_chart);
    column->addLayout(frame, 1);
    return card;
}

std::chrono::seconds DiagnosticsPanel::window() const
{
    return windows[std::size_t(m_windows->current())];
}

void DiagnosticsPanel::setWindow(std::chrono::seconds window)
{
    const auto found = std::find(windows.begin(), windows.end(), window);
    if (found == windows.end())
        return;
    m_windows->setCurrent(int(found - windows.begin()));
    m_clock.setInterval(frameOf(window));
    refresh();
}

void DiagnosticsPanel::setPaused(bool isPaused)
{
    if (isPaused == this->isPaused())
        return;
    m_paused = isPaused ? std::optional(moment()) : std::nullopt;
    m_pause->setChecked(isPaused);
    m_pause->setGlyph(isPaused ? icons::Play : icons::Pause, isPaused ? tr("Go on") : tr("Pause"));
    m_pausedWords->setText(
        isPaused ? tr("Paused at %1").arg(QDateTime::currentDateTime().toString(u"HH:mm:ss"_s)) : QString());
    refresh();
}

LatencySummary DiagnosticsPanel::latencySummary() const
{
    return m_series.summary(moment().at, window());
}

DiagnosticsPanel::Moment DiagnosticsPanel::moment() const
{
    return m_paused ? *m_paused : Moment{std::chrono::steady_clock::now(), m_state, m_ledgers.account()};
}

void DiagnosticsPanel::refreshSoon()
{
    if (isVisible() && !m_soon.isActive())
        m_soon.start();
}

void DiagnosticsPanel::refresh()
{
    m_soon.stop();
    const Moment shown = moment();
    const LatencySummary summary = m_series.summary(shown.at, window());
    showVerdict(shown, summary);
    showFigures(summary);
    m_ledgerTiles->show(shown.ledgers);
    m_chart->show(m_series, shown.at, window(), shown.state);
}

void DiagnosticsPanel::showVerdict(const Moment &moment, const LatencySummary &summary)
{
    std::optional<WallTime> lostAt;
    const QList<LatencySeries::Gap> gaps = m_series.gaps(moment.at, LatencySeries::longestWindow);
    if (!gaps.isEmpty() && !gaps.last().to)
        lostAt = gaps.last().wallFrom;

    const LatencyVerdict verdict = verdictOf(summary, window(), moment.state, lostAt);
    m_verdict->setFullText(verdict.sentence);
    m_verdictDetail->setFullText(verdict.detail);
    const VerdictLook look = lookOf(verdict.kind);
    m_verdictIcon->setIcon(look.icon, look.color);
}

void DiagnosticsPanel::showFigures(const LatencySummary &summary)
{
    const bool hasData = summary.count > 0;
    const bool hasP99 = summary.count >= LatencySeries::enoughForP99;
    const QString ofWindow = tr("n %1 · %2").arg(summary.count).arg(windowText(window()));
    const auto set = [&](Tile *tile, LatencySummary::Duration duration, const QString &caption) {
        tile->setValue(hasData ? durationText(duration) : QString());
        tile->setCaption(caption);
    };
    set(m_p50, summary.p50, ofWindow);
    set(m_p95, summary.p95, ofWindow);
    set(m_jitter, summary.jitter, ofWindow);

    m_p99->setName(hasP99 ? tr("P99") : tr("Max"));
    m_p99->setToolTip(hasP99 ? tr("99 of 100 round trips took at most this long.")
                             : tr("The slowest of all. Below 100 round trips a P99 would say little."));
    set(m_p99, hasP99 ? summary.p99 : summary.max, hasP99 ? ofWindow : tr("P99 from n 100"));

    m_missed->setValue(summary.beats() > 0 ? QString::number(summary.missed) : QString());
    m_missed->setCaption(tr("of %n beat(s)", nullptr, int(summary.beats())));
}

void DiagnosticsPanel::showTitle()
{
    const QString server = m_state.serverName.isEmpty() ? addressText(m_state.url) : m_state.serverName;
    QString title = m_state.self.name;
    if (!server.isEmpty())
        title += (title.isEmpty() ? u"→ "_s : u" → "_s) + server;
    m_title->setFullText(title);
    setWindowTitle(title.isEmpty() ? tr("Diagnostics") : tr("Diagnostics · %1").arg(title));
}

void DiagnosticsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_ledgers.setActive(true);
    m_clock.start(frameOf(window()));
    refresh();
}

void DiagnosticsPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_ledgers.setActive(false);
    m_clock.stop();
    m_soon.stop();
}

} // namespace lanline::ui
