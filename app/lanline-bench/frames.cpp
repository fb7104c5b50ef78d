#include "frames.h"

#include <QCryptographicHash>
#include <QList>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <cstring>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr quint8 finalFrame = 0x80;
constexpr quint8 masked = 0x80;
constexpr qsizetype longestShort = 125;
constexpr quint8 length16 = 126;
constexpr quint8 length64 = 127;
constexpr qsizetype longest16 = 0xffff;
constexpr int bitsPerByte = 8;

void appendBigEndian(std::string &to, quint64 number, int bytes)
{
    for (int byte = bytes - 1; byte >= 0; --byte)
        to.push_back(char(number >> (byte * bitsPerByte)));
}

/// The value of a header, by its name in any case; null without one.
QByteArray headerOf(QByteArrayView answer, QByteArrayView name)
{
    for (const QByteArray &line : answer.toByteArray().split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).trimmed().compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

} // namespace

void appendFrame(std::string &to, Opcode opcode, QByteArrayView payload, quint32 key)
{
    to.push_back(char(finalFrame | quint8(opcode)));
    if (payload.size() <= longestShort) {
        to.push_back(char(masked | quint8(payload.size())));
    } else if (payload.size() <= longest16) {
        to.push_back(char(masked | length16));
        appendBigEndian(to, quint64(payload.size()), 2);
    } else {
        to.push_back(char(masked | length64));
        appendBigEndian(to, quint64(payload.size()), bitsPerByte);
    }
    std::array<char, sizeof key> mask{};
    std::memcpy(mask.data(), &key, sizeof key);
    to.append(mask.data(), mask.size());

    const size_t begin = to.size();
    to.append(payload.data(), size_t(payload.size()));
    char *bytes = to.data() + begin;
    const auto size = size_t(payload.size());
    const quint64 wide = quint64(key) << 32 | key;
    size_t done = 0;
    for (; done + sizeof wide <= size; done += sizeof wide) {
        quint64 piece = 0;
        std::memcpy(&piece, bytes + done, sizeof piece);
        piece ^= wide;
        std::memcpy(bytes + done, &piece, sizeof piece);
    }
    for (; done < size; ++done)
        bytes[done] = char(bytes[done] ^ mask[done % mask.size()]);
}

MaskKeys::MaskKeys()
    : m_state(QRandomGenerator::system()->generate64() | 1)
{ }

quint32 MaskKeys::next()
{
    // xorshift64
    m_state ^= m_state << 13;
    m_state ^= m_state >> 7;
    m_state ^= m_state << 17;
    return quint32(m_state >> 32);
}

QByteArray upgradeRequest(
    const QByteArray &host, const QByteArray &path, const QByteArray &subprotocol, const QByteArray &key)
{
    QByteArray request = "GET " + path + " HTTP/1.1\r\nHost: " + host
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key
        + "\r\n";
    if (!subprotocol.isEmpty())
        request += "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
    return request + "\r\n";
}

QString upgradeProblem(QByteArrayView answer, const QByteArray &key, const QByteArray &subprotocol)
{
    static const QByteArray guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"_ba;
    if (!answer.startsWith("HTTP/1.1 101")) {
        return u"the server answers \"%1\""_s.arg(
            QString::fromLatin1(answer.first(std::max<qsizetype>(answer.indexOf('\r'), 0))));
    }
    const QByteArray accept = QCryptographicHash::hash(key + guid, QCryptographicHash::Sha1).toBase64();
    if (headerOf(answer, "Sec-WebSocket-Accept") != accept)
        return u"the server's Sec-WebSocket-Accept is wrong"_s;
    if (headerOf(answer, "Sec-WebSocket-Protocol") != subprotocol)
        return u"the server does not take the subprotocol"_s;
    if (!headerOf(answer, "Sec-WebSocket-Extensions").isEmpty())
        return u"the server answers with an extension that was not offered"_s;
    return {};
}

} // namespace lanline::bench
