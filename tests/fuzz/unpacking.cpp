// Packed frames. The first byte chooses the compression that was agreed on.
#include "protocol/compression.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace lanline::protocol;

namespace {

constexpr qint64 mostBytes = 16 * 1024;

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    // One for all inputs, as a server has one for all its links: what a bad frame leaves behind would be found as well.
    static Decompressor decompressor;
    static Compressor compressor;
    static const QList<Compression> compressions = supportedCompressions();
    const Compression &agreed = compressions.at(data[0] % compressions.size());

    const auto frame = decompressor.unpack(agreed, QByteArrayView(data + 1, qsizetype(size - 1)), mostBytes);
    if (!frame) {
        FUZZ_REQUIRE(!frame.error().text.isEmpty());
        return 0;
    }
    FUZZ_REQUIRE(frame->size() <= mostBytes);
    const QByteArray unpacked = frame->toByteArray();
    const QByteArray packed = compressor.pack(agreed, unpacked);
    FUZZ_REQUIRE(packed.size() <= unpacked.size() + 1);
    const auto again = decompressor.unpack(agreed, packed, mostBytes);
    FUZZ_REQUIRE(again.has_value() && *again == unpacked);
    return 0;
}
