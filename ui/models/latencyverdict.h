#pragma once

#include "client/values.h"
#include "ui/models/latencyseries.h"

#include <QString>

#include <chrono>
#include <optional>

namespace lanline::ui {

/// The sentence that opens the diagnostics panel. It says what was measured and blames nobody.
struct LatencyVerdict
{
    enum class Kind : quint8 { NoLink, NotEnoughData, Fast, Fair, Uneven, Slow };
    Kind kind = Kind::NotEnoughData;
    QString sentence;
    QString detail; ///< one more line, or empty
};

/// Below this many round trips no share of them is worth naming.
inline constexpr quint64 enoughForVerdict = 8;

/// `lostAt`: since when there is no link, where there was one.
LatencyVerdict verdictOf(const LatencySummary &summary, std::chrono::seconds window,
    const client::ConnectionState &state, const std::optional<WallTime> &lostAt);

} // namespace lanline::ui
