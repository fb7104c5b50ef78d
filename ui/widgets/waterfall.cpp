#include "ui/widgets/waterfall.h"

#include "ui/models/waterfallmodel.h"
#include "ui/theme/type.h"
#include "ui/widgets/familylook.h"
#include "ui/words.h"

#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr qreal margin = 14; // of a row's tint from the edges
constexpr qreal padding = 6; // of its words in it
constexpr qreal nameWidth = 78;
constexpr qreal placeWidth = 34;
constexpr qreal columnGap = 4;
constexpr qreal figureWidth = 66;
constexpr qreal rowHeight = 16;
constexpr qreal barHeight = 8;
constexpr qreal leastBar = 2;
constexpr qreal whisker = 3; // half of an error bar's ends
constexpr qreal leastTickGap = 70;
constexpr int topPadding = 8;

/// Where the columns of a row are, in an area as wide as the view.
struct Columns
{
    explicit Columns(const QRectF &row)
        : tint(row.adjusted(margin, 0, -margin / 2, 0))
        , name(tint.left() + padding, row.top(), nameWidth - columnGap, row.height())
        , place(name.left() + nameWidth, row.top(), placeWidth - columnGap, row.height())
        , figure(tint.right() - padding - figureWidth, row.top(), figureWidth, row.height())
        , bars(
              place.right() + columnGap, row.top(), figure.left() - columnGap - place.right() - columnGap, row.height())
    { }

    qreal xOf(std::chrono::microseconds time, std::chrono::microseconds total) const
    {
        return bars.left() + (total > 0us ? bars.width() * double(time.count()) / double(total.count()) : 0);
    }

    QRectF tint;
    QRectF name;
    QRectF place;
    QRectF figure;
    QRectF bars;
};

int rowHeightNow()
{
    return qMax(int(rowHeight), qCeil(lineHeightOf(TextStyle::Small)));
}

class WaterfallDelegate final : public QStyledItemDelegate
{
public:
    WaterfallDelegate(const ThemeController &themes, const WaterfallModel &model, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_themes(themes)
        , m_model(model)
    { }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {0, rowHeightNow()}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const WaterfallModel::Row &row = m_model.row(index.row());
        const Theme &theme = m_themes.theme();
        const FamilyLook look = lookOf(row.family());
        const Columns columns{QRectF(option.rect)};
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        if (row.isGuilty) {
            painter->setBrush(theme[look.tint]);
            painter->drawRoundedRect(columns.tint, radius::tag, radius::tag);
        }
        if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
            painter->setPen(QPen(theme[Token::Accent], 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(columns.tint.adjusted(1, 1, -1, -1), radius::tag, radius::tag);
        }
        const QFont::Weight weight = row.isGuilty ? QFont::DemiBold : QFont::Normal;
        const auto words = [&](const QRectF &area, const QFont &font, Token color, const QString &text) {
            painter->setFont(font);
            painter->setPen(theme[color]);
            painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                QFontMetricsF(font).elidedText(text, Qt::ElideRight, area.width()));
        };
        words(columns.name, fontFor(TextStyle::Small, weight), row.isGuilty ? Token::Text : Token::TextSecondary,
            row.name);
        words(columns.place, fontFor(TextStyle::Micro), row.isGuilty ? Token::TextSecondary : Token::TextTertiary,
            row.place);
        paintBar(*painter, columns, row);
        painter->setFont(fontFor(TextStyle::Small, weight));
        painter->setPen(theme[row.isGuilty ? look.text : Token::TextSecondary]);
        drawTabular(*painter, columns.figure, Qt::AlignRight | Qt::AlignVCenter, durationText(row.leg.duration));
        painter->restore();
    }

private:
    void paintBar(QPainter &painter, const Columns &columns, const WaterfallModel::Row &row) const
    {
        const Theme &theme = m_themes.theme();
        const auto total = m_model.total();
        const qreal left = columns.xOf(row.begin, total);
        const qreal width = qMax(columns.xOf(row.begin + row.leg.duration, total) - left, leastBar);
        // The last of them would begin where the bars end.
        const QRectF bar(
            qMin(left, columns.bars.right() - leastBar), columns.bars.center().y() - barHeight / 2, width, barHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme[lookOf(row.leg.family).mark]);
        const qreal corner = bar.width() > 4 ? 2 : 0;
        painter.drawRoundedRect(bar, corner, corner);
        if (row.leg.stalled > 0us && row.leg.family != client::Family::Threads) {
            const qreal share = double(row.leg.stalled.count()) / double(qMax<qint64>(row.leg.duration.count(), 1));
            QRectF stalled = bar;
            stalled.setLeft(bar.right() - qMin(bar.width(), qMax(bar.width() * share, leastBar)));
            painter.setBrush(theme[Token::Threads]);
            painter.drawRoundedRect(stalled, corner, corner);
        }
        if (row.leg.error == 0us)
            return;
        // A one-way leg may have ended a little earlier or later.
        const auto end = row.begin + row.leg.duration;
        const qreal from = qMax(columns.xOf(end - row.leg.error, total), columns.bars.left());
        const qreal to = qMin(columns.xOf(end + row.leg.error, total), columns.bars.right());
        if (to - from < 2)
            return;
        const qreal y = bar.center().y();
        painter.setPen(QPen(theme[Token::TextSecondary], 1));
        painter.drawLine(QPointF(from, y), QPointF(to, y));
        for (const qreal x : {from, to})
            painter.drawLine(QPointF(x, y - whisker), QPointF(x, y + whisker));
    }

