#pragma once

#include "server/debug/cpuprofile.h"

#include <QByteArray>

#include <functional>

namespace lanline::server {

/// Draws a CPU profile as a flame graph: an SVG that needs nothing else. The outermost functions lie at the bottom, and
/// the width of each is the share of the samples that were taken in it or in what it called. `nameOf` an address may be
/// empty.
QByteArray drawFlameGraph(
    const CpuProfile &profile, const QByteArray &title, const std::function<QByteArray(quint64 address)> &nameOf);

} // namespace lanline::server
