#include "app/loadtest/loadcrew.h"

#include <QNetworkInterface>

#include <algorithm>

namespace lanline::loadtest {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Below Limits::clientsPerSession: one that was cut off still counts for a while.
constexpr int clientsPerGuest = 15;
/// On their way at a time.
constexpr int comingAtOnce = 8;
/// Nobody has come, or gone, for so long.
constexpr auto comingPatience = 10s;
constexpr auto leavingPatience = 2s;

} // namespace

LoadCrew::LoadCrew(LoadCrewPlan plan, LoadCrewUser &user)
    : m_plan(std::move(plan))
    , m_user(user)
    , m_secrets(m_plan.secrets.cbegin(), m_plan.secrets.cend())
    , m_guests(guestsFor(m_plan.clients))
{
    if (m_secrets.size() < size_t(m_guests))
        m_secrets.resize(size_t(m_guests));
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_isLeaving)
            closeAll();
        else
            m_user.onCrewFailed(u"%1 of %2 clients got in"_s.arg(m_live).arg(size()));
    });
}

LoadCrew::~LoadCrew()
{
    // Whoever is in a hurry does not wait for what comes of it.
    for (const auto &client : m_clients) {
        if (!m_isLeaving)
            client->leaveRoom();
        client->close();
    }
}

int LoadCrew::guestsFor(int clients)
{
    return (clients + clientsPerGuest - 1) / clientsPerGuest;
}

QList<QByteArray> LoadCrew::secrets() const
{
    const auto end =
        std::find_if(m_secrets.begin(), m_secrets.end(), [](const auto &secret) { return secret.isEmpty(); });
    return {m_secrets.begin(), end};
}

// ---- coming and leaving -------------------------------------------------------------------------------------------

void LoadCrew::come()
{
    m_patience.start(comingPatience);
    letMoreIn();
}

bool LoadCrew::mayOpen(int number) const
{
    if (number >= size() || number - m_live >= comingAtOnce)
        return false;
    // The first makes the room. Nobody comes as a guest whose secret is not known yet, or who is not in the room yet.
    if (number == 0)
        return true;
    if (m_live == 0)
        return false;
    return number < m_guests || (m_live >= m_guests && !m_secrets[size_t(number % m_guests)].isEmpty());
}

void LoadCrew::letMoreIn()
{
    LoadClientUser &self = *this;
    while (mayOpen(int(m_clients.size()))) {
        const int number = int(m_clients.size());
        const int guest = number % m_guests;
        LoadClientPlace place;
        place.room = m_plan.room;
        place.roomTitle = m_plan.roomTitle;
        place.name = u"%1 %2"_s.arg(m_plan.guestName).arg(guest + 1);
        place.app = m_plan.app;
        place.number = number;
        place.guest = guest;
        place.leads = number < m_guests;
        place.makesRoom = number == 0;
        m_clients.push_back(std::make_unique<LoadClient>(std::move(place), self));
        m_clients.back()->open(m_plan.url, m_secrets[size_t(guest)]);
    }
}

void LoadCrew::onWelcomed(LoadClient &client, const QByteArray &secret)
{
    if (!secret.isEmpty())
        m_secrets[size_t(client.place().guest)] = secret;
}

void LoadCrew::onLive(LoadClient & /*client*/)
{
    if (m_isLeaving)
        return;
    ++m_live;
    m_patience.start(comingPatience);
    letMoreIn();
    if (m_live < size())
        return;
    m_patience.stop();
    m_user.onAllLive();
}

void LoadCrew::leave()
{
    m_isLeaving = true;
    m_patience.start(leavingPatience);
    m_leaving = 0;
    for (const auto &client : m_clients)
        m_leaving += int(client->leaveRoom());
    if (m_leaving == 0)
        m_patience.start(0ms);
}

void LoadCrew::onLeft(LoadClient & /*client*/)
{
    if (!m_isLeaving || --m_leaving > 0)
        return;
    // Not from within one of them.
    m_patience.start(0ms);
}

void LoadCrew::closeAll()
{
    for (const auto &client : m_clients)
        client->close();
    m_user.onAllGone();
}

void LoadCrew::onEnded(LoadClient & /*client*/, const QString &why)
{
    if (!m_isLeaving)
        m_user.onCrewFailed(why);
}

// ---- there --------------------------------------------------------------------------------------------------------

void LoadCrew::beatAll()
{
    for (const auto &client : m_clients)
        client->beat();
}

void LoadCrew::beat()
{
    if (!m_clients.empty())
        m_clients.front()->beat();
}

bool LoadCrew::say(quint64 number, const QString &text, SteadyTime now)
{
    for (size_t tried = 0; tried < m_clients.size(); ++tried) {
        LoadClient &client = *m_clients[m_nextSpeaker++ % m_clients.size()];
        if (!client.isReady())
            continue;
        client.say(number, text, now);
        return true;
    }
    return false;
}

bool LoadCrew::isAnyoneLive() const
{
    return std::any_of(m_clients.begin(), m_clients.end(), [](const auto &client) { return client->isLive(); });
}

bool LoadCrew::isSameMachine() const
{
    if (m_clients.empty())
        return false;
    const QHostAddress peer = m_clients.front()->peerAddress();
    return peer.isLoopback() || QNetworkInterface::allAddresses().contains(peer);
}

quint64 LoadCrew::newestStored() const
{
    quint64 newest = 0;
    for (const auto &client : m_clients)
        newest = std::max(newest, client->lastStoredSeq());
    return newest;
}

bool LoadCrew::hasEverything() const
{
    const quint64 newest = newestStored();
    return std::all_of(m_clients.begin(), m_clients.end(), [newest](const auto &client) {
        return !client->isLive() || (client->unanswered() == 0 && client->lastSeq() >= newest);
    });
}

quint64 LoadCrew::missing() const
{
    const quint64 newest = newestStored();
    quint64 missing = 0;
    for (const auto &client : m_clients) {
        if (client->isLive())
            missing += client->missed() + (newest > client->lastSeq() ? newest - client->lastSeq() : 0);
    }
    return missing;
}

void LoadCrew::onStored(LoadClient & /*client*/, quint64 number, SteadyTime sentAt)
{
    m_user.onStored(number, sentAt);
}

void LoadCrew::onRefused(LoadClient & /*client*/, quint64 number)
{
    m_user.onRefused(number);
}

void LoadCrew::onDelivered(LoadClient & /*client*/, QByteArrayView text)
{
    m_user.onDelivered(text);
}

void LoadCrew::onThreads(LoadClient &client, const QList<protocol::ThreadLoad> &threads)
{
    if (&client == m_clients.front().get())
        m_user.onThreads(threads);
}

} // namespace lanline::loadtest
