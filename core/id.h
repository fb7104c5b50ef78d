#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <QString>
#include <QUuid>

#include <compare>

namespace lanline {

/// An identifier that cannot be mistaken for another kind of identifier. A default-constructed one is null.
template <class Tag, class Rep>
class Id
{
public:
    constexpr Id() = default;
    constexpr explicit Id(Rep value)
        : m_value(std::move(value))
    { }

    constexpr const Rep &value() const { return m_value; }
    constexpr bool isNull() const { return m_value == Rep{}; }

    friend bool operator==(const Id &, const Id &) = default;
    friend bool operator<(const Id &a, const Id &b) { return a.m_value < b.m_value; }
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.m_value, seed); }

private:
    Rep m_value{};
};

/// A room's name is its identity: UTF-8, at most Limits::roomNameBytes, lower case, no white space ("lobby", "ops").
using RoomId = Id<struct RoomTag, QString>;
/// Assigned by the server's store; the same for all devices of a user.
using UserId = Id<struct UserTag, quint64>;
/// A UUIDv7 made by the sender; unique per device for ever.
using MessageId = Id<struct MessageTag, QUuid>;
/// 16 bytes: the head of SHA-256 of a device's public key, or random for a guest.
using DeviceId = Id<struct DeviceTag, QByteArray>;
/// 16 random bytes that name one life of a server's database.
using Epoch = Id<struct EpochTag, QByteArray>;
/// 16 bytes. One server's data, wherever it is moved to and through every epoch.
using ServerId = Id<struct ServerTag, QByteArray>;
/// What a client process calls itself in heartbeats and logs: "c_" and 8 hex digits.
using ClientId = Id<struct ClientTag, QString>;
/// 16 random bytes: one user's session on a server, as long as that server runs.
using SessionId = Id<struct SessionTag, QByteArray>;

/// A fresh UUIDv7 whose time part is `unixMs`. Random bytes come from the system's generator.
MessageId makeMessageId(qint64 unixMs);

} // namespace lanline
