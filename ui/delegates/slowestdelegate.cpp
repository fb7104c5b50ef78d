#include "ui/delegates/slowestdelegate.h"

#include "ui/models/slowestmodel.h"
#include "ui/theme/type.h"
#include "ui/widgets/sharebar.h"
#include "ui/words.h"

#include <QFontMetricsF>
#include <QPainter>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr qreal inset = 8; // of the row from the list's edges
constexpr qreal padding = 12; // of its words from the row's
constexpr qreal topPadding = 6;
constexpr qreal barHeight = 5;
constexpr qreal barGap = 5;
constexpr qreal betweenRows = 2;
constexpr qreal wordsGap = 8;

FamilyShares sharesOf(const client::MessageTrace &trace)
{
    FamilyShares shares{};
    const client::FamilyTimes times = trace.families();
    const double total = double(trace.total().count());
    for (std::size_t i = 0; i < shares.size() && total > 0; ++i)
        shares[i] = double(times[i].count()) / total;
    return shares;
}

} // namespace

SlowestDelegate::SlowestDelegate(const ThemeController &themes, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_themes(themes)
{ }

QSize SlowestDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0,
        qCeil(2 * lineHeightOf(TextStyle::Base) + 2 * topPadding + barGap + barHeight + topPadding / 2 + betweenRows)};
}

void SlowestDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto &row = static_cast<const SlowestModel *>(index.model())->row(index.row());
    const Theme &theme = m_themes.theme();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(option.rect).adjusted(inset, 0, -inset, -betweenRows);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    if (isSelected || isHovered) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme[isSelected ? Token::AccentTint : Token::RowHover]);
        painter->drawRoundedRect(area, radius::card, radius::card);
    }
    if (isSelected && option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(theme[Token::Accent], 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(area.adjusted(1, 1, -1, -1), radius::card, radius::card);
    }

    const QRectF words = area.adjusted(padding, topPadding, -padding, 0);
    const qreal lineHeight = lineHeightOf(TextStyle::Base);
    // The figure first: what is left of its line is the words'.
    const auto drawLine = [&](qreal top, const QFont &font, Token color, const QString &text, const QFont &figureFont,
                              Token figureColor, const QString &figure) {
        const QRectF line(words.left(), top, words.width(), lineHeight);
        painter->setFont(figureFont);
        painter->setPen(theme[figureColor]);
        drawTabular(*painter, line, Qt::AlignRight | Qt::AlignVCenter, figure);
        const qreal room = line.width() - tabularWidth(figureFont, figure) - wordsGap;
        painter->setFont(font);
        painter->setPen(theme[color]);
        painter->drawText(QRectF(line.left(), line.top(), room, line.height()), Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(font).elidedText(text, Qt::ElideRight, room));
    };
    drawLine(words.top(), fontFor(TextStyle::Small, QFont::Medium), Token::Text,
        row.label.author.isEmpty() ? u"# "_s + row.label.room : u"%1 → # %2"_s.arg(row.label.author, row.label.room),
        fontFor(TextStyle::Base, QFont::DemiBold), Token::Text, durationText(row.trace.total()));
    drawLine(words.top() + lineHeight, fontFor(TextStyle::Small), Token::TextSecondary, row.label.preview,
        fontFor(TextStyle::Micro), isSelected ? Token::TextSecondary : Token::TextTertiary,
        timeWithSeconds(row.trace.wallAt));
    paintShares(*painter, QRectF(words.left(), words.top() + 2 * lineHeight + barGap, words.width(), barHeight),
        sharesOf(row.trace), theme);
    painter->restore();
}

} // namespace lanline::ui
