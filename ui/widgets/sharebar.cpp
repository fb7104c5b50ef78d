#include "ui/widgets/sharebar.h"

#include "ui/models/diagnosis.h"
#include "ui/theme/type.h"
#include "ui/widgets/familylook.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr qreal barHeight = 6;
constexpr qreal barGap = 2;
constexpr qreal legendGap = 9;
constexpr qreal swatch = 8;
constexpr qreal swatchGap = 6;
constexpr qreal entryGap = 14;
constexpr int preferredWidth = 300;
constexpr int narrowest = 220;

/// The largest first.
auto byShare(const FamilyShares &shares)
{
    auto order = allFamilies;
    std::stable_sort(order.begin(), order.end(),
        [&](client::Family a, client::Family b) { return shares[std::size_t(a)] > shares[std::size_t(b)]; });
    return order;
}

/// As the legend has room for.
QString shortName(client::Family family)
{
    return family == client::Family::BackPressure ? ShareBar::tr("Back-pr.") : familyName(family);
}

int percentOf(double share)
{
    return int(std::lround(share * 100));
}

} // namespace

void paintShares(QPainter &painter, const QRectF &where, const FamilyShares &shares, const Theme &theme)
{
    QPainterPath ends;
    ends.addRoundedRect(where, where.height() / 3, where.height() / 3);
    painter.save();
    painter.setClipPath(ends);
    qreal x = where.left();
    for (const client::Family family : byShare(shares)) {
        const qreal width = shares[std::size_t(family)] * where.width();
        if (width < 0.5)
            continue;
        painter.fillRect(QRectF(x, where.top(), qMax(width - barGap, 1.0), where.height()), theme[lookOf(family).mark]);
        x += qMax(width, barGap + 1);
    }
    painter.restore();
}

ShareBar::ShareBar(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

void ShareBar::setShares(const FamilyShares &shares)
{
    if (shares == m_shares)
        return;
    m_shares = shares;
    QStringList words;
    for (const client::Family family : byShare(shares)) {
        if (const int percent = percentOf(shares[std::size_t(family)]); percent > 0)
            words.append(tr("%1 %2\u00a0%").arg(familyName(family)).arg(percent));
    }
    setAccessibleName(words.join(u", "_s));
    setToolTip(words.join(u'\n'));
    update();
}

QSize ShareBar::sizeHint() const
{
    return {preferredWidth, minimumSizeHint().height()};
}

QSize ShareBar::minimumSizeHint() const
{
    return {narrowest, qCeil(barHeight + legendGap + lineHeightOf(TextStyle::Small)) + 1};
}

void ShareBar::paintEvent(QPaintEvent *)
{
    if (std::all_of(m_shares.begin(), m_shares.end(), [](double share) { return share <= 0; }))
        return;
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintShares(painter, QRectF(0, 0, width(), barHeight), m_shares, theme);

    painter.setFont(fontFor(TextStyle::Small));
    const QFontMetricsF metrics(painter.font());
    const QRectF row(0, barHeight + legendGap, width(), lineHeightOf(TextStyle::Small));
    qreal x = 0;
    for (const client::Family family : byShare(m_shares)) {
        const int percent = percentOf(m_shares[std::size_t(family)]);
        if (percent == 0)
            continue;
        // The sign stands once, with the first.
        const QString words = x > 0 ? tr("%1 %2", "family, percent").arg(shortName(family)).arg(percent)
                                    : tr("%1 %2\u00a0%").arg(shortName(family)).arg(percent);
        const qreal wordsWidth = tabularWidth(painter.font(), words);
        if (x + swatch + swatchGap + wordsWidth > row.right() + 1)
            break;
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme[lookOf(family).mark]);
        painter.drawRoundedRect(QRectF(x, row.center().y() - swatch / 2, swatch, swatch), 2, 2);
        x += swatch + swatchGap;
        painter.setPen(theme[Token::TextSecondary]);
        drawTabular(painter, QRectF(x, row.top(), wordsWidth, row.height()), Qt::AlignLeft | Qt::AlignVCenter, words);
        x += wordsWidth + entryGap;
    }
}

} // namespace lanline::ui
