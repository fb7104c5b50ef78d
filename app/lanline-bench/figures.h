#pragma once

#include "sample.h"

#include <QJsonObject>
#include <QList>

#include <functional>

namespace lanline::bench {

/// What one row of the table shows: the medians of all rounds, each value for itself.
struct Figures
{
    double perSecond = 0;
    Histogram::Duration p50{};
    Histogram::Duration p95{};
    Histogram::Duration p99{};
    Histogram::Duration p999{};
    Histogram::Duration longest{}; ///< of all rounds, no median
    Histogram::Duration wireP50{}; ///< zero without an outbox
    Histogram::Duration wireP95{};
    Histogram::Duration wireP99{};
    double success = 0; ///< done of asked, in all rounds
    quint64 done = 0; ///< in all rounds
    double serverCpuUs = 0; ///< per message; 0 where no server was asked
    qint64 serverBytes = 0; ///< resident; likewise
    double requests = 0; ///< per message; 0 where they are not counted
    double wireBytes = 0; ///< likewise
};

double perSecond(const Sample &sample);
/// Of the server, in microseconds.
double cpuPerMessage(const Sample &sample);
Figures figuresOf(const QList<Sample> &rounds);
/// Zero of none.
double median(QList<double> values);
/// The median of what `value` makes of each round of both, pair by pair: what disturbs a round disturbs both of it.
double medianOfPairs(const QList<Sample> &left, const QList<Sample> &right,
    const std::function<double(const Sample &, const Sample &)> &value);

QJsonObject toJson(const Figures &figures);

} // namespace lanline::bench
