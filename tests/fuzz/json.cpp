// Frames of the subprotocol lanline.v1.json.
#include "tests/fuzz/codec.h"

#include <cstdint>

using namespace lanline::protocol;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzzCodec(Encoding::Json, QByteArrayView(data, qsizetype(size)));
    return 0;
}
