#include "app/loadtest/stamp.h"

#include <algorithm>

namespace lanline::loadtest {

namespace {

constexpr int digits = 16;
constexpr int bitsPerDigit = 4;
constexpr int ten = 10;
constexpr int fifteen = 15;

void writeHex(char *to, quint64 number)
{
    for (int digit = digits - 1; digit >= 0; --digit, number >>= bitsPerDigit)
        to[digit] = "0123456789abcdef"[number & fifteen];
}

bool readHex(const char *from, quint64 &number)
{
    number = 0;
    for (int digit = 0; digit < digits; ++digit) {
        const char c = from[digit];
        const int value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + ten : -1;
        if (value < 0)
            return false;
        number = number << bitsPerDigit | quint64(value);
    }
    return true;
}

} // namespace

void Stamp::writeTo(QByteArray &message) const
{
    char *to = message.data();
    writeHex(to, number);
    writeHex(to + digits, quint64(std::chrono::nanoseconds(intended.time_since_epoch()).count()));
}

std::optional<Stamp> Stamp::readFrom(QByteArrayView message)
{
    Stamp stamp;
    quint64 ns = 0;
    if (message.size() < leastStampBytes || !readHex(message.data(), stamp.number)
        || !readHex(message.data() + digits, ns)) {
        return std::nullopt;
    }
    stamp.intended = SteadyTime(std::chrono::nanoseconds(ns));
    return stamp;
}

bool isFillerWhole(QByteArrayView message)
{
    const auto filler = message.sliced(leastStampBytes);
    return std::all_of(filler.begin(), filler.end(), [](char c) { return c == 'x'; });
}

} // namespace lanline::loadtest
