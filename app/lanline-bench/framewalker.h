#pragma once

#include <QByteArrayView>

#include <algorithm>
#include <array>
#include <string>

namespace lanline::bench {

/// Reads what a server writes, in whatever pieces it comes: counts messages, and looks into them only for those who
/// want it. Nothing is copied unless a message spans two pieces.
class FrameWalker
{
public:
    /// Only count messages, or hand over each of them?
    void setWhole(bool isWhole) { m_isWhole = isWhole; }

    quint64 messages() const { return m_messages; }
    /// Of the payloads of all messages.
    quint64 bytes() const { return m_bytes; }
    /// What the server did wrong; null if nothing.
    const char *problem() const { return m_problem; }

    /// `sink.onMessage(QByteArrayView)` with each message, if they are wanted, and `sink.onControl(opcode,
    /// QByteArrayView)`; both return whether to go on. False: the sink said no, or see problem(), and it is over.
    template <class Sink>
    bool walk(QByteArrayView piece, Sink &sink);

private:
    static constexpr quint8 finalText = 0x81;
    static constexpr quint8 finalBinary = 0x82;
    static constexpr quint8 length16 = 126;

    /// Header complete, or not yet; m_problem is set on a bad one.
    bool takeHeaderByte(quint8 byte);
    void beginFrame();
    bool isControl() const { return (m_header[0] & 0x08) != 0; }
    bool isFinal() const { return (m_header[0] & 0x80) != 0; }

    template <class Sink>
    bool endFrame(QByteArrayView lastPiece, Sink &sink);

    std::array<quint8, 10> m_header{};
    quint8 m_headerSize = 0;
    bool m_isInPayload = false;
    bool m_isFragmented = false; ///< a message was begun whose last frame has not come
    bool m_isWhole = false;
    quint64 m_left = 0; ///< of the frame's payload
    quint64 m_messageBytes = 0; ///< of this message so far, this frame included
    quint64 m_messages = 0;
    quint64 m_bytes = 0;
    std::string m_kept; ///< of this message
    std::string m_keptControl; ///< of a control frame, which may come in the middle of a message
    const char *m_problem = nullptr;
};

template <class Sink>
bool FrameWalker::walk(QByteArrayView piece, Sink &sink)
{
    const auto *at = piece.data();
    const auto *const end = at + piece.size();
    while (at < end) {
        if (!m_isInPayload) {
            // Nearly all frames: a message of its own, all here.
            const auto first = quint8(*at);
            if (m_headerSize == 0 && !m_isFragmented && (first == finalText || first == finalBinary) && end - at >= 4) {
                auto length = qsizetype(quint8(at[1]));
                const char *payload = at + 2;
                if (length == length16) {
                    length = qsizetype(quint8(at[2])) << 8 | quint8(at[3]);
                    payload += 2;
                }
                if (quint8(at[1]) <= length16 && end - payload >= length) {
                    ++m_messages;
                    m_bytes += quint64(length);
                    at = payload + length;
                    if (m_isWhole && !sink.onMessage(QByteArrayView(payload, length)))
                        return false;
                    continue;
                }
            }
            const bool isComplete = takeHeaderByte(quint8(*at++));
            if (m_problem)
                return false;
            if (!isComplete)
                continue;
            beginFrame();
            if (m_left == 0 && !endFrame({}, sink))
                return false;
            continue;
        }
        const auto taken = qsizetype(std::min<quint64>(m_left, quint64(end - at)));
        const QByteArrayView part(at, taken);
        at += taken;
        m_left -= quint64(taken);
        if (m_left == 0) {
            if (!endFrame(part, sink))
                return false;
        } else if (isControl()) {
            m_keptControl.append(part.data(), size_t(taken));
        } else if (m_isWhole) {
            m_kept.append(part.data(), size_t(taken));
        }
    }
    return true;
}

template <class Sink>
bool FrameWalker::endFrame(QByteArrayView lastPiece, Sink &sink)
{
    m_isInPayload = false;
    m_headerSize = 0;
    if (isControl()) {
        m_keptControl.append(lastPiece.data(), size_t(lastPiece.size()));
        const bool goesOn = sink.onControl(
            quint8(m_header[0] & 0x0f), QByteArrayView(m_keptControl.data(), qsizetype(m_keptControl.size())));
        m_keptControl.clear();
        return goesOn;
    }
    if (m_isWhole)
        m_kept.append(lastPiece.data(), size_t(lastPiece.size()));
    m_isFragmented = !isFinal();
    if (m_isFragmented)
        return true;
    ++m_messages;
    m_bytes += m_messageBytes;
    if (!m_isWhole)
        return true;
    const bool goesOn = sink.onMessage(QByteArrayView(m_kept.data(), qsizetype(m_kept.size())));
    m_kept.clear();
    return goesOn;
}

} // namespace lanline::bench
