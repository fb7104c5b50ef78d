#include "tabgallery.h"

#include "fakefaultcontroller.h"
#include "fakeloadtestcontroller.h"
#include "linkstory.h"
#include "part.h"
#include "ui/panels/diagnosticspanel.h"
#include "ui/panels/faultstab.h"
#include "ui/panels/loadtesttab.h"
#include "ui/panels/slowesttab.h"
#include "ui/panels/threadstab.h"
#include "ui/widgets/faultframe.h"

#include <QCoreApplication>
#include <QPushButton>

#include <cmath>
#include <random>

namespace lanline::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Span = ui::DiagnosticsPanel::TabSpan;

namespace {

/// The panel as the application puts it together, over things that do nothing.
class Stage
{
public:
    Stage(QThread &network, ui::ThemeController &themes)
        : m_session({u"Alice"_s, {}}, &network)
    {
        m_record.follow(m_session);
        panel.emplace(m_record, themes);
        threads = new ui::ThreadsTab(themes);
        faultsTab = new ui::FaultsTab(faults, themes);
        loadTest = new ui::LoadTestTab(runs, themes);
        panel->addTab(threads, QCoreApplication::translate("lanline::app::Seat", "Threads"));
        panel->addTab(faultsTab, QCoreApplication::translate("lanline::app::Seat", "Faults"), Span::WholeWithoutTime);
        panel->addTab(loadTest, QCoreApplication::translate("lanline::app::Seat", "Load test"), Span::WholeWithoutTime);
        QObject::connect(&*panel, &ui::DiagnosticsPanel::refreshed, threads, [this](const ui::TimeRange &range) {
            if (threads->isVisible())
                threads->show(m_record, range);
        });
        QObject::connect(faultsTab, &ui::FaultsTab::runningCountChanged, &*panel,
            [this](int count) { panel->setTabBadge(faultsTab, count); });
        new ui::FaultFrame(faults, themes, &*panel);
        panel->resize(panel->sizeHint());
        story.emplace(m_session);
        story->online(u"Alice"_s, u"Studio LAN"_s);
    }

    /// A sample a second of each thread, for five minutes.
    void measureThreads()
    {
        const SteadyTime now = m_record.now();
        client::ThreadReport report;
        for (int ago = 299; ago >= 0; --ago) {
            const SteadyTime at = now - std::chrono::seconds(ago);
            const bool isFlushing = ago < 120 && ago % 40 < 18;
            report.samples.append({ThreadKind::Gui, at, lag(ago == 74 ? 380 : 0.5), 90, 2});
            report.samples.append({ThreadKind::Network, at, lag(0.2), 30, 0});
            report.samples.append({ThreadKind::Server, at, lag(0.4), 60, 1});
            report.samples.append({ThreadKind::Storage, at, lag(isFlushing ? 60 : 2), 810, isFlushing ? 38U : 3U});
        }
        const auto stall = [&](ThreadKind thread, int ago, std::chrono::milliseconds time, const QString &what,
                               quint32 heldUp) {
            report.stalls.append({thread, now - std::chrono::seconds(ago), time, what, heldUp});
        };
        stall(ThreadKind::Gui, 74, 380ms, u"Laying out messages"_s, 9);
        stall(ThreadKind::Storage, 31, 361ms, u"Waiting for the disk to confirm a write"_s, 38);
        stall(ThreadKind::Storage, 58, 203ms, u"Waiting for the disk to confirm a write"_s, 21);
        stall(ThreadKind::Server, 120, 92ms, u"Telling clients what was stored"_s, 4);
        stall(ThreadKind::Network, 140, 61ms, {}, 0);
        Q_EMIT m_session.threadsMeasured(report);
    }

    std::optional<ui::DiagnosticsPanel> panel;
    std::optional<LinkStory> story;
    FakeFaultController faults;
    FakeLoadTestController runs;
    ui::ThreadsTab *threads = nullptr;
    ui::FaultsTab *faultsTab = nullptr;
    ui::LoadTestTab *loadTest = nullptr;

private:
    std::chrono::microseconds lag(double ms)
    {
        return std::chrono::microseconds(std::llround(ms * std::exp(m_noise(m_random)) * 1000));
    }

