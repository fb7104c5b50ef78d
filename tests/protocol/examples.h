#pragma once

#include "protocol/messages.h"

#include <QByteArray>
#include <QList>

namespace lanline::protocol {

/// A message and how it looks, to the byte: other people's clients rely on it.
template <class Value>
struct Example
{
    const char *name;
    Value value;
    QByteArray json;
    QByteArray protobufHex; ///< empty where the property tests say enough
};

/// At least one for every kind.
QList<Example<ClientCommand>> commandExamples();
QList<Example<ServerMessage>> messageExamples();

} // namespace lanline::protocol
