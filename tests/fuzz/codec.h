#pragma once

#include "protocol/codec.h"
#include "tests/fuzz/require.h"

namespace lanline::protocol {

/// What was decoded from anything is encoded and decoded like any other value.
template <class Result, class Decode>
void requireStable(Encoding encoding, const Result &result, const Decode &decode)
{
    if (!result) {
        FUZZ_REQUIRE(!result.error().text.isEmpty());
        return;
    }
    const QByteArray written = encode(encoding, *result);
    const auto again = decode(encoding, written, Limits{});
    FUZZ_REQUIRE(again.has_value());
    FUZZ_REQUIRE(*again == *result);
    FUZZ_REQUIRE(encode(encoding, *again) == written);
}

/// Both directions.
inline void fuzzCodec(Encoding encoding, QByteArrayView frame)
{
    requireStable(encoding, decodeCommand(encoding, frame, Limits{}), decodeCommand);
    requireStable(encoding, decodeMessage(encoding, frame, Limits{}), decodeMessage);
}

} // namespace lanline::protocol
