#pragma once

#include "client/values.h"

#include <QJsonObject>

/// What a talker writes down: one JSON object a line on standard output. `us` in each is the steady clock, which the
/// processes of one machine share.
namespace lanline::talker {

/// A line of this kind; of now, or of the moment that is told.
QJsonObject record(QLatin1StringView event, SteadyTime at = std::chrono::steady_clock::now());
void write(const QJsonObject &record);

QJsonObject toJson(const client::ConnectionState &state);
QJsonObject toJson(const client::LinkEvent &event);
QJsonObject toJson(const client::RoundTrip &roundTrip);
QJsonObject toJson(const client::Ledger &ledger);

} // namespace lanline::talker
