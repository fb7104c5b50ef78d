#include "protocol/compression.h"

#include "protocol/dictionary/dictionaries.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace lanline::protocol {

using namespace Qt::Literals::StringLiterals;
using Kind = DecodeError::Kind;

namespace {

// Measured with chat: 4 saves 2 % over 3 in the same time; 6 saves nothing more of a single message, 3 % of a page, and
// takes nearly twice as long.
constexpr int zstdLevel = 4;
constexpr int gzipLevel = 6;
constexpr int gzipWindowBits = 15 + 16; // 16: with gzip's header and trailer
constexpr int gzipMemoryLevel = 8;

/// The first bytes of every zstd frame. They say nothing behind a byte that tells zstd, and are a twentieth of a chat
/// message: they are not sent.
constexpr std::array zstdMagic{'\x28', '\xb5', '\x2f', '\xfd'};

template <auto free>
struct Freed
{
    template <class Context>
    void operator()(Context *context) const
    {
        free(context);
    }
};

/// A dictionary in the two forms that zstd works with. Made once, never changed.
struct Digested
{
    explicit Digested(QByteArrayView dictionary)
        : id(ZSTD_getDictID_fromDict(dictionary.data(), size_t(dictionary.size())))
        , forCompressing(ZSTD_createCDict(dictionary.data(), size_t(dictionary.size()), zstdLevel))
        , forDecompressing(ZSTD_createDDict(dictionary.data(), size_t(dictionary.size())))
    { }

