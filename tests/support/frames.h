#pragma once

#include "server/net/framedecoder.h"
#include "server/net/frameheader.h"

#include <QByteArrayList>

namespace lanline::server {

/// A frame as a client writes it, or as none should: every rule can be broken.
struct ClientFrame
{
    enum class Length : quint8 { Shortest, In16Bits, In64Bits };

    Opcode opcode = Opcode::Text;
    QByteArray payload = {};
    bool isFinal = true;
    quint32 key = 0x37fa213d;
    quint8 reservedBits = 0; ///< 0 to 7
    bool isMasked = true;
    Length length = Length::Shortest;
    std::optional<quint64> declaredBytes = {}; ///< instead of the payload's size

    QByteArray bytes() const;
};

/// A frame like any other, in one piece.
QByteArray clientFrame(Opcode opcode, const QByteArray &payload, bool isFinal = true);
QByteArray closeFrame(quint16 code, const QByteArray &reason = {});

/// An event in one line: "text hello", "ping ", "close 1000 bye", "violation 1002 frame is not masked".
QByteArray toldOf(const FrameEvent &event);

/// Lets the decoder read these pieces one after the other, each in memory of its own, and tells the events.
QByteArrayList eventsOf(FrameDecoder &decoder, const QByteArrayList &pieces, const FrameLimits &limits);

/// One byte a piece.
QByteArrayList splitIntoBytes(const QByteArray &bytes);

} // namespace lanline::server
