#pragma once

#include "app/page/plot.h"

namespace lanline::page {

/// The plot as an <svg> element for a page with the style sheet of page.html, which gives the colours.
QString svgOf(const Plot &plot);

/// "12,345" or "0.123".
QString number(double value, int decimals = 0);
/// "12,345", "12.3" or "0.123": three digits that tell something.
QString shortNumber(double value);

} // namespace lanline::page
