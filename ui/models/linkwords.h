#pragma once

#include "client/values.h"
#include "ui/models/latencyseries.h"

#include <QString>

#include <optional>

namespace lanline::ui {

/// That there is no link, in two sentences.
struct NoLink
{
    QString sentence;
    QString advice;
};

/// None: there is a link. `lostAt`: since when there is none, where there was one.
std::optional<NoLink> noLink(const client::ConnectionState &state, const std::optional<WallTime> &lostAt);

/// Below this many round trips no share of them is worth naming.
inline constexpr quint64 enoughRoundTrips = 8;

/// What heartbeats alone tell of a time in which there are too few messages; it blames nobody.
QString heartbeatsSentence(const LatencySummary &summary);

} // namespace lanline::ui
