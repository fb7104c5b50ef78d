#pragma once

#include "client/trace.h"

namespace lanline::ui {

/// A message by its place in history, which is how traces are told apart.
struct MessageKey
{
    RoomId room;
    quint64 seq = 0;

    static MessageKey of(const client::MessageTrace &trace) { return {trace.room, trace.seq}; }
    friend bool operator==(const MessageKey &, const MessageKey &) = default;
};

} // namespace lanline::ui