    std::mt19937 m_random{5};
    std::normal_distribution<double> m_noise{0, 0.8};
    client::ChatSession m_session;
    ui::DiagnosticsRecord m_record;
};

} // namespace

TabGallery::TabGallery(QThread &network, ui::ThemeController &themes, Show show)
    : m_network(network)
    , m_themes(themes)
    , m_show(std::move(show))
{ }

void TabGallery::empty()
{
    Stage stage(m_network, m_themes);
    m_show(*stage.panel, u"tab-slowest-empty"_s);
    stage.story->message(20, true, {0.4, 1.1, 0.1, 0.2, 2.1, 0.6, 0.3, 4, 1.2, 2.4});
    stage.panel->traceMessage({RoomId(u"ops"_s), 7});
    m_show(*stage.panel, u"tab-slowest-unknown"_s);
    stage.panel->showTab(stage.threads);
    m_show(*stage.panel, u"tab-threads-empty"_s);
    stage.panel->showTab(stage.faultsTab);
    m_show(*stage.panel, u"tab-faults-none"_s);
    stage.panel->showTab(stage.loadTest);
    m_show(*stage.panel, u"tab-load-idle"_s);
}

void TabGallery::filled()
{
    Stage stage(m_network, m_themes);
    ui::DiagnosticsPanel &panel = *stage.panel;
    stage.measureThreads();
    panel.showTab(stage.threads);
    m_show(panel, u"tab-threads"_s);
    panel.resize(panel.minimumSize());
    m_show(panel, u"tab-threads-narrow"_s);
    panel.resize(panel.sizeHint());

    panel.showTab(stage.faultsTab);
    stage.faults.setImpossible(FaultKind::SlowDisk, u"the host allows no faults"_s);
    stage.faults.start({FaultKind::Delay, 50ms, 30s});
    stage.faults.start({FaultKind::StallGui, 200ms, 20s});
    m_show(panel, u"tab-faults-two"_s);
    panel.resize(panel.minimumSize());
    m_show(panel, u"tab-faults-narrow"_s);
    panel.resize(panel.sizeHint());
    stage.faults.stopAll();

    panel.showTab(stage.loadTest);
    part<QPushButton>(*stage.loadTest, u"run"_s).click();
    ui::LoadTestReport soFar = FakeLoadTestController::report();
    soFar.steps = soFar.steps.first(5);
    soFar.knee.reset();
    stage.runs.tell(soFar, 0.45);
    m_show(panel, u"tab-load-running"_s);
    ui::LoadTestReport earlier = FakeLoadTestController::report();
    earlier.beganAt -= 28min;
    earlier.note = u"before the new cable"_s;
    earlier.steps[3] = FakeLoadTestController::step(1000, 50, 4ms);
    stage.runs.setReports({earlier});
    stage.runs.finish(FakeLoadTestController::report());
    m_show(panel, u"tab-load-done"_s);
    panel.resize(panel.minimumSize());
    m_show(panel, u"tab-load-narrow"_s);
}

void TabGallery::longVerdicts()
{
    {
        // The longest sentence: this computer's network thread.
        Stage stage(m_network, m_themes);
        for (int i = 0; i < 60; ++i)
            stage.story->message(60 - i, true, {180.0 + i, 1.1, 0.1, 0.2, 2.1, 0.6, 0.3, 4, 1.2, 2.4, 0.1, 0.4, 0.7});
        m_show(*stage.panel, u"verdict-long"_s);
        stage.panel->resize(stage.panel->minimumSize());
        m_show(*stage.panel, u"verdict-long-narrow"_s);
    }
    Stage stage(m_network, m_themes);
    for (int i = 0; i < 12; ++i) {
        stage.story->roundTrip(12 - i, 2100us);
        stage.story->message(12 - i, true, {0.4, 1.1, 0.1, 0.2, 2.1, 0.6, 0.3, 4, 1.2, 2.4, 0.1, 0.4, 0.7});
    }
    m_show(*stage.panel, u"verdict-not-enough"_s);
}

} // namespace lanline::test
