#include "sidebyside.h"

#include "rawsocket.h"

#include <QDir>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;

SideBySide::SideBySide(const Options &options)
    : m_options(options)
    , m_cores(splitCores())
    , m_dir(QDir(options.dataDir).filePath(u"lanline-bench-XXXXXX"_s))
    , m_turns(options.rounds, options.duration)
{ }

Result<std::unique_ptr<SideBySide>, QString> SideBySide::prepare(const Options &options)
{
    raiseDescriptorLimit();
    std::unique_ptr<SideBySide> self(new SideBySide(options));
    if (!self->m_dir.isValid()) {
        return unexpected(u"no folder can be made in %1: %2"_s.arg(options.dataDir, self->m_dir.errorString()));
    }
    self->m_machine = describeMachine(self->m_dir.path());
    pinThisThread(self->m_cores.load);
    auto targets = Targets::start(options, self->m_dir.path(), self->m_cores.server);
    if (!targets)
        return unexpected(targets.error());
    self->m_targets = *std::move(targets);
    return self;
}

void SideBySide::addForEach(const QString &what, const QString &title, const MeasureTarget &measure)
{
    for (const Target &target : m_targets.all()) {
        m_turns.add(keyOf(what, target.name), u"%1, %2"_s.arg(title, target.name),
            [&target, measure](std::chrono::milliseconds time) { return measure(target, time); });
    }
}

void SideBySide::addGoal(
    Report &report, const QString &what, const QString &peer, Goal goal, const PairValue &value) const
{
    const QString ours = keyOf(what, QString::fromLatin1(ownName));
    const QString theirs = keyOf(what, peer);
    if (!m_turns.has(ours) || !m_turns.has(theirs))
        return;
    goal.value = medianOfPairs(m_turns.roundsOf(ours), m_turns.roundsOf(theirs), value);
    report.goals.append(goal);
}

Report SideBySide::report(const QString &scenario) const
{
    Report report;
    report.scenario = scenario;
    report.machine = m_machine;
    report.conditions.append(m_cores.isApart() ? u"Servers on core %1, load on core %2, which never sleeps."_s.arg(
                                 toText(m_cores.server), toText(m_cores.load))
                                               : u"One core only: servers and load share it."_s);
    if (m_options.isTls)
        report.conditions.append(u"Over TLS; the load does not verify certificates."_s);
    report.conditions += m_targets.remarks();
    QStringList names;
    for (const Target &target : m_targets.all())
        names.append(target.name);
    report.settings = {
        {u"targets"_s, names.join(u' ')},
        {u"tls"_s, m_options.isTls},
        {u"server_cores"_s, toText(m_cores.server)},
        {u"load_cores"_s, toText(m_cores.load)},
    };
    return report;
}

double rateRatio(const Sample &ours, const Sample &theirs)
{
    const double rate = perSecond(theirs);
    return rate > 0 ? perSecond(ours) / rate : 0;
}

double cpuRatio(const Sample &ours, const Sample &theirs)
{
    const double cpu = cpuPerMessage(theirs);
    return cpu > 0 ? cpuPerMessage(ours) / cpu : 0;
}

} // namespace lanline::bench
