#include "server/net/fanoutbuffer.h"

#include <cstring>

namespace lanline::server {

const SharedPlace *FanOutBuffer::placeOf(const SharedFrame &frame, QByteArrayView header)
{
    // m_last shares its payload, so nothing else can lie at that address meanwhile.
    const bool isSame = frame.payload.constData() == m_last.payload.constData()
        && frame.payload.size() == m_last.payload.size() && frame.encoding == m_last.encoding;
    if (!isSame) {
        m_last = frame;
        m_isPlaced = false;
        return nullptr;
    }
    if (!std::exchange(m_isPlaced, true))
        put(header, frame.payload);
    return &m_place;
}

void FanOutBuffer::put(QByteArrayView header, QByteArrayView payload)
{
    m_place.in.reset();
    const qsizetype size = header.size() + payload.size();
    // Nobody else has it: it begins anew, and stays in the cache.
    if (m_bytes && m_bytes.use_count() == 1)
        m_bytes->used = 0;
    if (!m_bytes || SharedBytes::capacity - m_bytes->used < size)
        m_bytes = std::make_shared<SharedBytes>();
    char *to = m_bytes->bytes.data() + m_bytes->used;
    std::memcpy(to, header.data(), size_t(header.size()));
    std::memcpy(to + header.size(), payload.data(), size_t(payload.size()));
    m_place = {m_bytes, m_bytes->used, m_bytes->used + size};
    m_bytes->used += size;
}

} // namespace lanline::server
