#pragma once

#include "protocol/messages.h"
#include "server/store/storevalues.h"

namespace lanline::server {

/// A message that was never sent before.
inline protocol::Send message(const QString &text, const RoomId &room = lobbyId)
{
    static qint64 time = 0;
    return {room, makeMessageId(++time), text};
}

} // namespace lanline::server
