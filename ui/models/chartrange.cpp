#include "ui/models/chartrange.h"

#include <algorithm>

namespace lanline::ui {

namespace {

constexpr int stepsShown = 100;

TimeRange between(SteadyTime one, SteadyTime other)
{
    return {std::min(one, other), std::max(one, other)};
}

TimeRange moved(const TimeRange &range, std::chrono::nanoseconds by)
{
    return {range.from + by, range.to + by};
}

} // namespace

void ChartRange::setWindow(const TimeRange &window)
{
    m_window = window;
}

SteadyTime ChartRange::clamped(SteadyTime time) const
{
    return std::clamp<SteadyTime>(time, m_window.to - longest, m_window.to);
}

std::chrono::nanoseconds ChartRange::step() const
{
    return (shown().to - shown().from) / stepsShown;
}

void ChartRange::select(SteadyTime one, SteadyTime other)
{
    m_anchor = clamped(one);
    m_cursor = clamped(other);
    const TimeRange range = between(m_anchor, *m_cursor);
    m_selection = range.to - range.from >= shortest ? std::optional(range) : std::nullopt;
}

void ChartRange::move(int steps)
{
    if (!m_selection) {
        setCursor(m_cursor.value_or(shown().to) + steps * step());
        return;
    }
    const auto back = m_window.to - longest - m_selection->from;
    const auto forward = m_window.to - m_selection->to;
    const auto by = std::clamp<std::chrono::nanoseconds>(steps * step(), std::min(back, forward), forward);
    m_selection = moved(*m_selection, by);
    m_anchor += by;
    setCursor(*m_cursor + by);
}

void ChartRange::extend(int steps)
{
    if (!m_selection)
        m_anchor = m_cursor.value_or(shown().to);
    setCursor(m_cursor.value_or(shown().to) + steps * step());
    const TimeRange range = between(m_anchor, *m_cursor);
    m_selection = range.to - range.from >= shortest ? std::optional(range) : std::nullopt;
}

void ChartRange::setCursor(SteadyTime time)
{
    m_cursor = clamped(time);
    follow(*m_cursor);
}

/// Keeps `time` on a zoomed axis.
void ChartRange::follow(SteadyTime time)
{
    if (!m_zoom)
        return;
    if (time < m_zoom->from)
        m_zoom = moved(*m_zoom, time - m_zoom->from);
    else if (time > m_zoom->to)
        m_zoom = moved(*m_zoom, time - m_zoom->to);
}

void ChartRange::zoom(double factor, SteadyTime around)
{
    using Seconds = std::chrono::duration<double>;
    const auto scaled = [&](SteadyTime time) {
        return around + std::chrono::duration_cast<SteadyTime::duration>(Seconds(time - around) * factor);
    };
    const TimeRange wanted{scaled(shown().from), std::min(scaled(shown().to), m_window.to)};
    if (wanted.to - wanted.from < shortest)
        return;
    if (wanted.to - wanted.from >= m_window.to - m_window.from)
        m_zoom.reset();
    else
        m_zoom = wanted;
}

bool ChartRange::clearOne()
{
    if (m_selection)
        clearSelection();
    else if (m_zoom)
        m_zoom.reset();
    else
        return false;
    return true;
}

void ChartRange::clearSelection()
{
    m_selection.reset();
}

void ChartRange::clear()
{
    m_zoom.reset();
    m_selection.reset();
    m_cursor.reset();
}

} // namespace lanline::ui
