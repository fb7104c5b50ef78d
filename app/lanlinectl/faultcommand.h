#pragma once

#include "command.h"

namespace lanline::ctl {

/// Breaks the server on purpose, ends that, or asks what is in force.
class FaultCommand final : public Command
{
    Q_OBJECT

public:
    FaultCommand(const Options &options, client::ChatSession &session, Output &output);

protected:
    void begin() override;
    /// A fault may have cost the connection: what is in force is asked for once more, and set again.
    void resume() override { begin(); }

private:
    void onFaults(const QList<protocol::ActiveFault> &faults);
};

} // namespace lanline::ctl