    quint32 id;
    std::unique_ptr<ZSTD_CDict, Freed<ZSTD_freeCDict>> forCompressing;
    std::unique_ptr<ZSTD_DDict, Freed<ZSTD_freeDDict>> forDecompressing;
};

const std::vector<Digested> &dictionaries()
{
    static const std::vector<Digested> all = [] {
        std::vector<Digested> digested;
        for (const QByteArrayView dictionary : shippedDictionaries())
            digested.emplace_back(dictionary);
        return digested;
    }();
    return all;
}

const Digested *dictionaryOf(quint32 id)
{
    const auto &all = dictionaries();
    const auto found = std::find_if(all.begin(), all.end(), [id](const Digested &one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
}

/// zlib's counters are smaller than ours; no frame is.
uInt zlibSize(qsizetype size)
{
    return uInt(std::min<quint64>(quint64(size), std::numeric_limits<uInt>::max()));
}

/// zlib reads through a pointer that is not const, and writes nothing there.
Bytef *zlibInput(QByteArrayView bytes)
{
    return reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
}

/// zlib's state, in one place for as long as it lives: zlib keeps a pointer to it.
template <int (*end)(z_stream *)>
class Stream
{
public:
    explicit Stream(int (*begin)(z_stream &))
    {
        if (begin(m_stream) != Z_OK)
            qFatal("zlib has no memory");
    }
    ~Stream() { end(&m_stream); }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    z_stream *state() { return &m_stream; }
    z_stream *operator->() { return &m_stream; }

private:
    z_stream m_stream{};
};

DecodeError malformed(const QString &text)
{
    return {Kind::Malformed, text};
}

DecodeError tooBig(qint64 mostBytes)
{
    return {Kind::TooBig, u"over %1 bytes once inflated"_s.arg(mostBytes)};
}

} // namespace

QList<Compression> supportedCompressions()
{
    QList<Compression> supported;
    for (const Digested &dictionary : dictionaries())
        supported.append({CompressionMethod::Zstd, dictionary.id});
    supported.append({CompressionMethod::Gzip});
    return supported;
}

Compression chooseCompression(const QList<Compression> &offered)
{
    for (const Compression &supported : supportedCompressions()) {
        const bool isOffered = std::any_of(offered.begin(), offered.end(), [&supported](const Compression &offer) {
            // Only of zstd does the dictionary mean something.
            return offer.method == supported.method
                && (offer.method == CompressionMethod::Gzip || offer.dictionary == supported.dictionary);
        });
        if (isOffered)
            return supported;
    }
    return {};
}

// ---- out ----------------------------------------------------------------------------------------------------------

struct Compressor::Contexts
{
    /// Valid until the next call; empty if it would be larger than `most`.
    QByteArrayView zstd(const Compression &as, QByteArrayView frame, qsizetype most);
    QByteArrayView gzip(QByteArrayView frame, qsizetype most);
    char *room(qsizetype size);

    std::unique_ptr<ZSTD_CCtx, Freed<ZSTD_freeCCtx>> zstdContext;
    std::unique_ptr<Stream<deflateEnd>> gzipStream;
    std::vector<char> buffer; ///< as large as the largest frame so far
};

Compressor::Compressor()
    : m_contexts(std::make_unique<Contexts>())
{ }

Compressor::~Compressor() = default;

char *Compressor::Contexts::room(qsizetype size)
{
    if (qsizetype(buffer.size()) < size)
        buffer.resize(size_t(size));
    return buffer.data();
}

QByteArrayView Compressor::Contexts::zstd(const Compression &as, QByteArrayView frame, qsizetype most)
{
    const Digested *dictionary = dictionaryOf(as.dictionary);
    if (!dictionary)
        return {};
    if (!zstdContext)
        zstdContext.reset(ZSTD_createCCtx());
    const qsizetype withMagic = most + qsizetype(zstdMagic.size());
    const size_t size = ZSTD_compress_usingCDict(zstdContext.get(), room(withMagic), size_t(withMagic), frame.data(),
        size_t(frame.size()), dictionary->forCompressing.get());
    if (ZSTD_isError(size))
        return {};
    return QByteArrayView(buffer.data(), qsizetype(size)).sliced(zstdMagic.size());
}

QByteArrayView Compressor::Contexts::gzip(QByteArrayView frame, qsizetype most)
{
    if (!gzipStream) {
        gzipStream = std::make_unique<Stream<deflateEnd>>([](z_stream &stream) {
            return deflateInit2(&stream, gzipLevel, Z_DEFLATED, gzipWindowBits, gzipMemoryLevel, Z_DEFAULT_STRATEGY);
        });
    } else {
        deflateReset(gzipStream->state());
    }
    Stream<deflateEnd> &stream = *gzipStream;
    char *packed = room(most);
    stream->next_in = zlibInput(frame);
    stream->avail_in = zlibSize(frame.size());
    stream->next_out = reinterpret_cast<Bytef *>(packed);
    stream->avail_out = zlibSize(most);
    if (deflate(stream.state(), Z_FINISH) != Z_STREAM_END)
        return {};
    return {packed, reinterpret_cast<char *>(stream->next_out)};
}

QByteArray Compressor::pack(const Compression &as, QByteArrayView frame)
{
    QByteArrayView body;
    if (frame.size() >= smallestPacked) {
        // One byte less than before, or it is not worth it.
        const qsizetype most = frame.size() - 1;
        body = as.method == CompressionMethod::Zstd ? m_contexts->zstd(as, frame, most) : m_contexts->gzip(frame, most);
    }
    const auto method = body.isEmpty() ? CompressionMethod::None : as.method;
    if (body.isEmpty())
        body = frame;
    QByteArray packed(1 + body.size(), Qt::Uninitialized);
    packed[0] = char(method);
    std::copy(body.begin(), body.end(), packed.begin() + 1);
    return packed;
}

// ---- in -----------------------------------------------------------------------------------------------------------

struct Decompressor::Contexts
{
    Result<QByteArrayView, DecodeError> zstd(quint32 dictionary, QByteArrayView body, qint64 mostBytes);
    Result<QByteArrayView, DecodeError> gzip(QByteArrayView body, qint64 mostBytes);
    char *room(qint64 size);

    std::unique_ptr<ZSTD_DCtx, Freed<ZSTD_freeDCtx>> zstdContext;
    std::unique_ptr<Stream<inflateEnd>> gzipStream;
    std::vector<char> whole; ///< a zstd frame with the bytes that were not sent
    QByteArray buffer;
};

Decompressor::Decompressor()
    : m_contexts(std::make_unique<Contexts>())
{ }

Decompressor::~Decompressor() = default;

char *Decompressor::Contexts::room(qint64 size)
{
    if (buffer.size() < size)
        buffer = QByteArray(qsizetype(size), Qt::Uninitialized); // pages that are never written are never there
    return buffer.data();
}

Result<QByteArrayView, DecodeError> Decompressor::Contexts::zstd(
    quint32 dictionary, QByteArrayView body, qint64 mostBytes)
{
    const Digested *known = dictionaryOf(dictionary);
    if (!known)
        return unexpected(malformed(u"zstd: a dictionary that this version does not have"_s));
    whole.assign(zstdMagic.begin(), zstdMagic.end());
    whole.insert(whole.end(), body.begin(), body.end());
    const auto told = ZSTD_getFrameContentSize(whole.data(), whole.size());
    if (told == ZSTD_CONTENTSIZE_ERROR)
        return unexpected(malformed(u"zstd: not a frame"_s));
    if (told != ZSTD_CONTENTSIZE_UNKNOWN && told > quint64(mostBytes))
        return unexpected(tooBig(mostBytes));
    // zstd itself would go on with a second frame.
    if (ZSTD_findFrameCompressedSize(whole.data(), whole.size()) != whole.size())
        return unexpected(malformed(u"zstd: not exactly one whole frame"_s));
    if (!zstdContext)
        zstdContext.reset(ZSTD_createDCtx());
    char *frame = room(mostBytes);
    const size_t size = ZSTD_decompress_usingDDict(
        zstdContext.get(), frame, size_t(mostBytes), whole.data(), whole.size(), known->forDecompressing.get());
    if (!ZSTD_isError(size))
        return QByteArrayView(frame, qsizetype(size));
    if (ZSTD_getErrorCode(size) == ZSTD_error_dstSize_tooSmall)
        return unexpected(tooBig(mostBytes));
    return unexpected(malformed(u"zstd: "_s + QLatin1StringView(ZSTD_getErrorName(size))));
}

Result<QByteArrayView, DecodeError> Decompressor::Contexts::gzip(QByteArrayView body, qint64 mostBytes)
{
    if (!gzipStream)
        gzipStream = std::make_unique<Stream<inflateEnd>>(
            [](z_stream &stream) { return inflateInit2(&stream, gzipWindowBits); });
    else
        inflateReset(gzipStream->state());
    Stream<inflateEnd> &stream = *gzipStream;
    char *frame = room(mostBytes);
    stream->next_in = zlibInput(body);
    stream->avail_in = zlibSize(body.size());
    stream->next_out = reinterpret_cast<Bytef *>(frame);
    stream->avail_out = zlibSize(mostBytes);
    const int outcome = inflate(stream.state(), Z_FINISH);
    if (outcome != Z_STREAM_END) {
        if (outcome == Z_BUF_ERROR && stream->avail_out == 0)
            return unexpected(tooBig(mostBytes));
        return unexpected(malformed(outcome == Z_BUF_ERROR ? u"gzip: not whole"_s : u"gzip: damaged"_s));
    }
    if (stream->avail_in > 0)
        return unexpected(malformed(u"gzip: something behind the end"_s));
    return QByteArrayView(frame, reinterpret_cast<char *>(stream->next_out) - frame);
}

Result<QByteArrayView, DecodeError> Decompressor::unpack(
    const Compression &agreed, QByteArrayView packed, qint64 mostBytes)
{
    if (packed.isEmpty())
        return unexpected(malformed(u"empty, where a byte tells the compression"_s));
    const QByteArrayView body = packed.sliced(1);
    const auto method = quint8(packed.front());
    if (method == quint8(CompressionMethod::None)) {
        if (body.size() > mostBytes)
            return unexpected(DecodeError{Kind::TooBig, u"over %1 bytes"_s.arg(mostBytes)});
        return body;
    }
    if (method != quint8(agreed.method)) {
        return unexpected(malformed(u"begins with %1, where 0 (none) or %2 tells the compression; who offers one sends "
                                    u"nothing between HELLO and "
                                    "WELCOME"_s.arg(method)
                                        .arg(quint8(agreed.method))));
    }
    return agreed.method == CompressionMethod::Zstd ? m_contexts->zstd(agreed.dictionary, body, mostBytes)
                                                    : m_contexts->gzip(body, mostBytes);
}

} // namespace lanline::protocol
