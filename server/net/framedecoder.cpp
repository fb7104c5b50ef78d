#include "server/net/framedecoder.h"

#include "server/net/frameheader.h"
#include "server/net/utf8.h"

#include <QByteArray>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstring>

namespace lanline::server {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Fault
{
    quint16 code;
    QLatin1StringView text;
};

namespace fault {
constexpr Fault ReservedBits{1002, "reserved bits are set"_L1};
constexpr Fault ReservedOpcode{1002, "opcode is reserved"_L1};
constexpr Fault FragmentedControl{1002, "control frame is fragmented"_L1};
constexpr Fault LongControl{1002, "control frame is over 125 bytes"_L1};
constexpr Fault NothingToContinue{1002, "continuation without a message"_L1};
constexpr Fault MessageInMessage{1002, "message begins inside another"_L1};
constexpr Fault NotMasked{1002, "frame is not masked"_L1};
constexpr Fault LengthNotMinimal{1002, "length is not in its shortest form"_L1};
constexpr Fault LengthNegative{1002, "length has its highest bit set"_L1};
constexpr Fault FrameTooBig{1009, "frame is too big"_L1};
constexpr Fault MessageTooBig{1009, "message is too big"_L1};
constexpr Fault CloseCodeCut{1002, "close frame has half a code"_L1};
constexpr Fault CloseCodeNotAllowed{1002, "close code is not allowed"_L1};
constexpr Fault CloseReasonNotUtf8{1007, "close reason is not UTF-8"_L1};
constexpr Fault TextNotUtf8{1007, "text is not UTF-8"_L1};
} // namespace fault

constexpr qsizetype maxHeaderBytes = 14;

/// A client's frame, as its header tells it.
struct Frame
{
    Opcode opcode = Opcode::Continuation;
    bool isFinal = false;
    quint8 headerBytes = 0; ///< its length
    quint32 key = 0; ///< as it lies in memory; its first byte is for the next byte of payload
    qint64 payloadBytes = 0;

