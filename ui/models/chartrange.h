#pragma once

#include "ui/models/timerange.h"

#include <optional>

namespace lanline::ui {

/// What part of the time a person looks at in a chart: the window that moves with the clock, a part of it that was
/// drawn nearer, and in either a range that was chosen. Values only.
class ChartRange
{
public:
    static constexpr std::chrono::milliseconds shortest{100}; ///< of anything
    static constexpr std::chrono::minutes longest{60}; ///< back from now

    /// The window now.
    void setWindow(const TimeRange &window);
    /// On the axis.
    const TimeRange &shown() const { return m_zoom ? *m_zoom : m_window; }
    const std::optional<TimeRange> &selection() const { return m_selection; }
    /// What figures are of: the selection, else what is shown.
    const TimeRange &lookedAt() const { return m_selection ? *m_selection : shown(); }
    bool isZoomed() const { return m_zoom.has_value(); }
    /// Something else than the window.
    bool isNarrowed() const { return m_zoom || m_selection; }
    /// Where the keyboard is; none before its first step.
    const std::optional<SteadyTime> &cursor() const { return m_cursor; }

    /// Between the two, in either order; nothing where they are one.
    void select(SteadyTime one, SteadyTime other);
    /// The selection, or the cursor where there is none, by hundredths of what is shown; to the left below zero.
    void move(int steps);
    /// The selection's end at the cursor; it begins where the cursor is.
    void extend(int steps);
    /// `factor` below 1 draws nearer; the place `around` stays where it is. Out of the window's length it is none.
    void zoom(double factor, SteadyTime around);
    /// The selection, else the zoom; false: there was neither.
    bool clearOne();
    void clearSelection();
    void clear();

private:
    SteadyTime clamped(SteadyTime time) const;
    std::chrono::nanoseconds step() const;
    void setCursor(SteadyTime time);
    void follow(SteadyTime time);

    TimeRange m_window;
    std::optional<TimeRange> m_zoom;
    std::optional<TimeRange> m_selection;
    std::optional<SteadyTime> m_cursor;
    SteadyTime m_anchor; ///< the selection's other end
};

} // namespace lanline::ui
