#include "app/loadtest/loadtester.h"

#include "app/loadtest/loadpage.h"
#include "app/loadtest/loadrun.h"
#include "app/page/page.h"
#include "client/chatsession.h"

#include <QCoreApplication>

namespace lanline::loadtest {

using namespace Qt::Literals::StringLiterals;

LoadTester::LoadTester(client::ChatSession &session, const QString &folder, QObject *parent)
    : LoadTestController(parent)
    , m_session(session)
    , m_reports(folder)
{
    m_thread.setObjectName(u"loadtest"_s);
    connect(&session, &client::ChatSession::roundTripMeasured, this, &LoadTester::onRoundTrip);
}

LoadTester::~LoadTester()
{
    endThread();
}

void LoadTester::start(const ui::LoadTestPlan &plan)
{
    if (m_isRunning)
        return;
    const client::ConnectionState &state = m_session.state();
    const ui::LoadTestPlan bounds = bounded(plan);
    m_isRunning = true;
    m_server = state.serverId;
    m_serverName = state.serverName;
    if (state.phase != client::Phase::Online) {
        ui::LoadTestReport report;
        report.plan = bounds;
        report.end = ui::LoadTestReport::End::Failed;
        report.problem = tr("There is no connection to a host.");
        report.beganAt = SystemTime().wallNow();
        report.endedAt = report.beganAt;
        // Whoever starts it hears of its end as of any other.
        QMetaObject::invokeMethod(
            this, [this, report] { conclude(report); }, Qt::QueuedConnection);
        return;
    }
    Q_EMIT measuringWanted(true);
    LoadRunSetup setup;
    setup.url = state.url;
    setup.plan = bounds;
    setup.app = u"%1 %2 load test"_s.arg(QCoreApplication::applicationName(), QCoreApplication::applicationVersion());
    //: What the guests of a load test are called, with a number behind it
    setup.guestName = tr("Load test");
    //: The title of the room in which load tests happen
    setup.roomTitle = tr("Load test");
    setup.secrets = m_reports.secretsFor(m_server);

    m_run = new LoadRun(std::move(setup));
    m_run->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, m_run, &LoadRun::begin);
    m_hasRunGone.store(false, std::memory_order_relaxed);
    connect(&m_thread, &QThread::finished, m_run, [this, run = m_run] {
        delete run;
        m_hasRunGone.store(true, std::memory_order_release);
    });
    connect(this, &LoadTester::stopRequested, m_run, &LoadRun::stop);
    connect(this, &LoadTester::roundTripTold, m_run, &LoadRun::noteRoundTrip);
    connect(m_run, &LoadRun::progressed, this, &LoadTester::onProgressed);
    connect(m_run, &LoadRun::guestsKnown, this, &LoadTester::onGuestsKnown);
    connect(m_run, &LoadRun::finished, this, &LoadTester::onFinished);
    m_thread.start();
}

void LoadTester::stop()
{
    Q_EMIT stopRequested(QPrivateSignal());
}

void LoadTester::setNote(WallTime beganAt, const QString &note)
{
    m_reports.setNote(beganAt, note);
}

Result<void, QString> LoadTester::saveHtml(const ui::LoadTestReport &report, const QString &path)
{
    if (const auto written = page::write(loadPage(report), path); !written)
        return unexpected(tr("The report was not saved. %1").arg(written.error()));
    return {};
}

void LoadTester::onRoundTrip(const client::RoundTrip &roundTrip)
{
    if (m_run && !roundTrip.isOfStandby)
        Q_EMIT roundTripTold(roundTrip.rtt, QPrivateSignal());
}

void LoadTester::onProgressed(const Crossing<ui::LoadTestReport> &soFar, double share)
{
    ui::LoadTestReport report = *soFar;
    report.serverName = m_serverName;
    Q_EMIT progressed(report, share);
}

void LoadTester::onGuestsKnown(const Crossing<QList<QByteArray>> &secrets)
{
    m_reports.setSecrets(m_server, *secrets);
}

void LoadTester::onFinished(const Crossing<ui::LoadTestReport> &report)
{
    endThread();
    Q_EMIT measuringWanted(false);
    ui::LoadTestReport whole = *report;
    if (whole.end == ui::LoadTestReport::End::Failed) {
        whole.problem = whole.steps.isEmpty() ? tr("The host does not let the clients in: %1").arg(whole.problem)
                                              : tr("The test could not go on: %1").arg(whole.problem);
    }
    conclude(std::move(whole));
}

void LoadTester::conclude(ui::LoadTestReport report)
{
    m_isRunning = false;
    report.serverName = m_serverName;
    m_reports.add(report);
    Q_EMIT finished(report);
}

void LoadTester::endThread()
{
    m_run = nullptr;
    m_thread.quit();
    m_thread.wait();
    (void)m_hasRunGone.load(std::memory_order_acquire);
    // The next run's thread begins with that run alone.
    m_thread.disconnect();
}

} // namespace lanline::loadtest
