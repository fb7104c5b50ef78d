#include "server/net/utf8.h"

#include <cstring>

namespace lanline::server {

namespace {

const uchar *skipAscii(const uchar *at, const uchar *end)
{
    constexpr quint64 highBits = 0x8080808080808080;
    for (quint64 word = 0; end - at >= qsizetype(sizeof word); at += sizeof word) {
        std::memcpy(&word, at, sizeof word);
        if ((word & highBits) != 0)
            break;
    }
    while (at != end && *at < 0x80)
        ++at;
    return at;
}

/// Code points of three bytes, which is what Chinese, Japanese and Korean are written in. Stops at all that is not one
/// of them, right or wrong.
const uchar *skipThreeByteForms(const uchar *at, const uchar *end)
{
    const auto isContinuation = [](uchar byte) { return (byte & 0xC0) == 0x80; };
    for (; end - at >= 3 && (at[0] & 0xF0) == 0xE0 && isContinuation(at[1]) && isContinuation(at[2]); at += 3) {
        const uint point = uint(at[0] & 0x0F) << 12 | uint(at[1] & 0x3F) << 6 | uint(at[2] & 0x3F);
        if (point < 0x800 || (point >= 0xD800 && point <= 0xDFFF))
            break;
    }
    return at;
}

} // namespace

/// RFC 3629, 4. Nothing missing: no code point begins like this.
Utf8Validator::Open Utf8Validator::opened(uchar first)
{
    if (first < 0xC2 || first > 0xF4) // a continuation, an overlong form of ASCII, or past U+10FFFF
        return {};
    if (first < 0xE0)
        return {1, 0x80, 0xBF};
    if (first < 0xF0)
        return {2, quint8(first == 0xE0 ? 0xA0 : 0x80), quint8(first == 0xED ? 0x9F : 0xBF)}; // overlong, surrogates
    return {3, quint8(first == 0xF0 ? 0x90 : 0x80), quint8(first == 0xF4 ? 0x8F : 0xBF)}; // overlong, past U+10FFFF
}

bool Utf8Validator::feed(QByteArrayView bytes)
{
    const auto *at = reinterpret_cast<const uchar *>(bytes.data());
    const uchar *const end = at + bytes.size();
    Open open = m_open; // a copy stays in registers: reads through `at` could alias a member
    while (at != end) {
        if (open.missing == 0) {
            // The two ways of most text; the general one below also knows where exactly it goes wrong.
            at = skipThreeByteForms(skipAscii(at, end), end);
            if (at == end)
                break;
            if (*at < 0x80)
                continue;
            open = opened(*at++);
            if (open.missing == 0)
                return false;
        }
        for (; open.missing > 0 && at != end; ++at) {
            if (*at < open.lowest || *at > open.highest)
                return false;
            open = {quint8(open.missing - 1), 0x80, 0xBF};
        }
    }
    m_open = open;
    return true;
}

} // namespace lanline::server
