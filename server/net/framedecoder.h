#pragma once

#include "server/net/transport.h"

#include <QByteArrayView>

#include <memory>
#include <optional>
#include <span>

namespace lanline::server {

/// What a peer may send at once, in bytes of payload.
struct FrameLimits
{
    qint64 frameBytes;
    qint64 messageBytes; ///< of all of a message's frames together
};

struct FrameEvent
{
    enum class Kind : quint8 {
        Message, ///< a whole one, of however many frames; a text is valid UTF-8
        Ping,
        Pong,
        Close,
        Violation, ///< the peer does not keep to the protocol, or to a limit
    };

    Kind kind = Kind::Message;
    FrameType type = FrameType::Binary; ///< of a Message
    /// Message, Ping, Pong: as sent. Close: the peer's reason, without the code. Violation: what was wrong, in English,
    /// fit for a close frame and for a log.
    QByteArrayView payload;
    /// Close: the peer's code, or 0 if it gave none. Violation: the code to close with (1002, 1007 or 1009).
    quint16 closeCode = 0;
};

/// The WebSocket protocol (RFC 6455) as a server reads it, without extensions and without any I/O: bytes in, events
/// out. A fault is told at the first byte that cannot be right, a size over a limit from the frame's header; nothing
/// is ever allocated by a length that the peer names, only by what it has sent.
/// Costs one pointer between messages. A frame that lies whole in the input is decoded where it lies.
class FrameDecoder
{
public:
    FrameDecoder();
    ~FrameDecoder();
    FrameDecoder(FrameDecoder &&) noexcept;
    FrameDecoder &operator=(FrameDecoder &&) noexcept;

    /// Takes bytes from the front of `input`, unmasking them in place, up to the end of the next event. Nothing: more
    /// bytes are needed, and `input` is empty.
    /// The event's payload lives until the next call, and no longer than the bytes of `input`. Memory that it lies in
    /// is given back by that next call: go on until there is nothing, also with an empty input. Close and Violation are
    /// the last event ever; what follows them is taken and dropped.
    [[nodiscard]] std::optional<FrameEvent> next(std::span<char> &input, const FrameLimits &limits);

    /// Between two messages, with no memory held. Never again after a Close or a Violation.
    bool isIdle() const { return m_state == nullptr; }

private:
    struct State;
    std::optional<FrameEvent> beginFrame(std::span<char> &input, const FrameLimits &limits);
    State &state();

    std::unique_ptr<State> m_state; ///< only in the middle of a header, a frame or a message, and when all is over
};

} // namespace lanline::server
