#pragma once

#include "chatclients.h"
#include "client/backoff.h"
#include "core/histogram.h"

#include <vector>

namespace lanline::bench {

/// Logged-in guests who come back by themselves when their server is gone.
class ReturningClients final : public ChatClients
{
public:
    enum class Manner : quint8 {
        AtOnce, ///< again and again, a tenth of a second after each failure
        Staggered, ///< as Lanline's client: back-off with full jitter
    };

    ReturningClients(ClientSet &clients, const RoomId &room);

    /// From now on, whoever loses its connection comes back like this.
    void setManner(Manner manner);
    /// The server accepts again: the time that clients take counts from here.
    void onServerBack();
    /// One turn of all: connects those whose time has come. False once something failed.
    bool turn();
    bool areAllLive() const { return live() == int(m_returners.size()); }

    /// How long each took, from when the server accepted again.
    const Histogram &times() const { return m_times; }
    quint64 refusedWhileDown() const { return m_refusedWhileDown; }
    quint64 failedWhileUp() const { return m_failedWhileUp; }

private:
    struct Returner
    {
        client::Backoff backoff;
        SteadyTime due = SteadyTime::max(); ///< when it connects
        bool isComing = false; ///< between that and being live
    };

    void onLive(RawClient &client) override;
    bool mayEnd(RawClient &client, const QString &why) override;
    Returner &returnerOf(const RawClient &client);
    Returner newReturner() const;

    std::vector<Returner> m_returners; ///< by the client's number
    Histogram m_times;
    SteadyTime m_serverBack = SteadyTime::max();
    quint64 m_refusedWhileDown = 0;
    quint64 m_failedWhileUp = 0;
    Manner m_manner = Manner::AtOnce;
};

} // namespace lanline::bench
