#include "returningclients.h"

#include "protocol/limits.h"

#include <QRandomGenerator>

namespace lanline::bench {

using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

constexpr auto impatience = 100ms;
constexpr auto glance = 1ms;

} // namespace

ReturningClients::ReturningClients(ClientSet &clients, const RoomId &room)
    : ChatClients(clients, room)
{ }

ReturningClients::Returner ReturningClients::newReturner() const
{
    const protocol::Limits limits;
    return {client::Backoff(
        limits.backoffFirst, limits.backoffLongest, [] { return QRandomGenerator::global()->generateDouble(); })};
}

ReturningClients::Returner &ReturningClients::returnerOf(const RawClient &client)
{
    while (m_returners.size() <= size_t(client.number()))
        m_returners.push_back(newReturner());
    return m_returners[size_t(client.number())];
}

void ReturningClients::setManner(Manner manner)
{
    m_manner = manner;
    for (Returner &returner : m_returners)
        returner = newReturner();
    m_times.clear();
    m_welcomes.clear();
    m_serverBack = SteadyTime::max();
    m_refusedWhileDown = 0;
    m_failedWhileUp = 0;
}

void ReturningClients::onServerBack()
{
    m_serverBack = steady_clock::now();
}

bool ReturningClients::turn()
{
    const auto now = steady_clock::now();
    for (size_t number = 0; number < m_returners.size(); ++number) {
        Returner &returner = m_returners[number];
        if (returner.due > now)
            continue;
        returner.due = SteadyTime::max();
        returner.isComing = true;
        comeBack(clients().at(qsizetype(number)));
    }
    return clients().poll(now + glance);
}

void ReturningClients::onLive(RawClient &client)
{
    if (std::exchange(returnerOf(client).isComing, false))
        m_times.record(duration_cast<microseconds>(steady_clock::now() - m_serverBack));
}

void ReturningClients::onWelcomed(RawClient &client)
{
    if (returnerOf(client).isComing)
        m_welcomes.record(duration_cast<microseconds>(steady_clock::now() - m_serverBack));
}

void ReturningClients::onGoodbye(RawClient &client, const protocol::Goodbye &goodbye)
{
    returnerOf(client).notBefore = goodbye.retryAfter;
}

void ReturningClients::askStatus()
{
    m_status.reset();
    send(clients().at(0), protocol::StatusGet{});
}

bool ReturningClients::mayEnd(RawClient &client, const QString & /*why*/)
{
    Returner &returner = returnerOf(client);
    const auto now = steady_clock::now();
    const bool wasComing = std::exchange(returner.isComing, false);
    if (wasComing)
        ++(now < m_serverBack ? m_refusedWhileDown : m_failedWhileUp);
    if (m_manner == Manner::Staggered)
        returner.due = now + std::exchange(returner.notBefore, {}) + returner.backoff.next();
    else
        returner.due = wasComing ? now + impatience : now;
    return true;
}

} // namespace lanline::bench
