#pragma once

#include "command.h"

namespace lanline::ctl {

/// Times the steps of connecting, and some round trips.
class PingCommand final : public Command
{
    Q_OBJECT

public:
    PingCommand(const Options &options, client::ChatSession &session, Output &output);

protected:
    void begin() override { }

private:
    void onRoundTrip(const client::RoundTrip &trip);
    void report();
    QByteArray asJson() const;
    QByteArray asText() const;
    /// The value at or below which `percent` of all round trips lie.
    std::chrono::microseconds percentile(int percent) const;

    client::ConnectSteps m_steps;
    QList<std::chrono::microseconds> m_trips;
    QList<std::chrono::microseconds> m_sorted;
};

} // namespace lanline::ctl
