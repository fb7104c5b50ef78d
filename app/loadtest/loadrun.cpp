#include "app/loadtest/loadrun.h"

#include "app/loadtest/stamp.h"
#include "ui/models/loadtestverdict.h"

#include <QSysInfo>
#include <QThread>

#include <algorithm>

namespace lanline::loadtest {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::duration;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using End = ui::LoadTestReport::End;

namespace {

/// It is waited for so long until it is known how members fare without the test.
constexpr auto longestSettling = 5s;
/// What is late by less was sent when it was: timers are no better. By more, it was late by all of that.
constexpr auto tolerance = 5ms;
/// Well below the tolerance, or what is said on time would count as late.
constexpr milliseconds slowestPace = 2ms;
/// Of one turn, so that what comes is read meanwhile.
constexpr int mostAtOnce = 256;
constexpr auto drainStep = 5ms;
/// All are told of as being there.
constexpr int looksPerBeat = 20;

WallTime wallNow()
{
    return SystemTime().wallNow();
}

QString machineText()
{
    return u"%1, %2, %3 × %4"_s.arg(QSysInfo::machineHostName(), QSysInfo::prettyProductName())
        .arg(QThread::idealThreadCount())
        .arg(QSysInfo::currentCpuArchitecture());
}

LoadCrewPlan crewPlan(const LoadRunSetup &setup)
{
    return {setup.url, RoomId(QString::fromLatin1(ui::LoadTestController::room)), setup.roomTitle, setup.guestName,
        setup.app, setup.plan.clients, setup.secrets};
}

} // namespace

LoadRun::LoadRun(LoadRunSetup setup)
    : m_setup(std::move(setup))
    , m_ramp(m_setup.plan)
    , m_crew(crewPlan(m_setup), *this)
    , m_filler(unstampedMessage(std::max<qsizetype>(m_setup.plan.payload, leastStampBytes)))
{
    // It moves to another thread with its owner.
    m_crew.setParent(this);
    m_report.plan = m_setup.plan;
    m_members.expectRoundTrips(m_setup.watchesMembers);
    m_pace.setTimerType(Qt::PreciseTimer);
    m_drain.setTimerType(Qt::PreciseTimer);
    connect(&m_pace, &QTimer::timeout, this, &LoadRun::pace);
    connect(&m_drain, &QTimer::timeout, this, &LoadRun::drain);
    connect(&m_look, &QTimer::timeout, this, &LoadRun::look);
    connect(&m_tell, &QTimer::timeout, this, &LoadRun::tell);
}

void LoadRun::begin()
{
    m_report.beganAt = wallNow();
    m_report.machine = machineText();
    m_tell.start(250ms);
    m_look.start(1s);
    m_crew.come();
}

void LoadRun::stop()
{
    end(End::Stopped);
}

void LoadRun::onAllLive()
{
    m_report.isSameMachine = m_crew.isSameMachine();
    Q_EMIT guestsKnown(m_crew.secrets());
    if (m_stage != Stage::Coming)
        return;
    m_stage = Stage::Settling;
    QTimer::singleShot(longestSettling, this, [this] {
        if (m_stage == Stage::Settling)
            beginStep();
    });
    settle();
}

void LoadRun::settle()
{
    if (m_stage == Stage::Settling && m_members.knowsBefore())
        beginStep();
}

void LoadRun::noteRoundTrip(const Crossing<microseconds> &roundTrip)
{
    m_members.onRoundTrip(steady_clock::now(), *roundTrip);
    settle();
}

// ---- steps --------------------------------------------------------------------------------------------------------

void LoadRun::beginStep()
{
    const auto rate = m_ramp.next();
    if (!rate) {
        end(End::Done);
        return;
    }
    m_stage = Stage::Sending;
    m_rate = *rate;
    m_due = 0;
    m_count.begin(m_rate, m_number, m_crew.size());
    m_serverBusy.beginStep();
    m_crew.beat();
    m_ownBusy.start();
    m_stepBegan = steady_clock::now();
    if (m_number == 0)
        m_members.begin(m_stepBegan);
    m_pace.start(std::clamp(milliseconds(int(1000 / m_rate)), 1ms, slowestPace));
    tell();
}

milliseconds LoadRun::sendingTime() const
{
    const auto end = m_stage == Stage::Sending ? steady_clock::now() : m_sendingEnded;
    return duration_cast<milliseconds>(end - m_stepBegan);
}

void LoadRun::pace()
{
    const auto now = steady_clock::now();
    const duration<double> elapsed = std::min<steady_clock::duration>(now - m_stepBegan, m_ramp.stepTime());
    const auto dueUntilNow = quint64(elapsed.count() * m_rate);
    for (int said = 0; m_due < dueUntilNow && said < mostAtOnce; ++said) {
        ++m_due;
        const auto due = m_stepBegan + duration_cast<steady_clock::duration>(duration<double>(double(m_due) / m_rate));
        Stamp{m_number, now - due > tolerance ? due : now}.writeTo(m_filler);
        // If nobody may speak, it is not said at all: a generator that catches up measures itself.
        if (!m_crew.say(m_number, QString::fromLatin1(m_filler), now))
            continue;
        ++m_number;
        m_bytes += m_filler.size();
        m_count.onSent();
    }
    if (m_bytes >= ui::LoadTestController::mostBytes)
        end(End::Done);
    else if (now - m_stepBegan >= m_ramp.stepTime())
        endSending();
}

void LoadRun::endSending()
{
    if (m_stage != Stage::Sending)
        return;
    m_sendingEnded = steady_clock::now();
    m_stage = Stage::Draining;
    m_generatorBusy = m_ownBusy.share();
    m_count.endSending();
    m_isAnswered = false;
    m_crew.beat();
    m_pace.stop();
    m_drain.start(drainStep);
}

void LoadRun::drain()
{
    const bool isOver = (m_count.isComplete() && m_crew.hasEverything() && m_isAnswered) || !m_crew.isAnyoneLive();
    // Behind the last step, what comes late must not be taken for lost.
    const auto patience = m_isEnding ? 2 * ui::loadrule::inTime : ui::loadrule::inTime;
    if (isOver || steady_clock::now() - m_sendingEnded > patience)
        endStep();
}

void LoadRun::endStep()
{
    m_drain.stop();
    const ui::LoadTestStep step = currentStep();
    if (step.sent > 0)
        m_report.steps.append(step);
    if (m_isEnding) {
        leave();
        return;
    }
    const ui::LoadTestStep &first = m_report.steps.isEmpty() ? step : m_report.steps.constFirst();
    if (ui::discomfortOf(step, first) != ui::LoadDiscomfort::None) {
        if (m_report.steps.size() > 1)
            m_report.knee = int(m_report.steps.size()) - 2;
        m_report.isGeneratorBound = step.generatorBusy >= ui::loadrule::generatorFull;
        end(End::Done);
    } else if (step.generatorBusy >= ui::loadrule::generatorFull) {
        m_report.isGeneratorBound = true;
        end(End::Done);
    } else {
        beginStep();
    }
}

ui::LoadTestStep LoadRun::currentStep() const
{
    ui::LoadTestStep step = m_count.step(sendingTime());
    step.generatorBusy = m_stage == Stage::Sending ? m_ownBusy.share() : m_generatorBusy;
    step.serverBusy = m_serverBusy.share();
    return step;
}

void LoadRun::onStored(quint64 number, SteadyTime sentAt)
{
    m_isAnswered = true;
    m_count.onStored(number, steady_clock::now() - sentAt <= ui::loadrule::inTime);
}

void LoadRun::onRefused(quint64 number)
{
    m_isAnswered = true;
    m_count.onRefused(number);
}

void LoadRun::onDelivered(QByteArrayView text)
{
    m_isAnswered = true;
    const auto stamp = text.size() == m_filler.size() ? Stamp::readFrom(text) : std::nullopt;
    if (!stamp)
        return; // somebody else's words
    const auto time = duration_cast<microseconds>(steady_clock::now() - stamp->intended);
    m_count.onDelivered(stamp->number, time);
}

// ---- watching -----------------------------------------------------------------------------------------------------

void LoadRun::onThreads(const QList<protocol::ThreadLoad> &threads)
{
    m_isAnswered = true;
    const auto now = steady_clock::now();
    m_serverBusy.onThreads(now, threads);
    m_members.onThreads(now, threads);
}

void LoadRun::look()
{
    if (++m_looks % looksPerBeat == 0)
        m_crew.beatAll();
    else
        m_crew.beat();
    m_members.look(steady_clock::now());
    if ((m_stage == Stage::Sending || m_stage == Stage::Draining) && !m_isEnding
        && m_members.isSuffering(steady_clock::now())) {
        m_report.busyShare = m_members.busyShare();
        end(End::MembersSuffered);
    }
}

void LoadRun::tell()
{
    const duration<double> sending = m_stage == Stage::Sending ? sendingTime() : milliseconds();
    const double step = sending / duration<double>(m_ramp.stepTime());
    const double share = (double(m_report.steps.size()) + step) / m_ramp.stepCount();
    Q_EMIT progressed(soFar(), std::clamp(share, 0.0, 1.0));
}

ui::LoadTestReport LoadRun::soFar() const
{
    ui::LoadTestReport report = m_report;
    if (m_stage == Stage::Sending || m_stage == Stage::Draining)
        report.steps.append(currentStep());
    report.membersBefore = m_members.before();
    report.membersDuring = m_members.during();
    report.membersWorst = m_members.worst();
    report.endedAt = wallNow();
    duration<double> busy{};
    quint64 delivered = 0;
    for (const ui::LoadTestStep &step : report.steps) {
        if (step.serverBusy < 0)
            continue;
        busy += step.serverBusy * step.time;
        delivered += step.delivered;
    }
    if (delivered > 0)
        report.serverCpuPerDelivery = duration_cast<std::chrono::nanoseconds>(busy / double(delivered));
    return report;
}

// ---- the end ------------------------------------------------------------------------------------------------------

void LoadRun::onCrewFailed(const QString &why)
{
    end(End::Failed, why);
}

void LoadRun::end(End how, const QString &problem)
{
    if (m_isEnding || m_stage >= Stage::Leaving)
        return;
    m_isEnding = true;
    m_report.end = how;
    m_report.problem = problem;
    if (m_stage == Stage::Sending) {
        endSending();
    } else if (m_stage != Stage::Draining) {
        leave();
    } else if (!m_drain.isActive()) {
        // The step is over, and counted: what it did not wait for may still come.
        m_count.begin(0, m_number, m_crew.size());
        m_drain.start(drainStep);
    }
}

void LoadRun::leave()
{
    // Of a host that has fallen silent nobody knows what is lost, and what looks like a knee is the network's end.
    m_report.lost = m_isAnswered ? m_crew.missing() : 0;
    if (!m_isAnswered && (m_report.end == End::Done || m_report.end == End::MembersSuffered)) {
        m_report.end = End::Failed;
        m_report.problem = u"the host does not answer any more"_s;
        m_report.knee.reset();
    }
    m_stage = Stage::Leaving;
    m_look.stop();
    m_tell.stop();
    m_crew.leave();
}

void LoadRun::onAllGone()
{
    if (m_stage == Stage::Over)
        return;
    m_stage = Stage::Over;
    Q_EMIT finished(soFar());
}

} // namespace lanline::loadtest
