#pragma once

#include <QByteArrayView>

namespace lanline::loadtest {

/// One field of a Protobuf message, not looked into.
struct WireField
{
    quint32 number = 0;
    bool isNumber = false; ///< `value`; else `bytes`, of a string or a message
    quint64 value = 0;
    QByteArrayView bytes;
};

/// Goes through the fields of one level of a Protobuf message: what costs a full decoding many allocations per event
/// costs this a few nanoseconds. Reads only what the schema uses, numbers and bytes; anything else ends it.
class WireWalk
{
public:
    explicit WireWalk(QByteArrayView message)
        : m_at(message.data())
        , m_end(message.data() + message.size())
    { }

    /// False at the end, and at what it cannot read.
    bool next(WireField &field);
    bool isAtEnd() const { return m_at == m_end; }

private:
    bool readNumber(quint64 &number);

    const char *m_at;
    const char *m_end;
};

/// Kinds of a frame of the server, and the fields of them that are looked at: as in protocol/chat.proto.
namespace wire {
inline constexpr quint32 ready = 1;
inline constexpr quint32 welcome = 2;
inline constexpr quint32 heartbeatAck = 3;
inline constexpr quint32 stored = 4;
inline constexpr quint32 refused = 5;
inline constexpr quint32 events = 6;
inline constexpr quint32 joined = 8;
inline constexpr quint32 left = 9;
inline constexpr quint32 status = 13;
inline constexpr quint32 error = 14;
inline constexpr quint32 goodbye = 15;
inline constexpr quint32 storeState = 16;
inline constexpr quint32 welcomeGuestSecret = 3;
inline constexpr quint32 storedMessageId = 2;
inline constexpr quint32 storedSeq = 3;
inline constexpr quint32 eventsRoom = 2;
inline constexpr quint32 eventsEvents = 3;
inline constexpr quint32 eventsLive = 4;
inline constexpr quint32 eventSeq = 1;
inline constexpr quint32 eventText = 5;
} // namespace wire

} // namespace lanline::loadtest
