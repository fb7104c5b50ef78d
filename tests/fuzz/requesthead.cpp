// The head of the first request of a connection.
#include "server/net/handshake.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace lanline::server;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView head(data, qsizetype(size));
    const auto refusal = refusalOf(head);
    if (refusal) {
        FUZZ_REQUIRE(refusal->startsWith("HTTP/1.1 "));
        FUZZ_REQUIRE(refusal->contains("\r\n\r\n"));
    } else {
        FUZZ_REQUIRE(head.size() > 100); // what has to be there is longer than that
    }
    return 0;
}
