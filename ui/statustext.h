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
    enum class Mark : quint8 { Connected, Turning, Offline };
    enum class Action : quint8 { None, RetryNow };

    Mark mark = Mark::Offline;
    QString sentence;
    QString aside; ///< at the right, where there is no action
    Action action = Action::None;
    bool showsRoundTrips = false;
    std::optional<double> progress; ///< of catching up, 0 to 1
};

/// `roundTrip`: the last one measured on this connection. `now` serves the countdown.
StatusText statusText(
    const client::ConnectionState &state, std::optional<std::chrono::microseconds> roundTrip, SteadyTime now);

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