    bool isControl() const { return quint8(opcode) >= quint8(Opcode::Close); }
};

/// What a header's validity depends on.
struct Context
{
    bool isInMessage = false;
    qint64 frameBytes = 0; ///< most that a frame may have
    qint64 messageBytes = 0; ///< most that the message may still get
};

/// What is wrong with a header, or null. While it is cut, `frame.headerBytes` stays 0.
/// Looks at each byte as soon as it is there, so that a fault does not depend on how the header was cut.
const Fault *readHeader(QByteArrayView bytes, const Context &context, Frame &frame)
{
    if (bytes.isEmpty())
        return nullptr;
    const auto first = uchar(bytes[0]);
    frame.opcode = Opcode(first & 0x0F);
    frame.isFinal = (first & 0x80) != 0;
    if ((first & 0x70) != 0)
        return &fault::ReservedBits;
    if ((first & 0x07) > 2)
        return &fault::ReservedOpcode;
    if (frame.isControl()) {
        if (!frame.isFinal)
            return &fault::FragmentedControl;
    } else if (frame.opcode == Opcode::Continuation) {
        if (!context.isInMessage)
            return &fault::NothingToContinue;
    } else if (context.isInMessage) {
        return &fault::MessageInMessage;
    }

    if (bytes.size() < 2)
        return nullptr;
    const auto second = uchar(bytes[1]);
    if ((second & 0x80) == 0)
        return &fault::NotMasked;
    const int shortLength = second & 0x7F;
    if (frame.isControl() && shortLength > maxControlPayloadBytes)
        return &fault::LongControl;

    qsizetype at = 2;
    quint64 length = shortLength;
    if (shortLength == 126) {
        at += 2;
        if (bytes.size() < at)
            return nullptr;
        length = qFromBigEndian<quint16>(bytes.data() + 2);
        if (length < 126)
            return &fault::LengthNotMinimal;
    } else if (shortLength == 127) {
        at += 8;
        if (bytes.size() < at)
            return nullptr;
        length = qFromBigEndian<quint64>(bytes.data() + 2);
        if (length >> 63 != 0)
            return &fault::LengthNegative;
        if (length <= 0xFFFF)
            return &fault::LengthNotMinimal;
    }
    frame.payloadBytes = qint64(length);
    if (!frame.isControl()) {
        if (frame.payloadBytes > context.frameBytes)
            return &fault::FrameTooBig;
        if (frame.payloadBytes > context.messageBytes)
            return &fault::MessageTooBig;
    }

    if (bytes.size() < at + qsizetype(sizeof frame.key))
        return nullptr;
    std::memcpy(&frame.key, bytes.data() + at, sizeof frame.key);
    frame.headerBytes = quint8(at + qsizetype(sizeof frame.key));
    return nullptr;
}

/// Turns the key so that it fits what follows `bytes` of payload.
quint32 turned(quint32 key, size_t bytes)
{
    std::array<char, sizeof key> from;
    std::array<char, sizeof key> to;
    std::memcpy(from.data(), &key, sizeof key);
    std::rotate_copy(from.begin(), from.begin() + bytes % sizeof key, from.end(), to.begin());
    std::memcpy(&key, to.data(), sizeof key);
    return key;
}

void unmask(std::span<char> bytes, quint32 key)
{
    const quint64 wideKey = quint64(key) << 32 | key;
    char *at = bytes.data();
    size_t left = bytes.size();
    for (quint64 word = 0; left >= sizeof word; at += sizeof word, left -= sizeof word) {
        std::memcpy(&word, at, sizeof word);
        word ^= wideKey;
        std::memcpy(at, &word, sizeof word);
    }
    std::array<char, sizeof key> keyBytes;
    std::memcpy(keyBytes.data(), &key, sizeof key);
    for (size_t i = 0; i < left; ++i)
        at[i] = char(at[i] ^ keyBytes[i % sizeof key]);
}

std::span<char> takeFirst(std::span<char> &input, size_t bytes)
{
    const std::span<char> taken = input.first(bytes);
    input = input.subspan(bytes);
    return taken;
}

QByteArrayView viewOf(std::span<const char> bytes)
{
    return {bytes.data(), qsizetype(bytes.size())};
}

FrameEvent violation(const Fault &fault)
{
    return {FrameEvent::Kind::Violation, {}, QByteArrayView(fault.text.data(), fault.text.size()), fault.code};
}

FrameEvent messageEvent(Opcode opcode, QByteArrayView payload)
{
    return {FrameEvent::Kind::Message, opcode == Opcode::Text ? FrameType::Text : FrameType::Binary, payload, 0};
}

FrameEvent closeEvent(QByteArrayView payload)
{
    if (payload.isEmpty())
        return {FrameEvent::Kind::Close, {}, {}, 0};
    if (payload.size() == 1)
        return violation(fault::CloseCodeCut);
    const auto code = qFromBigEndian<quint16>(payload.data());
    if (!isAllowedCloseCode(code))
        return violation(fault::CloseCodeNotAllowed);
    const QByteArrayView reason = payload.sliced(2);
    if (Utf8Validator utf8; !utf8.feed(reason) || !utf8.isComplete())
        return violation(fault::CloseReasonNotUtf8);
    return {FrameEvent::Kind::Close, {}, reason, code};
}

/// A control frame, unmasked.
FrameEvent controlEvent(Opcode opcode, QByteArrayView payload)
{
    if (opcode == Opcode::Close)
        return closeEvent(payload);
    return {opcode == Opcode::Ping ? FrameEvent::Kind::Ping : FrameEvent::Kind::Pong, {}, payload, 0};
}

/// A control frame, or a message of one frame.
FrameEvent wholeFrame(const Frame &frame, std::span<char> payload)
{
    unmask(payload, frame.key);
    if (frame.isControl())
        return controlEvent(frame.opcode, viewOf(payload));
    if (frame.opcode == Opcode::Text) {
        if (Utf8Validator utf8; !utf8.feed(viewOf(payload)) || !utf8.isComplete())
            return violation(fault::TextNotUtf8);
    }
    return messageEvent(frame.opcode, viewOf(payload));
}

} // namespace

struct FrameDecoder::State
{
    enum class Stage : quint8 { Header, Payload, Over };

    Stage stage = Stage::Header;
    quint8 headerBytes = 0; ///< that came of a cut header
    quint8 controlBytes = 0; ///< that came of a cut control frame
    bool isInMessage = false;
    Opcode type = Opcode::Binary; ///< of the message
    Utf8Validator utf8; ///< over the message
    Frame frame; ///< whose payload is being read
    qint64 payloadLeft = 0;
    std::array<char, maxHeaderBytes> header;
    std::array<char, maxControlPayloadBytes> control;
    QByteArray message; ///< what came of it

    bool isNeeded() const { return stage != Stage::Header || headerBytes > 0 || isInMessage; }

