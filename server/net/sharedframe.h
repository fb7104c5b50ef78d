#pragma once

#include "protocol/codec.h"
#include "protocol/messages.h"

#include <QByteArray>

#include <array>
#include <optional>

namespace lanline::server {

/// A payload as it goes onto the wire, encoded once and shared (implicitly) by every link it is sent to.
struct SharedFrame
{
    protocol::Encoding encoding = protocol::Encoding::Protobuf;
    QByteArray payload;
};

/// One message on its way to many links: encoded at most once per encoding, and only if someone uses it.
class Broadcast
{
public:
    explicit Broadcast(protocol::ServerMessage message)
        : m_message(std::move(message))
    { }

    const SharedFrame &in(protocol::Encoding encoding)
    {
        auto &frame = m_frames.at(static_cast<size_t>(encoding));
        if (!frame)
            frame = SharedFrame{encoding, protocol::encode(encoding, m_message)};
        return *frame;
    }

private:
    protocol::ServerMessage m_message;
    std::array<std::optional<SharedFrame>, 2> m_frames;
};

} // namespace lanline::server
