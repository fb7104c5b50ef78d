#include "server/net/frameencoder.h"

namespace lanline::server {

using protocol::CompressionMethod;
using protocol::Encoding;

SharedFrame FrameEncoder::encode(const protocol::ServerMessage &message, const protocol::WireFormat &format)
{
    return pack(protocol::encode(format.encoding, message), format);
}

SharedFrame FrameEncoder::pack(const QByteArray &plain, const protocol::WireFormat &format)
{
    if (format.compression.method == CompressionMethod::None)
        return {format.encoding, plain};
    return {format.encoding, m_compressor.pack(format.compression, plain)};
}

const SharedFrame &Broadcast::make(const protocol::WireFormat &format)
{
    if (format.encoding == Encoding::Json) {
        m_frames.emplace_back(format, m_encoder.encode(m_message, format));
    } else {
        if (!m_protobuf)
            m_protobuf = protocol::encode(Encoding::Protobuf, m_message);
        m_frames.emplace_back(format, m_encoder.pack(*m_protobuf, format));
    }
    return m_frames.back().second;
}

} // namespace lanline::server
