#pragma once

#include "options.h"
#include "sample.h"
#include "serverprocess.h"

#include <functional>
#include <memory>
#include <vector>

namespace lanline::bench {

/// A server that is measured, beside others or alone.
struct Target
{
    QString name; ///< "lanlined", "url", or that of a peer
    QUrl url; ///< ws:// or wss://, without a path
    std::unique_ptr<ServerProcess> process; ///< null if it was not started here: its cost is not known then
    ServerCommand command{}; ///< with which it was

    /// Zero where it is not known.
    std::chrono::nanoseconds cpuTime() const;
    qint64 residentBytes() const;
    void settle() const;
    /// What `measure` brings, with what it cost this server.
    Measured measure(const std::function<Measured()> &measure) const;
};

/// What our server is started with, beside where it keeps its data.
QStringList ownArguments(const Options &options);

/// All that the options ask for, ours first. They run all at once, but only one has something to do at a time.
class Targets
{
public:
    /// `dataDir`: for their logs and data. The error is a sentence.
    static Result<Targets, QString> start(const Options &options, const QString &dataDir, const Cores &cores);
    /// The peers alone.
    static Result<Targets, QString> startPeers(const Options &options, const QString &dataDir, const Cores &cores);

    const std::vector<Target> &all() const { return m_all; }
    /// Sentences on what was left out, and on whose cost is not known.
    const QStringList &remarks() const { return m_remarks; }

private:
    Result<void, QString> addPeers(const Options &options, const QString &dataDir, const Cores &cores);
    Result<void, QString> add(const QString &name, const ServerCommand &command, const Cores &cores, bool isTls);

    std::vector<Target> m_all;
    QStringList m_remarks;
};

} // namespace lanline::bench
