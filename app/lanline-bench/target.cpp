#include "target.h"

#include <QDir>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

std::chrono::nanoseconds Target::cpuTime() const
{
    return process ? process->cpuTime() : 0ns;
}

qint64 Target::residentBytes() const
{
    return process ? process->residentBytes() : 0;
}

void Target::settle() const
{
    if (process)
        process->settle();
}

Measured Target::measure(const std::function<Measured()> &measure) const
{
    const auto before = cpuTime();
    auto sample = measure();
    if (sample) {
        sample->serverCpu = cpuTime() - before;
        sample->serverBytes = residentBytes();
    }
    return sample;
}

QStringList ownArguments(const Options &options)
{
    QStringList arguments{u"--bench-endpoints"_s};
    if (options.isTls)
        arguments.append(u"--tls"_s);
    return arguments;
}

Result<Targets, QString> Targets::start(const Options &options, const QString &dataDir, const Cores &cores)
{
    Targets targets;
    if (options.url) {
        QUrl url = *options.url;
        if (options.isTls)
            url.setScheme(u"wss"_s);
        targets.m_all.push_back({u"url"_s, url, nullptr, {}});
        targets.m_remarks.append(
            u"%1 is not a program of this run: its CPU time and memory are not known."_s.arg(url.toString()));
    } else {
        if (const auto added =
                targets.add(u"lanlined"_s, ownServer(dataDir, ownArguments(options)), cores, options.isTls);
            !added) {
            return unexpected(added.error());
        }
    }
    if (const auto added = targets.addPeers(options, dataDir, cores); !added)
        return unexpected(added.error());
    if (targets.m_all.empty())
        return unexpected(u"none of the servers speaks TLS"_s);
    return targets;
}

Result<Targets, QString> Targets::startPeers(const Options &options, const QString &dataDir, const Cores &cores)
{
    Targets targets;
    if (const auto added = targets.addPeers(options, dataDir, cores); !added)
        return unexpected(added.error());
    return targets;
}

Result<void, QString> Targets::addPeers(const Options &options, const QString &dataDir, const Cores &cores)
{
    for (const Peer &peer : options.peers) {
        const auto command = peerServer(peer.command, QDir(dataDir).filePath(peer.name + u".log"_s));
        if (!command)
            return unexpected(command.error());
        if (const auto added = add(peer.name, *command, cores, options.isTls); !added)
            return unexpected(added.error());
    }
    return {};
}

Result<void, QString> Targets::add(const QString &name, const ServerCommand &command, const Cores &cores, bool isTls)
{
    auto process = ServerProcess::start(command, cores);
    if (!process)
        return unexpected(process.error());
    const QUrl url = isTls ? (*process)->tlsUrl() : (*process)->url();
    if (url.isEmpty())
        m_remarks.append(u"%1 speaks no TLS and is left out."_s.arg(name));
    else
        m_all.push_back({name, url, *std::move(process), command});
    return {};
}

} // namespace lanline::bench
