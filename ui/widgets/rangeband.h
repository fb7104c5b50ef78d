#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/plotting.h"

#include <optional>

namespace lanline::ui {

/// What of the time is chosen in a plot, where the keyboard is, and whether it is here at all.
class RangeBand final : public QCPLayerable
{
public:
    /// In keys of the time axis.
    struct Span
    {
        double from;
        double to;
    };

    explicit RangeBand(QCPAxisRect *axes);
    void setTheme(const Theme &theme) { m_theme = theme; }
    /// How far the band goes on under the plot, in pixels.
    void setDepth(qreal depth) { m_depth = depth; }
    void setSpan(const std::optional<Span> &span) { m_span = span; }
    void setCursor(const std::optional<double> &cursor) { m_cursor = cursor; }
    void setFocused(bool isFocused) { m_isFocused = isFocused; }

private:
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;

    QCPAxisRect *m_axes;
    Theme m_theme;
    std::optional<Span> m_span;
    std::optional<double> m_cursor;
    qreal m_depth = 0;
    bool m_isFocused = false;
};

} // namespace lanline::ui
