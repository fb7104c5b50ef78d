#pragma once

#include "command.h"

namespace lanline::ctl {

/// Prints the events of a room, in order, from link to link.
class TailCommand final : public Command
{
    Q_OBJECT

public:
    TailCommand(const Options &options, client::ChatSession &session, Output &output);

protected:
    void begin() override;
    void resume() override { begin(); }

private:
    void onRoom(const protocol::RoomState &room);
    void onTimeline(const client::TimelineUpdate &update);
    void onEvent(const protocol::Event &event);

    /// Events up to here are not asked for; not known before the room is.
    std::optional<quint64> m_since;
    quint64 m_last = 0;
    quint64 m_printed = 0;
    bool m_hasJoined = false;
};

} // namespace lanline::ctl
