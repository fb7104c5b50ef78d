#include "ui/panels/loadtestresult.h"

#include "ui/models/loadtestverdict.h"
#include "ui/theme/icons.h"
#include "ui/widgets/histogramplot.h"
#include "ui/widgets/loadplot.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/themedicon.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/tilegrid.h"
#include "ui/words.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

enum TileIndex : quint8 { P50, P95, P99, Longest, Success, Throughput, ServerCpu, Lost };

constexpr int markExtent = 24;
constexpr int plotHeight = 132;
constexpr int histogramStretch = 3;
constexpr int loadStretch = 2;
constexpr int progressHeight = 3;

QString countText(quint64 count)
{
    return u"n "_s + QLocale().toString(count);
}

} // namespace

LoadTestResult::LoadTestResult(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::gap);
    column->addWidget(makeVerdict(themes));
    column->addWidget(makeTiles(themes));
    column->addWidget(makePlots(themes), 1);
    m_machine = makeLabel({}, TextStyle::Small, Tone::Tertiary);
    m_machine->setObjectName(u"machine"_s);
    m_machine->setWordWrap(true);
    column->addWidget(m_machine);
}

QWidget *LoadTestResult::makeVerdict(const ThemeController &themes)
{
    QFrame *card = makeCard();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::card, 12, space::card, 12);
    row->setSpacing(14);
    m_mark = new ThemedIcon(themes, icons::Pass, markExtent, Token::OkMark);
    row->addWidget(m_mark);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    m_sentence = makeLabel({}, TextStyle::Verdict);
    m_sentence->setObjectName(u"sentence"_s);
    m_sentence->setWordWrap(true);
    m_detail = makeLabel({}, TextStyle::Small, Tone::Secondary);
    m_detail->setObjectName(u"detail"_s);
    m_detail->setWordWrap(true);
    words->addWidget(m_sentence);
    words->addWidget(m_detail);
    row->addLayout(words, 1);
    m_when = makeLabel({}, TextStyle::Small, Tone::Tertiary);
    row->addWidget(m_when);
    m_progress = new QProgressBar;
    m_progress->setObjectName(u"progress"_s);
    m_progress->setAccessibleName(tr("Progress of the load test"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(progressHeight);
    QSizePolicy policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(policy);
    auto *column = qobject_cast<QVBoxLayout *>(card->layout());
    column->addLayout(row);
    column->addWidget(m_progress);
    return card;
}

QWidget *LoadTestResult::makeTiles(const ThemeController &themes)
{
    auto *tiles = new TileGrid;
    const std::array names{
        u"P50"_s, u"P95"_s, u"P99"_s, tr("Max"), tr("Success"), tr("Throughput"), tr("Server CPU"), tr("Lost")};
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        m_tiles[i] = tiles->addTile(new Tile(themes, names[i]));
    }
    return tiles;
}

QWidget *LoadTestResult::makePlots(const ThemeController &themes)
{
    auto *plots = new QWidget;
    auto *row = new QHBoxLayout(plots);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::gap);
    const auto makePlotCard = [](QLabel *title, const QString &hint, QWidget *plot) {
        QFrame *card = makeCard();
        auto *head = new QHBoxLayout;
        head->setSpacing(space::gap);
        head->addWidget(title);
        head->addWidget(makeLabel(hint, TextStyle::Small, Tone::Tertiary), 1);
        plot->setMinimumHeight(plotHeight);
        auto *column = qobject_cast<QVBoxLayout *>(card->layout());
        column->setContentsMargins(space::card, 10, space::card, 10);
        column->setSpacing(space::small);
        column->addLayout(head);
        column->addWidget(plot, 1);
        return card;
    };
    m_histogramTitle = makeLabel({}, TextStyle::Base, QFont::DemiBold);
    m_histogram = new HistogramPlot(themes);
    m_load = new LoadPlot(themes);
    row->addWidget(makePlotCard(m_histogramTitle, tr("logarithmic"), m_histogram), histogramStretch);
    row->addWidget(makePlotCard(makeLabel(tr("Over load"), TextStyle::Base, QFont::DemiBold), tr("messages/s"), m_load),
        loadStretch);
    return plots;
}

