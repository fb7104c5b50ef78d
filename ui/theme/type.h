#pragma once

#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;

namespace lanline::ui {

/// Sizes are in points, so that the user's text scale holds.
enum class TextStyle : quint8 {
    Title, ///< the name on the first-run screen
    Figure, ///< value of a tile
    Verdict, ///< the sentence of diagnostics
    Heading, ///< room title, card choice, host name
    Message, ///< text in bubbles, editor
    Base, ///< everything else
    Code, ///< code blocks, addresses
    Small, ///< status line, captions, chips
    Micro, ///< times, axis, table heads, section heads
    Hint, ///< keyboard hints
    Tiny, ///< initials in small avatars
};

/// `weight` Normal stands for the style's own: 600 for Title, Figure, Verdict and Heading, 400 for the others.
QFont fontFor(TextStyle style, QFont::Weight weight = QFont::Normal);
/// Pixels from one base line to the next, from the font's own metrics.
qreal lineHeightOf(TextStyle style);

/// Inter's digits differ in width and Qt 6.4 cannot switch a font's features: these draw each digit centred in the
/// width of the widest, so that figures do not jump. `alignment` as in QPainter::drawText(), one line.
void drawTabular(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);
qreal tabularWidth(const QFont &font, const QString &text);

/// For labels: where lines begin in this interface. (A QLabel alone goes by what its text is written in.)
Qt::Alignment startAlignment();

/// Words of several lines at the style's own line height, which QPainter::drawText() does not know. With no painter it
/// only measures. Returns the height.
qreal drawParagraph(QPainter *painter, const QPointF &topLeft, qreal width, TextStyle style, const QString &text);

} // namespace lanline::ui
