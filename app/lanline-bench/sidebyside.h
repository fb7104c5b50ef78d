#pragma once

#include "target.h"
#include "turns.h"

#include <QTemporaryDir>

#include <memory>

namespace lanline::bench {

/// What scenarios share that measure servers beside one another: the servers, the cores, a folder, and the turns.
class SideBySide
{
public:
    /// Starts all targets, and keeps this thread off their cores. The error is a sentence.
    static Result<std::unique_ptr<SideBySide>, QString> prepare(const Options &options);

    const Options &options() const { return m_options; }
    const Targets &targets() const { return m_targets; }
    Turns &turns() { return m_turns; }
    const CoreSplit &cores() const { return m_cores; }
    QString dir() const { return m_dir.path(); }
    /// Whether the generator may use its core as it likes.
    bool spins() const { return m_cores.isApart(); }

    /// "closed-100/gorilla"
    static QString keyOf(const QString &what, const QString &target) { return what + u'/' + target; }
    /// A row per target: `measure` is called with the target and the time.
    using MeasureTarget = std::function<Measured(const Target &, std::chrono::milliseconds)>;
    void addForEach(const QString &what, const QString &title, const MeasureTarget &measure);

    /// Adds a goal for the median over the rounds of `value` of ours and of a peer, if both were measured.
    using PairValue = std::function<double(const Sample &ours, const Sample &theirs)>;
    void addGoal(Report &report, const QString &what, const QString &peer, Goal goal, const PairValue &value) const;

    /// Machine, conditions and settings that are the same for all.
    Report report(const QString &scenario) const;

private:
    explicit SideBySide(const Options &options);

    Options m_options;
    CoreSplit m_cores;
    QTemporaryDir m_dir;
    Machine m_machine;
    Targets m_targets;
    Turns m_turns;
};

/// Ours to theirs.
double rateRatio(const Sample &ours, const Sample &theirs);
double cpuRatio(const Sample &ours, const Sample &theirs);

inline constexpr auto ownName = "lanlined";

} // namespace lanline::bench
