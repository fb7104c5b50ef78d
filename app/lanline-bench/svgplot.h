#pragma once

#include "plot.h"

namespace lanline::bench {

/// The plot as an <svg> element for a page with the style sheet of htmlreport.cpp, which gives the colours.
QString svgOf(const Plot &plot);

/// "12,345", "12.3" or "0.123": three digits that tell something.
QString shortNumber(double value);

} // namespace lanline::bench
