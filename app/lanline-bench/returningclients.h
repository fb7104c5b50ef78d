#pragma once

#include "chatclients.h"
#include "client/backoff.h"
#include "core/histogram.h"

#include <optional>
#include <vector>

namespace lanline::bench {

/// Logged-in guests who come back by themselves when their server is gone.
class ReturningClients final : public ChatClients
{
public:
    enum class Manner : quint8 {
        AtOnce, ///< again and again, a tenth of a second after each failure
        Staggered, ///< as Lanline's client: back-off with full jitter, behind what the server asks for
    };

    ReturningClients(ClientSet &clients, const RoomId &room);

    /// From now on, whoever loses its connection comes back like this. All have been there for long: nobody is
    /// impatient from an earlier time.
    void setManner(Manner manner);
    /// The server accepts again: the time that clients take counts from here.
    void onServerBack();
    /// One turn of all: connects those whose time has come. False once something failed.
    bool turn();
    bool areAllLive() const { return live() == int(m_returners.size()); }

    /// How long each took until it was live, from when the server accepted again.
    const Histogram &times() const { return m_times; }
    /// Likewise, until it was welcome.
    const Histogram &welcomes() const { return m_welcomes; }
    /// Asks the server how it is: see status().
    void askStatus();
    /// What it has answered since askStatus().
    const std::optional<protocol::Status> &status() const { return m_status; }
    quint64 refusedWhileDown() const { return m_refusedWhileDown; }
    quint64 failedWhileUp() const { return m_failedWhileUp; }

private:
    struct Returner
    {
        client::Backoff backoff;
        SteadyTime due = SteadyTime::max(); ///< when it connects
        std::chrono::milliseconds notBefore{}; ///< after its connection ends: as the server has asked for
        bool isComing = false; ///< between that and being live
    };

    void onLive(RawClient &client) override;
    void onWelcomed(RawClient &client) override;
    void onGoodbye(RawClient &client, const protocol::Goodbye &goodbye) override;
    void onStatus(const protocol::Status &status) override { m_status = status; }
    bool mayEnd(RawClient &client, const QString &why) override;
    Returner &returnerOf(const RawClient &client);
    Returner newReturner() const;

    std::vector<Returner> m_returners; ///< by the client's number
    Histogram m_times;
    Histogram m_welcomes;
    std::optional<protocol::Status> m_status;
    SteadyTime m_serverBack = SteadyTime::max();
    quint64 m_refusedWhileDown = 0;
    quint64 m_failedWhileUp = 0;
    Manner m_manner = Manner::AtOnce;
};

} // namespace lanline::bench