    /// What came of a cut header, with as much of what came now as can belong to it.
    std::span<const char> joinedHeader(std::span<const char> more);
    void begin(const Frame &next);
    std::optional<FrameEvent> take(std::span<char> part);
};

std::span<const char> FrameDecoder::State::joinedHeader(std::span<const char> more)
{
    const auto added = more.first(std::min(more.size(), header.size() - headerBytes));
    std::copy(added.begin(), added.end(), header.begin() + headerBytes);
    return std::span<const char>(header).first(headerBytes + added.size());
}

void FrameDecoder::State::begin(const Frame &next)
{
    stage = Stage::Payload;
    frame = next;
    payloadLeft = next.payloadBytes;
    controlBytes = 0;
    if (!next.isControl() && next.opcode != Opcode::Continuation) {
        isInMessage = true;
        type = next.opcode;
    }
}

/// The next bytes of the frame's payload, perhaps none and perhaps the last.
std::optional<FrameEvent> FrameDecoder::State::take(std::span<char> part)
{
    unmask(part, frame.key);
    frame.key = turned(frame.key, part.size());
    payloadLeft -= qint64(part.size());
    if (frame.isControl()) {
        std::copy(part.begin(), part.end(), control.begin() + controlBytes);
        controlBytes = quint8(controlBytes + part.size());
    } else {
        if (type == Opcode::Text && !utf8.feed(viewOf(part)))
            return violation(fault::TextNotUtf8);
        message.append(viewOf(part));
    }
    if (payloadLeft > 0)
        return std::nullopt;

    stage = Stage::Header;
    if (frame.isControl())
        return controlEvent(frame.opcode, {control.data(), qsizetype(controlBytes)});
    if (!frame.isFinal)
        return std::nullopt;
    if (!utf8.isComplete())
        return violation(fault::TextNotUtf8);
    isInMessage = false;
    return messageEvent(type, message);
}

FrameDecoder::FrameDecoder() = default;
FrameDecoder::~FrameDecoder() = default;
FrameDecoder::FrameDecoder(FrameDecoder &&) noexcept = default;
FrameDecoder &FrameDecoder::operator=(FrameDecoder &&) noexcept = default;

std::optional<FrameEvent> FrameDecoder::next(std::span<char> &input, const FrameLimits &limits)
{
    if (m_state && !m_state->isNeeded()) // the last event's payload lay in it
        m_state.reset();
    std::optional<FrameEvent> event;
    while (!event && !input.empty()) {
        if (m_state && m_state->stage == State::Stage::Over)
            takeFirst(input, input.size());
        else if (m_state && m_state->stage == State::Stage::Payload)
            event = m_state->take(takeFirst(input, std::min(input.size(), size_t(m_state->payloadLeft))));
        else
            event = beginFrame(input, limits);
    }
    if (event && (event->kind == FrameEvent::Kind::Close || event->kind == FrameEvent::Kind::Violation)) {
        state().stage = State::Stage::Over;
        state().message.clear();
    }
    return event;
}

std::optional<FrameEvent> FrameDecoder::beginFrame(std::span<char> &input, const FrameLimits &limits)
{
    const size_t cutBefore = m_state ? m_state->headerBytes : 0;
    const auto header = cutBefore > 0 ? m_state->joinedHeader(input) : std::span<const char>(input);
    const Context context{m_state && m_state->isInMessage, limits.frameBytes,
        limits.messageBytes - (m_state ? m_state->message.size() : 0)};
    Frame frame;
    if (const Fault *fault = readHeader(viewOf(header), context, frame))
        return violation(*fault);
    if (frame.headerBytes == 0) {
        state().headerBytes = quint8(state().joinedHeader(input).size());
        takeFirst(input, input.size());
        return std::nullopt;
    }
    takeFirst(input, frame.headerBytes - cutBefore);
    if (m_state)
        m_state->headerBytes = 0;

    const auto payload = takeFirst(input, std::min(input.size(), size_t(frame.payloadBytes)));
    const bool isEvent = frame.isControl() || (frame.isFinal && !context.isInMessage);
    if (!isEvent || payload.size() < size_t(frame.payloadBytes)) {
        state().begin(frame);
        return state().take(payload);
    }
    if (m_state && !m_state->isNeeded()) // it was there for the header
        m_state.reset();
    return wholeFrame(frame, payload);
}

FrameDecoder::State &FrameDecoder::state()
{
    if (!m_state)
        m_state = std::make_unique<State>();
    return *m_state;
}

} // namespace lanline::server
