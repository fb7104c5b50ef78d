#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/marklabels.h"
#include "ui/widgets/plotting.h"

namespace lanline::ui {

/// The times without a link: a tinted block from top to bottom that names its length.
class GapBlocks final : public QCPLayerable
{
public:
    /// In keys of the time axis.
    struct Block
    {
        double from;
        double to;
        QString words;
    };

    explicit GapBlocks(QCPAxisRect *axes);
    void setTheme(const Theme &theme) { m_theme = theme; }
    void setBlocks(QList<Block> blocks) { m_blocks = std::move(blocks); }

private:
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;

    QCPAxisRect *m_axes;
    Theme m_theme;
    QList<Block> m_blocks;
};

/// What happened to the link: a line through the plot, a triangle on top and a label; labels without room fold.
class EventMarks final : public QCPLayerable
{
public:
    struct Mark
    {
        double at; ///< key of the time axis
        QString words;
        QString details; ///< for the tooltip
        Token color;
        bool prefersLeft = false;
        int rank = 0;
    };

    explicit EventMarks(QCPAxisRect *axes);
    void setTheme(const Theme &theme) { m_theme = theme; }
    /// How far the lines go on under the plot, in pixels.
    void setDepth(qreal depth) { m_depth = depth; }
    void setMarks(QList<Mark> marks) { m_marks = std::move(marks); }
    /// One line for each mark whose line, triangle or label is at `position`.
    QString detailsAt(const QPointF &position) const;

private:
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;
    qreal pixelOf(const Mark &mark) const;

    QCPAxisRect *m_axes;
    Theme m_theme;
    QList<Mark> m_marks;
    qreal m_depth = 0;
    QList<PlacedLabel> m_labels; ///< as last drawn
};

} // namespace lanline::ui
