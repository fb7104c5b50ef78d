#include "ui/widgets/wrappedlabel.h"

namespace lanline::ui {

namespace {

constexpr int narrowest = 120;
constexpr int slack = 4; // lines are broken by finer measures than those of the font

} // namespace

WrappedLabel::WrappedLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

QSize WrappedLabel::sizeHint() const
{
    const int width = fontMetrics().horizontalAdvance(text()) + slack;
    return {width, heightForWidth(width)};
}

QSize WrappedLabel::minimumSizeHint() const
{
    return {qMin(narrowest, sizeHint().width()), fontMetrics().height()};
}

} // namespace lanline::ui
