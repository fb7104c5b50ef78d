#pragma once

#include "client/trace.h"
#include "ui/models/diagnosticsrecord.h"
#include "ui/models/timerange.h"

#include <QString>

#include <array>
#include <optional>

namespace lanline::ui {

/// The answer to "why is it slow?", by the rules of docs/latency.md.
struct Diagnosis
{
    enum class Kind : quint8 {
        NoLink,
        NotEnoughData, ///< fewer than `enoughMessages`, and the heartbeats say nothing either
        Fast,
        Slow, ///< most messages are, or one in twenty
    };
    Kind kind = Kind::NotEnoughData;
    std::optional<client::Family> culprit{}; ///< of Slow: what most of the slow ones' time goes to
    std::array<double, client::familyCount> shares{}; ///< of the time of the slowest twentieth; their sum is 1, or 0
    std::optional<client::Hop> hop{}; ///< the culprit's longest
    DeliverySummary figures{};
    QString sentence; ///< "Slow: 81 % of P95 is waiting for the host's disk"
    QString advice; ///< what to do, or what was measured
};

inline constexpr quint64 enoughMessages = 30;

Diagnosis diagnose(const DiagnosticsRecord &record, const TimeRange &range);
/// Likewise, were the link in `state`: that there is none now says nothing about what was.
Diagnosis diagnose(const DiagnosticsRecord &record, const TimeRange &range, const client::ConnectionState &state);

/// "I/O", "Network", "Threads", "Back-pressure"
QString familyName(client::Family family);
/// "stored", "network"
QString hopName(client::Hop hop);
/// Whose computer it is on: "you", "host", or the author's name; empty for the network.
QString hopPlace(client::Hop hop, const client::MessageTrace &trace, const QString &author);

} // namespace lanline::ui
