#pragma once

#include "client/values.h"

#include <QString>

#include <chrono>
#include <optional>

/// What the one state machine looks like in words: the status line, the banner and the window's title take it from
/// here, so they cannot disagree.
namespace lanline::ui {

struct StatusText
{
    enum class Mark : quint8 {
        Connected,
        OnStandby, ///< connected, with nothing left to fall back on or a moment after
        Turning,
        Offline,
    };
    enum class Action : quint8 { None, RetryNow };

    Mark mark = Mark::Offline;
    QString sentence;
    QString aside; ///< at the right, where there is no action
    QString asideDetail; ///< goes behind it where there is room
    bool isAsideGood = false; ///< it is a promise kept, and looks like one
    Action action = Action::None;
    bool showsRoundTrips = false;
    std::optional<double> progress; ///< of catching up, 0 to 1
    bool changesWithTime = false; ///< without anything new being told
};

/// What was told beside the state.
struct StatusFacts
{
    std::optional<std::chrono::microseconds> roundTrip{}; ///< the last one measured on this connection
    client::Ledger ledger{};
    bool wasRearmed = false; ///< there was a standby since the failover that the state tells
    bool isSwitching = false; ///< it catches up over its standby, without having been offline
};

/// `now` serves the countdown, and how long a failover is told.
StatusText statusText(const client::ConnectionState &state, const StatusFacts &facts, SteadyTime now);

/// A failover is told at least this long, and until there is a standby again.
inline constexpr std::chrono::seconds failoverShown{8};

/// Why no second link is kept, for a person who may wonder; empty where one is, or soon will be.
QString noStandbyText(const client::ConnectionState &state);

/// How long without a connection before a banner says so.
inline constexpr std::chrono::seconds bannerDelay{10};

struct BannerText
{
    QString strong; ///< "Offline since 14:02:11."
    QString rest; ///< "2 messages wait here and will leave by themselves."
    bool offersRetry = true; ///< a new attempt to connect may help
};
/// Nothing while all is well or it is too early to say. `offlineSince`: when the connection went, or when the first
/// attempt began; nullopt while there is one.
std::optional<BannerText> bannerText(
    const client::ConnectionState &state, std::optional<SteadyTime> offlineSince, SteadyTime now);

/// The host's name once known, else its address.
QString hostText(const client::ConnectionState &state);

} // namespace lanline::ui
