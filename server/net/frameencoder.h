#pragma once

#include "protocol/compression.h"
#include "protocol/messages.h"
#include "server/net/sharedframe.h"

#include <optional>
#include <vector>

namespace lanline::server {

/// Makes frames of messages. One per server: it keeps what compressing needs. Lives in the server thread.
class FrameEncoder
{
public:
    SharedFrame encode(const protocol::ServerMessage &message, const protocol::WireFormat &format);
    /// `plain` is the encoded message.
    SharedFrame pack(const QByteArray &plain, const protocol::WireFormat &format);

private:
    protocol::Compressor m_compressor;
};

/// One message on its way to many links: encoded at most once per encoding and compressed at most once per format,
/// and only if someone uses it.
class Broadcast
{
public:
    /// Both outlive the broadcast.
    Broadcast(FrameEncoder &encoder, const protocol::ServerMessage &message)
        : m_encoder(encoder)
        , m_message(message)
    { }

    /// Valid until the next call.
    const SharedFrame &in(const protocol::WireFormat &format)
    {
        for (const auto &[made, frame] : m_frames) {
            if (made == format)
                return frame;
        }
        return make(format);
    }

private:
    const SharedFrame &make(const protocol::WireFormat &format);

    FrameEncoder &m_encoder;
    const protocol::ServerMessage &m_message;
    std::optional<QByteArray> m_protobuf; ///< what all compressions have in common
    std::vector<std::pair<protocol::WireFormat, SharedFrame>> m_frames;
};

} // namespace lanline::server
