#pragma once

#include <QByteArray>

#include <array>
#include <memory>
#include <span>
#include <vector>

namespace lanline::server {

/// Buffers that connections borrow while they have something to send. Lives in the server thread.
class BufferPool
{
public:
    using Buffer = std::array<char, 16 * 1024>;

    std::unique_ptr<Buffer> take();
    void give(std::unique_ptr<Buffer> buffer);

private:
    std::vector<std::unique_ptr<Buffer>> m_free;
};

/// Bytes that many connections send: they lie in one place once, and stay as long as somebody needs them.
struct SharedBytes
{
    static constexpr qsizetype capacity = 64 * 1024;

    std::array<char, capacity> bytes;
    qsizetype used = 0;
};

/// A part of them.
struct SharedPlace
{
    std::shared_ptr<const SharedBytes> in;
    qsizetype begin = 0;
    qsizetype end = 0;
};

/// What waits to be sent on one connection. Small things are copied behind each other, large ones shared; empty, it
/// holds no memory but its own.
class OutputQueue
{
public:
    explicit OutputQueue(BufferPool &pool)
        : m_pool(pool)
    { }
    ~OutputQueue() { clear(); }
    OutputQueue(const OutputQueue &) = delete;
    OutputQueue &operator=(const OutputQueue &) = delete;

    /// Up to here a copy costs less than a segment of its own.
    static constexpr qsizetype copiedAtMost = 4 * 1024;

    bool isEmpty() const { return m_bytes == 0; }
    qint64 bytes() const { return m_bytes; }

    /// A header, and `payload` from `offset` on, `length` bytes of it.
    void append(QByteArrayView header, const QByteArray &payload, qsizetype offset, qsizetype length);
    void append(QByteArrayView bytes) { copy(bytes); }
    /// What lies behind the last one costs next to nothing.
    void append(const SharedPlace &place);
    /// Copies what lies in places that are shared: a slow connection would keep the whole of them alive.
    void ownPlaces();

    /// The pieces at the front, oldest first, as many as fit. Returns how many.
    size_t front(std::span<QByteArrayView> pieces) const;
    /// These have been sent.
    void drop(qint64 bytes);
    void clear();

private:
    /// A part of a shared payload, a shared place, or a borrowed buffer that is filled from its beginning.
    struct Segment
    {
        QByteArray shared;
        std::shared_ptr<const SharedBytes> place;
        std::unique_ptr<BufferPool::Buffer> own;
        qsizetype begin = 0;
        qsizetype end = 0;

        const char *data() const
        {
            if (own)
                return own->data();
            return place ? place->bytes.data() : shared.constData();
        }
    };

    void copy(QByteArrayView bytes);
    void release(Segment &segment);

    BufferPool &m_pool;
    std::vector<Segment> m_segments;
    size_t m_first = 0; ///< those before it are sent
    qint64 m_bytes = 0;
};

} // namespace lanline::server
