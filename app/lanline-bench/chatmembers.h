#pragma once

#include "memberload.h"
#include "options.h"
#include "report.h"
#include "target.h"
#include "turns.h"

#include <memory>

namespace lanline::bench {

/// The part of the chat scenario that many hear: a room with live members, beside the broadcast of other servers to as
/// many connections, which store nothing.
class ChatMembers
{
public:
    /// `server`: ours, or null if `url` is not of this run. Waits until all members are live. The error is a sentence.
    static Result<std::unique_ptr<ChatMembers>, QString> prepare(const Options &options, const QUrl &url,
        const ServerProcess *server, const QString &dir, const CoreSplit &cores);

    /// Rows whose keys begin with "members".
    void addTo(Turns &turns);
    /// To be called now and then while others are measured: it keeps the members there.
    void keepUp();
    QStringList conditions() const;
    void addGoals(Report &report, const Turns &turns) const;

private:
    ChatMembers(const Options &options, const ServerProcess *server, bool spins);

    Measured measure(std::chrono::milliseconds time);

    Options m_options;
    const ServerProcess *m_server;
    Targets m_peers;
    bool m_spins;
    ClientSet m_clients;
    MemberLoad m_load; ///< after the clients, for it goes first
};

} // namespace lanline::bench
