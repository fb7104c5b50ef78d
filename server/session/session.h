#pragma once

#include "core/timing.h"
#include "protocol/closereasons.h"
#include "protocol/messages.h"
#include "server/hub/link.h"
#include "server/net/timerwheel.h"
#include "server/session/userrooms.h"
#include "server/threadrecord.h"

#include <array>
#include <memory>
#include <vector>

namespace lanline::server {

class SessionTable;

/// A link as its session sees it.
class SessionLink : public Link
{
public:
    /// The session has let go of the link, which ends now.
    virtual void onReleased(const protocol::CloseReason &reason) = 0;
};

/// Who a HELLO says it is, once the store knows the user and the device.
struct Claim
{
    UserId user;
    DeviceId device;
    ClientId client;
    std::optional<protocol::Resume> resume;
};

/// What a link is to be bound to.
struct Binding
{
    UserId user; ///< whose session
    quint64 client = 0; ///< its number; 0: a new one
    quint64 evicted = 0; ///< the client that makes room for the new one; 0: none has to
    quint64 generation = 1; ///< of the client's primary
    protocol::LinkRole role = protocol::LinkRole::Primary;
    bool isResumed = false; ///< it is the session that was asked for
};

/// One user's stay at the server, which outlives connections. It lasts as long as it has clients. One that has lost its
/// links waits in it for the grace time; the presence that others see is whether any client has a link. Lives in the
/// server thread.
class Session final
{
public:
    static constexpr size_t idBytes = 16;

    /// One window or device of the user.
    struct Client
    {
        quint64 number = 0; ///< the server's own, never used again
        ClientId id; ///< as it calls itself
        DeviceId device;
        QString app;
        quint64 generation = 1; ///< of its primary
        SessionLink *primary = nullptr;
        SessionLink *standby = nullptr;
        quint32 usedAt = 0; ///< the higher, the later it was the one in use
        SteadyTime lostAt{}; ///< when its last link went; while it has none
        std::optional<ThreadRecord::Cursor> toldThreads{}; ///< how far it knows them, whatever link told it

        bool isConnected() const { return primary || standby; }
        bool isCalled(const ClientId &called, const DeviceId &by) const { return id == called && device == by; }
    };

    /// `id` is random. `table` outlives the session and removes it when it has no clients any more.
    /// `marks`: the user's, as the store has them.
    Session(const std::array<char, idBytes> &id, UserId user, const QList<RoomMarks> &marks, SessionTable &table);

    SessionId id() const { return SessionId(QByteArray(m_id.data(), m_id.size())); }
    bool isCalled(const SessionId &id) const { return id.value() == QByteArrayView(m_id.data(), m_id.size()); }
    /// Proof of having been told the id in WELCOME; 32 bytes.
    QByteArray token() const;
    /// Takes the same time wherever the two differ.
    bool hasToken(QByteArrayView token) const;
    UserId user() const { return m_user; }
    UserRooms &rooms() { return m_rooms; }
    const UserRooms &rooms() const { return m_rooms; }
    const std::vector<Client> &clients() const { return m_clients; }
    /// Of a link that is bound.
    const Client &clientOf(const SessionLink &link) const;
    /// How far the link's client knows the server's threads; none: it has been told nothing.
    std::optional<ThreadRecord::Cursor> &toldThreads(const SessionLink &link) { return owner(link).toldThreads; }
    /// As its clients are told.
    QList<protocol::SessionClient> clientsTold() const;

    /// The link is its client's primary or standby from here on; the one before it is released. Tells the other
    /// clients.
    void bind(SessionLink &link, const Binding &binding, const Claim &claim, const QString &app);
    /// Makes a standby the primary; false when the generation is not above that of the client's primary.
    bool promote(SessionLink &standby, quint64 generation);
    /// The link is gone; its client stays for the grace time.
    void onLost(SessionLink &link);
    /// The link's client leaves on purpose: its other link is released. May be the end of the session.
    void onBye(SessionLink &link);
    /// The person has the link's client in hand.
    void onUsed(const SessionLink &link);
    /// To the primary of every client.
    void tell(const protocol::ServerMessage &message, const SessionLink *except = nullptr) const;

private:
    /// Told when the grace time of a client is over.
    class GraceDeadline final : public TimerWheel::Deadline
    {
    public:
        explicit GraceDeadline(Session &session)
            : m_session(session)
        { }

    private:
        /// May be the end of this object.
        void onDeadline() override { m_session.onGraceOver(); }

        Session &m_session;
    };

    void onGraceOver();
    Client *find(quint64 number);
    Client &owner(const SessionLink &link);
    void remove(quint64 number);
    /// Chooses who is in use, sets presence and grace time by the clients there are, and tells them when there is
    /// something `isNews` or a new choice.
    void settle(bool isNews, const SessionLink *except = nullptr);
    void chooseInUse();
    void awaitGrace();

    std::array<char, idBytes> m_id;
    UserId m_user;
    UserRooms m_rooms;
    SessionTable &m_table;
    std::vector<Client> m_clients;
    std::unique_ptr<GraceDeadline> m_grace; ///< while a client has no link: few sessions have one
    quint64 m_inUse = 0; ///< number of a connected client; 0: none is
    quint32 m_uses = 0;
};

} // namespace lanline::server
