#include "server/net/outputqueue.h"

#include <algorithm>
#include <cstring>

namespace lanline::server {

namespace {

constexpr size_t buffersKept = 256;

} // namespace

std::unique_ptr<BufferPool::Buffer> BufferPool::take()
{
    if (m_free.empty())
        return std::make_unique_for_overwrite<Buffer>();
    auto buffer = std::move(m_free.back());
    m_free.pop_back();
    return buffer;
}

void BufferPool::give(std::unique_ptr<Buffer> buffer)
{
    if (m_free.size() < buffersKept)
        m_free.push_back(std::move(buffer));
}

void OutputQueue::append(QByteArrayView header, const QByteArray &payload, qsizetype offset, qsizetype length)
{
    copy(header);
    if (length <= copiedAtMost) {
        copy(QByteArrayView(payload).sliced(offset, length));
    } else {
        m_segments.push_back({payload, nullptr, nullptr, offset, offset + length});
        m_bytes += length;
    }
}

void OutputQueue::append(const SharedPlace &place)
{
    m_bytes += place.end - place.begin;
    if (m_first < m_segments.size()) {
        Segment &last = m_segments.back();
        if (last.place == place.in && last.end == place.begin) {
            last.end = place.end;
            return;
        }
    }
    m_segments.push_back({{}, place.in, nullptr, place.begin, place.end});
}

void OutputQueue::ownPlaces()
{
    const bool hasPlaces = std::any_of(m_segments.begin() + qsizetype(m_first), m_segments.end(),
        [](const Segment &segment) { return segment.place != nullptr; });
    if (!hasPlaces)
        return;
    std::vector<Segment> segments = std::exchange(m_segments, {});
    for (size_t i = std::exchange(m_first, 0); i < segments.size(); ++i) {
        Segment &segment = segments[i];
        if (segment.place) {
            const qsizetype size = segment.end - segment.begin;
            m_bytes -= size; // it counts already
            copy({segment.data() + segment.begin, size});
        } else {
            m_segments.push_back(std::move(segment));
        }
    }
}

void OutputQueue::copy(QByteArrayView bytes)
{
    m_bytes += bytes.size();
    while (!bytes.isEmpty()) {
        const bool hasRoom = m_first < m_segments.size() && m_segments.back().own
            && m_segments.back().end < qsizetype(sizeof(BufferPool::Buffer));
        if (!hasRoom)
            m_segments.push_back({{}, nullptr, m_pool.take(), 0, 0});
        Segment &last = m_segments.back();
        const qsizetype count = std::min(bytes.size(), qsizetype(sizeof(BufferPool::Buffer)) - last.end);
        std::memcpy(last.own->data() + last.end, bytes.data(), size_t(count));
        last.end += count;
        bytes = bytes.sliced(count);
    }
}

size_t OutputQueue::front(std::span<QByteArrayView> pieces) const
{
    const size_t count = std::min(pieces.size(), m_segments.size() - m_first);
    for (size_t i = 0; i < count; ++i) {
        const Segment &segment = m_segments[m_first + i];
        pieces[i] = {segment.data() + segment.begin, segment.end - segment.begin};
    }
    return count;
}

void OutputQueue::drop(qint64 bytes)
{
    m_bytes -= bytes;
    while (bytes > 0) {
        Segment &segment = m_segments[m_first];
        const qsizetype count = std::min<qint64>(bytes, segment.end - segment.begin);
        segment.begin += count;
        bytes -= count;
        if (segment.begin == segment.end) {
            release(segment);
            ++m_first;
        }
    }
    if (m_bytes == 0)
        clear();
}

void OutputQueue::release(Segment &segment)
{
    if (segment.own)
        m_pool.give(std::move(segment.own));
    segment.shared.clear();
    segment.place.reset();
}

void OutputQueue::clear()
{
    for (Segment &segment : m_segments)
        release(segment);
    m_segments = std::vector<Segment>();
    m_first = 0;
    m_bytes = 0;
}

} // namespace lanline::server
