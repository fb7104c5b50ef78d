#pragma once

#include "core/result.h"
#include "protocol/codec.h"
#include "protocol/messages.h"

#include <QByteArray>

#include <memory>

namespace lanline::protocol {

/// How the frames of a link look. With a compression every frame has a byte in front: how this one is packed. JSON is
/// never compressed.
struct WireFormat
{
    Encoding encoding = Encoding::Protobuf;
    Compression compression;
    friend bool operator==(const WireFormat &, const WireFormat &) = default;
};

/// What this version can, best first.
QList<Compression> supportedCompressions();
/// What a server that can supportedCompressions() answers to this offer.
Compression chooseCompression(const QList<Compression> &offered);

/// Frames below this stay as they are.
inline constexpr qsizetype smallestPacked = 64;

/// Packs frames. Reuses what it needs for that, so make one and keep it; used in one thread.
class Compressor
{
public:
    Compressor();
    ~Compressor();
    Compressor(const Compressor &) = delete;
    Compressor &operator=(const Compressor &) = delete;

    /// The byte that tells how, then the frame: as it is if it is small or would not become smaller. `as` is one of
    /// supportedCompressions().
    QByteArray pack(const Compression &as, QByteArrayView frame);

private:
    struct Contexts;
    std::unique_ptr<Contexts> m_contexts;
};

/// The other direction, for bytes of a stranger. Keeps a buffer as large as the largest frame may be once it has met a
/// compressed one; used in one thread.
class Decompressor
{
public:
    Decompressor();
    ~Decompressor();
    Decompressor(const Decompressor &) = delete;
    Decompressor &operator=(const Decompressor &) = delete;

    /// The frame, valid for as long as `packed` is and until the next call. It is `agreed` or not compressed at all,
    /// and at most `mostBytes` large; nothing larger is ever inflated.
    [[nodiscard]] Result<QByteArrayView, DecodeError> unpack(
        const Compression &agreed, QByteArrayView packed, qint64 mostBytes);

private:
    struct Contexts;
    std::unique_ptr<Contexts> m_contexts;
};

} // namespace lanline::protocol
