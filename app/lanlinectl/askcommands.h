#pragma once

#include "command.h"

namespace lanline::ctl {

/// What the server tells about itself.
class StatusCommand final : public Command
{
    Q_OBJECT

public:
    StatusCommand(const Options &options, client::ChatSession &session, Output &output);

protected:
    void begin() override { session().requestStatus(); }
    void resume() override { begin(); }

private:
    void onStatus(const protocol::Status &status);
};

/// The rooms of the server.
class RoomsCommand final : public Command
{
    Q_OBJECT

public:
    RoomsCommand(const Options &options, client::ChatSession &session, Output &output);

protected:
    void begin() override { session().listRooms(); }
    void resume() override { begin(); }

private:
    void onRooms(const QList<protocol::RoomInfo> &rooms);
};

} // namespace lanline::ctl