    const ThemeController &m_themes;
    const WaterfallModel &m_model;
};

/// 1, 2 or 5 times a power of ten, so that ticks stand at least `leastTickGap` apart.
double tickStep(double total, qreal width)
{
    const double wanted = total * leastTickGap / qMax(width, 1.0);
    const double decade = std::pow(10, std::floor(std::log10(wanted)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * decade >= wanted)
            return factor * decade;
    }
    return 10 * decade;
}

} // namespace

/// The scale under the rows: round figures, the whole at its end, and how far the clocks may be apart.
class WaterfallAxis final : public QWidget
{
public:
    WaterfallAxis(const ThemeController &themes, const WaterfallModel &model)
        : m_themes(themes)
        , m_model(model)
    {
        setFixedHeight(qCeil(lineHeightOf(TextStyle::Micro)) + topPadding);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const auto total = m_model.total();
        if (total <= 0us)
            return;
        const Columns columns{QRectF(rect())};
        QPainter painter(this);
        painter.setFont(fontFor(TextStyle::Small));
        painter.setPen(m_themes.theme()[Token::TextTertiary]);
        const QString whole = durationText(total);
        const qreal wholeLeft = columns.bars.right() - tabularWidth(painter.font(), whole);
        drawTabular(painter, columns.bars, Qt::AlignRight | Qt::AlignVCenter, whole);
        if (const auto error = m_model.clockError(); error > 0us)
            drawTabular(painter, columns.figure, Qt::AlignRight | Qt::AlignVCenter, u"±"_s + durationText(error));

        const double totalMs = double(total.count()) / 1000;
        const double step = tickStep(totalMs, columns.bars.width());
        const int count = int(totalMs / step);
        for (int i = 0; i <= count; ++i) {
            const QString words = QLocale().toString(i * step, 'g', 4);
            const qreal width = tabularWidth(painter.font(), words);
            const qreal x = columns.bars.left() + columns.bars.width() * i * step / totalMs;
            const QRectF place(i == 0 ? x : x - width / 2, 0, width, height());
            if (place.right() + columnGap * 2 < wholeLeft)
                drawTabular(painter, place, Qt::AlignLeft | Qt::AlignVCenter, words);
        }
    }

private:
    const ThemeController &m_themes;
    const WaterfallModel &m_model;
};

Waterfall::Waterfall(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_model(new WaterfallModel(this))
    , m_view(new QListView)
    , m_axis(new WaterfallAxis(themes, *m_model))
{
    m_view->setObjectName(u"waterfallRows"_s);
    m_view->setAccessibleName(tr("Way of the message"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new WaterfallDelegate(themes, *m_model, this));
    m_view->setUniformItemSizes(true);
    m_view->setSelectionMode(QAbstractItemView::NoSelection);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents); // all rows, where there is room
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, topPadding, 0, topPadding / 2);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_axis);
    connect(&themes, &ThemeController::themeChanged, this, [this] {
        m_view->viewport()->update();
        m_axis->update();
    });
}

void Waterfall::show(const client::MessageTrace &trace, const QString &author)
{
    m_model->setTrace(trace, author);
    // The scale goes on right under the last row, where there is room.
    m_view->setMaximumHeight(m_model->rowCount() * rowHeightNow());
    m_view->viewport()->update();
    m_axis->update();
}

const QAbstractItemModel &Waterfall::rows() const
{
    return *m_model;
}

} // namespace lanline::ui
