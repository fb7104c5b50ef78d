// The frame decoder. The first byte says how the rest is split; however that is, the events are the same.
#include "tests/support/frames.h"
#include "tests/fuzz/require.h"

#include <QStringDecoder>

#include <cstdint>

using namespace lanline::server;

namespace {

constexpr FrameLimits limits{600, 1000};

QByteArrayList splitBy(quint32 seed, const QByteArray &bytes)
{
    QByteArrayList pieces;
    for (qsizetype at = 0; at < bytes.size(); at += pieces.last().size()) {
        seed = seed * 1664525 + 1013904223; // Knuth's generator: all that matters is that it is always the same
        pieces.append(bytes.mid(at, qsizetype(seed >> 28)));
    }
    return pieces;
}

QByteArrayList told(const QByteArrayList &pieces)
{
    FrameDecoder decoder;
    return eventsOf(decoder, pieces, limits);
}

bool isLast(const QByteArray &event)
{
    return event.startsWith("close ") || event.startsWith("violation ") || event.startsWith("error");
}

bool isUtf8(const QByteArray &text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    [[maybe_unused]] const QString decoded = decoder(text);
    return !decoder.hasError();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray stream(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    const QByteArrayList events = told({stream});
    FUZZ_REQUIRE(told(splitBy(data[0], stream)) == events);
    FUZZ_REQUIRE(told(splitIntoBytes(stream)) == events);

    for (qsizetype i = 0; i < events.size(); ++i) {
        FUZZ_REQUIRE(!events[i].startsWith("error"));
        FUZZ_REQUIRE(!isLast(events[i]) || i == events.size() - 1);
        FUZZ_REQUIRE(events[i].size() <= limits.messageBytes + 7);
        if (events[i].startsWith("text "))
            FUZZ_REQUIRE(isUtf8(events[i].sliced(5)));
    }
    return 0;
}