void LoadTestResult::show(const LoadTestReport &report)
{
    const LoadTestVerdict verdict = loadTestVerdict(report);
    switch (verdict.mood) {
    case LoadTestVerdict::Mood::Good:
        m_mark->setIcon(icons::Pass, Token::OkMark);
        break;
    case LoadTestVerdict::Mood::Limited:
        m_mark->setIcon(icons::Pass, Token::WarnMark);
        break;
    case LoadTestVerdict::Mood::Bad:
        m_mark->setIcon(icons::Fail, Token::ErrorMark);
        break;
    }
    m_sentence->setText(verdict.sentence);
    m_detail->setText(verdict.detail);
    m_detail->setVisible(!verdict.detail.isEmpty());
    m_progress->hide();
    showSide(report);
    showFigures(report);
    m_load->show(report);
}

void LoadTestResult::showProgress(const LoadTestReport &soFar, double share)
{
    m_mark->setIcon(icons::Diagnostics, Token::Accent);
    if (soFar.steps.isEmpty()) {
        m_sentence->setText(tr("Clients are coming in"));
        m_detail->setText(tr("Then it is seen how the members fare without the test."));
    } else {
        m_sentence->setText(tr("Trying %1 messages/s").arg(rateText(soFar.steps.constLast().offered)));
        //: %1 of %2 steps of a ramp
        m_detail->setText(tr("Step %1 of %2 at most").arg(soFar.steps.size()).arg(int(loadrule::ramp.size())));
    }
    m_detail->show();
    m_progress->setValue(int(std::lround(share * m_progress->maximum())));
    m_progress->show();
    showSide(soFar);
    showFigures(soFar);
    m_load->show(soFar);
}

void LoadTestResult::showSide(const LoadTestReport &report)
{
    //: Two times of day
    m_when->setText(tr("%1 – %2").arg(timeWithSeconds(report.beganAt), timeWithSeconds(report.endedAt)));
    const bool isKnown = report.isSameMachine || !report.steps.isEmpty();
    QString below = isKnown ? loadTestMachineText(report) : QString();
    if (report.membersDuring.count() > 0) {
        //: The median round trip of the person's own link before and during a load test
        below += u' '
            + tr("Members’ round trip: %1 before, %2 meanwhile.")
                  .arg(durationText(report.membersBefore), durationText(report.membersDuring));
    }
    m_machine->setText(below.trimmed());
}

void LoadTestResult::showFigures(const LoadTestReport &report)
{
    const auto shown = shownStep(report);
    const LoadTestStep step = shown ? report.steps.at(*shown) : LoadTestStep();
    const bool isKnown = !step.delivery.isEmpty();
    const auto set = [&](TileIndex tile, const QString &value, const QString &caption, Token tone = Token::Text) {
        m_tiles[tile]->setValue(isKnown ? value : QString(), tone);
        m_tiles[tile]->setCaption(isKnown ? caption : QString());
    };
    const QString count = countText(step.delivery.count());
    set(P50, durationText(step.delivery.percentile(50)), count);
    set(P95, durationText(step.delivery.percentile(95)), count);
    set(P99, durationText(step.delivery.percentile(99)), count);
    set(Longest, durationText(step.delivery.max()), tr("at %1").arg(timeWithSeconds(step.longestAt)));
    set(Success, shareText(step.success()), tr("%1 stored").arg(QLocale().toString(step.succeeded)),
        step.success() < loadrule::leastSuccess ? Token::ErrorText : Token::Text);
    set(Throughput, throughputText(step.throughput()), tr("deliveries"));
    set(ServerCpu, report.serverCpuPerDelivery ? cpuText(*report.serverCpuPerDelivery) : QString(),
        report.serverCpuPerDelivery ? tr("per delivery") : tr("not known"));
    set(Lost, QLocale().toString(report.lost), tr("all have all"), report.lost == 0 ? Token::OkText : Token::ErrorText);
    if (report.lost > 0)
        m_tiles[Lost]->setCaption(tr("not delivered"));
    m_histogramTitle->setText(
        isKnown ? tr("Delivery time at %1 messages/s").arg(rateText(step.offered)) : tr("Delivery time"));
    m_histogram->show(step.delivery);
}

} // namespace lanline::ui
