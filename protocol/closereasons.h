#pragma once

#include <QLatin1StringView>
#include <QtGlobal>

#include <array>

namespace lanline::protocol {

/// What a client may do after it was closed.
enum class Reconnect : quint8 {
    AfterBackoff, ///< by itself
    Never, ///< only when a person has changed something
};

/// Why a connection ends: the WebSocket close code, its text on the wire, and the policy that goes with it.
struct CloseReason
{
    quint16 code;
    QLatin1StringView text;
    Reconnect reconnect;

    friend bool operator==(const CloseReason &a, const CloseReason &b) { return a.code == b.code; }
};

namespace close {
using namespace Qt::Literals::StringLiterals;
inline constexpr CloseReason Normal{1000, "bye"_L1, Reconnect::AfterBackoff};
inline constexpr CloseReason GoingAway{1001, "server is stopping"_L1, Reconnect::AfterBackoff};
inline constexpr CloseReason ProtocolError{1002, "not a frame of RFC 6455"_L1, Reconnect::Never};
inline constexpr CloseReason WrongFrameType{1003, "frame type does not fit the subprotocol"_L1, Reconnect::Never};
inline constexpr CloseReason BadText{1007, "text is not UTF-8"_L1, Reconnect::Never};
inline constexpr CloseReason MessageTooBig{1009, "message too big"_L1, Reconnect::Never};
inline constexpr CloseReason BadFrame{4000, "frame could not be decoded"_L1, Reconnect::Never};
inline constexpr CloseReason HelloTimeout{4001, "no hello in time"_L1, Reconnect::AfterBackoff};
inline constexpr CloseReason HeartbeatMissed{4002, "heartbeat missed"_L1, Reconnect::AfterBackoff};
inline constexpr CloseReason AuthRefused{4003, "authentication refused"_L1, Reconnect::Never};
inline constexpr CloseReason NameTaken{4004, "name belongs to another device"_L1, Reconnect::Never};
inline constexpr CloseReason VersionMismatch{4005, "protocol version not supported"_L1, Reconnect::Never};
inline constexpr CloseReason OutOfOrder{4006, "command not allowed now"_L1, Reconnect::Never};
inline constexpr CloseReason BadName{4007, "name empty, too long or not printable"_L1, Reconnect::Never};
inline constexpr CloseReason SlowReader{4008, "slow reader"_L1, Reconnect::AfterBackoff};
inline constexpr CloseReason ServerFull{4009, "server is full"_L1, Reconnect::AfterBackoff};
inline constexpr CloseReason StoreFailed{4010, "server cannot reach its store"_L1, Reconnect::AfterBackoff};
inline constexpr CloseReason SessionGone{4011, "no such session"_L1, Reconnect::AfterBackoff};
inline constexpr CloseReason Superseded{4012, "a newer connection has taken over"_L1, Reconnect::AfterBackoff};
inline constexpr CloseReason PairingRefused{4013, "pairing code is wrong or has expired"_L1, Reconnect::Never};

inline constexpr std::array All{Normal, GoingAway, ProtocolError, WrongFrameType, BadText, MessageTooBig, BadFrame,
    HelloTimeout, HeartbeatMissed, AuthRefused, NameTaken, VersionMismatch, OutOfOrder, BadName, SlowReader, ServerFull,
    StoreFailed, SessionGone, Superseded, PairingRefused};
} // namespace close

/// The policy of a code that arrived; an unknown one may be tried again.
constexpr Reconnect reconnectAfter(quint16 code)
{
    for (const CloseReason &reason : close::All) {
        if (reason.code == code)
            return reason.reconnect;
    }
    return Reconnect::AfterBackoff;
}

} // namespace lanline::protocol
