#include "ui/models/recordfile.h"

#include "ui/models/recordjson.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <zstd.h>

#include <array>
#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::RecordFile)
};

constexpr int formatVersion = 1;
constexpr QLatin1StringView format = "lanline-diagnostics"_L1;
constexpr int packingLevel = 3;
/// Windows beyond 128 MiB are for files that were made to exhaust memory.
constexpr int largestWindowLog = 27;
/// A file's own clock: far from zero, so that what is long ago is no special case.
constexpr SteadyTime fileNow{std::chrono::hours(24)};

QString damaged()
{
    return Words::tr("This is no recording of Lanline's, or it is damaged.");
}

struct Freed
{
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

/// Nothing, if the bytes are no such frame, end too early or hold too much.
std::optional<QByteArray> unpack(QByteArrayView packed)
{
    const std::unique_ptr<ZSTD_DCtx, Freed> context(ZSTD_createDCtx());
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, largestWindowLog);
    ZSTD_inBuffer input{packed.data(), size_t(packed.size()), 0};
    QByteArray unpacked;
    // The size that the frame claims is not believed: what is there is taken piece by piece.
    std::array<char, 64 * 1024> piece{};
    for (;;) {
        ZSTD_outBuffer output{piece.data(), piece.size(), 0};
        const size_t rest = ZSTD_decompressStream(context.get(), &output, &input);
        if (ZSTD_isError(rest) || unpacked.size() + qsizetype(output.pos) > largestRecord)
            return {};
        unpacked.append(piece.data(), qsizetype(output.pos));
        if (rest == 0)
            return input.pos == input.size ? std::optional(unpacked) : std::nullopt;
        if (output.pos == 0 && input.pos == input.size)
            return {};
    }
}

} // namespace

QByteArray writeRecord(const RecordContent &content)
{
    QJsonObject json = toJson(content);
    json.insert(u"format"_s, format);
    json.insert(u"version"_s, formatVersion);
    const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    QByteArray packed(qsizetype(ZSTD_compressBound(size_t(text.size()))), Qt::Uninitialized);
    const size_t size =
        ZSTD_compress(packed.data(), size_t(packed.size()), text.data(), size_t(text.size()), packingLevel);
    packed.resize(ZSTD_isError(size) ? 0 : qsizetype(size));
    return packed;
}

Result<RecordContent, QString> readRecord(QByteArrayView file)
{
    if (file.size() > largestRecordFile)
        return unexpected(Words::tr("The recording is too large."));
    const std::optional<QByteArray> text = unpack(file);
    if (!text)
        return unexpected(damaged());
    const QJsonObject json = QJsonDocument::fromJson(*text).object();
    if (json[u"format"].toString() != format)
        return unexpected(damaged());
    if (json[u"version"].toInt() > formatVersion)
        return unexpected(Words::tr("The recording was made by a newer Lanline."));
    const std::optional<RecordContent> content = recordFromJson(json, fileNow);
    if (!content)
        return unexpected(damaged());
    return *content;
}

} // namespace lanline::ui
