#include "chatmembers.h"

#include "app/loadtest/stamp.h"
#include "fanoutscenario.h"
#include "protocol/messages.h"
#include "sidebyside.h"

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace loadtest;
using std::chrono::milliseconds;

ChatMembers::ChatMembers(const Options &options, const ServerProcess *server, bool spins)
    : m_options(options)
    , m_server(server)
    , m_spins(spins)
    , m_clients(spins)
    , m_load(m_clients, RoomId(u"bench-members"_s), options.payload)
{ }

Result<std::unique_ptr<ChatMembers>, QString> ChatMembers::prepare(
    const Options &options, const QUrl &url, const ServerProcess *server, const QString &dir, const CoreSplit &cores)
{
    std::unique_ptr<ChatMembers> self(new ChatMembers(options, server, cores.isApart()));
    auto peers = Targets::startPeers(options, dir, cores.server);
    if (!peers)
        return unexpected(peers.error());
    self->m_peers = *std::move(peers);
    const auto endpoint = Endpoint::make(url, u"/"_s, QByteArray(protocol::subprotocolProtobuf));
    if (!endpoint)
        return unexpected(endpoint.error());
    if (const auto here = self->m_load.logIn(*endpoint, options.members, options.members); !here)
        return unexpected(here.error());
    return self;
}

void ChatMembers::addTo(Turns &turns)
{
    turns.add(SideBySide::keyOf(u"members"_s, QString::fromLatin1(ownName)),
        u"durable, to %1 members"_s.arg(m_options.members), [this](milliseconds time) { return measure(time); });
    for (const Target &target : m_peers.all()) {
        turns.add(SideBySide::keyOf(u"members"_s, target.name),
            u"not stored, to %1, %2"_s.arg(m_options.members).arg(target.name), [this, &target](milliseconds time) {
                return measureDenseFanout(
                    target, m_options.members, std::max(m_options.payload, leastStampBytes), time, m_spins);
            });
    }
}

Measured ChatMembers::measure(milliseconds time)
{
    const auto before = m_server ? m_server->cpuTime() : std::chrono::nanoseconds();
    auto sample = m_load.measure(time, fanoutWindow);
    if (sample && m_server) {
        sample->serverCpu = m_server->cpuTime() - before;
        sample->serverBytes = m_server->residentBytes();
    }
    return sample;
}

void ChatMembers::keepUp()
{
    m_load.beatIfDue();
    m_clients.poll(std::chrono::steady_clock::now());
}

QStringList ChatMembers::conditions() const
{
    QStringList sentences{
        u"To members: two of %1 guests in a room keep %2 messages in flight that are not stored yet; counted are"
        u" deliveries, and timed is the way from one guest to another."_s.arg(m_options.members)
            .arg(fanoutWindow)};
    if (!m_peers.all().empty()) {
        sentences.append(u"The other servers store nothing: one of %1 connections keeps %2 messages of the same size in"
                         u" flight that not all have got."_s.arg(m_options.members)
                             .arg(fanoutWindow));
    }
    return sentences + m_peers.remarks();
}

void ChatMembers::addGoals(Report &report, const Turns &turns) const
{
    const QString theirs = SideBySide::keyOf(u"members"_s, u"gorilla"_s);
    if (!turns.has(theirs))
        return;
    const auto ours = turns.roundsOf(SideBySide::keyOf(u"members"_s, QString::fromLatin1(ownName)));
    report.goals.append({u"members_of_gorilla"_s,
        u"Durable deliveries per second, to %1 members, of gorilla's hub without a store"_s.arg(m_options.members),
        medianOfPairs(ours, turns.roundsOf(theirs), rateRatio), Goal::Kind::AtLeast, 5, {}});
}

} // namespace lanline::bench
