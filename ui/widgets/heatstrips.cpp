#include "ui/widgets/heatstrips.h"

#include "ui/models/threadaccount.h"
#include "ui/theme/type.h"
#include "ui/words.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

using std::chrono::microseconds;

namespace {

constexpr int headHeight = 30;
constexpr int rowHeight = 44;
constexpr int axisHeight = 26;
constexpr qreal side = 16;
constexpr qreal nameWidth = 128;
constexpr qreal figureWidth = 56;
constexpr int figureCount = 4;
constexpr qreal stripHeight = 26;
constexpr qreal cellGap = 1;
constexpr qreal dot = 8;
constexpr qreal swatchWidth = 14;
constexpr qreal swatchHeight = 8;
constexpr int ticks = 5;

struct HeatLevel
{
    microseconds from;
    Token token;
};
constexpr std::array levels{HeatLevel{0ms, Token::Heat0}, HeatLevel{1ms, Token::Heat1}, HeatLevel{4ms, Token::Heat2},
    HeatLevel{16ms, Token::Heat3}, HeatLevel{64ms, Token::Heat4}};
constexpr auto slowFrom = 16ms; // a figure that is worth a look
constexpr auto guiltyFrom = 64ms;
constexpr quint32 busyFrom = 500;
constexpr quint32 percent = 10; // permille

Token heatOf(microseconds lag)
{
    Token token = Token::Heat0;
    for (const HeatLevel &level : levels) {
        if (lag >= level.from)
            token = level.token;
    }
    return token;
}

Token guiltOf(ThreadKind thread)
{
    return thread == ThreadKind::Storage ? Token::IoText : Token::ThreadsText;
}

} // namespace

HeatStrips::HeatStrips(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    for (std::size_t i = 0; i < allThreads.size(); ++i)
        m_rows.at(i).thread = allThreads.at(i);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
    describe();
}

QSize HeatStrips::sizeHint() const
{
    return {640, headHeight + int(allThreads.size()) * rowHeight + axisHeight};
}

void HeatStrips::show(const DiagnosticsRecord &record, const TimeRange &range)
{
    for (Row &row : m_rows) {
        row.cells = record.threads().cells(row.thread, range, cellCount);
        row.summary = record.threads().summary(row.thread, range);
    }
    m_from = record.wallOf(range.from);
    m_to = record.wallOf(range.to);
    describe();
    update();
}

void HeatStrips::describe()
{
    QStringList parts;
    for (const Row &row : m_rows) {
        if (!row.summary.isKnown)
            continue;
        //: "GUI: P95 3.1 ms, longest 380 ms, busy 9 %"
        parts.append(tr("%1: P95 %2, longest %3, busy %4 %")
                         .arg(threadName(row.thread), durationText(row.summary.p95), durationText(row.summary.max))
                         .arg(row.summary.busyPermille / percent));
    }
    setAccessibleName(tr("Event-loop wait"));
    setAccessibleDescription(parts.join(u"; "_s));
}

QRectF HeatStrips::stripOf(int row) const
{
    const qreal left = side + nameWidth;
    const qreal right = width() - side - figureCount * figureWidth - 4;
    const qreal top = headHeight + row * rowHeight + (rowHeight - stripHeight) / 2;
    return {left, top, std::max<qreal>(right - left, cellCount), stripHeight};
}

void HeatStrips::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    paintHead(painter);
    for (int row = 0; row < int(m_rows.size()); ++row)
        paintRow(painter, row);
    paintAxis(painter);
}

void HeatStrips::paintHead(QPainter &painter) const
{
    const Theme &theme = m_themes.theme();
    painter.setPen(theme[Token::Text]);
    painter.setFont(fontFor(TextStyle::Base, QFont::DemiBold));
    painter.drawText(QRectF(side, 0, nameWidth, headHeight), Qt::AlignVCenter, tr("Event-loop wait"));

    painter.setFont(fontFor(TextStyle::Micro));
    const std::array words{tr("< 1 ms"), tr("1–4"), tr("4–16"), tr("16–64"), tr("> 64 ms")};
    // The words come closer to each other before they reach the figures' heads.
    qreal wordsWidth = 0;
    for (const QString &word : words)
        wordsWidth += swatchWidth + 6 + painter.fontMetrics().horizontalAdvance(word);
    const qreal free = stripOf(0).width() - wordsWidth;
    const qreal legendGap = std::clamp<qreal>(free / qreal(words.size() - 1), 4, 16);
    qreal x = stripOf(0).left();
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const QRectF swatch(x, (headHeight - swatchHeight) / 2, swatchWidth, swatchHeight);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme[levels.at(i).token]);
        painter.drawRoundedRect(swatch, 2, 2);
        painter.setPen(theme[Token::TextSecondary]);
        const qreal width = painter.fontMetrics().horizontalAdvance(words.at(i));
        painter.drawText(QRectF(swatch.right() + 6, 0, width + 2, headHeight), Qt::AlignVCenter, words.at(i));
        x = swatch.right() + 6 + width + legendGap;
    }
    painter.setPen(theme[Token::TextTertiary]);
    const std::array heads{tr("P95"), tr("Max"), tr("Queue"), tr("Busy")};
    for (int i = 0; i < figureCount; ++i) {
        const qreal right = width() - side - (figureCount - 1 - i) * figureWidth;
        painter.drawText(QRectF(right - figureWidth, 0, figureWidth, headHeight), Qt::AlignRight | Qt::AlignVCenter,
            heads.at(std::size_t(i)));
    }
}

void HeatStrips::paintRow(QPainter &painter, int index) const
{
    const Theme &theme = m_themes.theme();
    const Row &row = m_rows.at(std::size_t(index));
    const qreal top = headHeight + index * rowHeight;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(theme[Token::Hairline], 0));
    painter.drawLine(QPointF(side, top + 0.5), QPointF(width() - side, top + 0.5));

    const ThreadSummary &summary = row.summary;
    const bool isSlow = summary.max >= slowFrom || summary.busyPermille >= busyFrom;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme[!summary.isKnown ? Token::Control : isSlow ? Token::WarnMark : Token::OkMark]);
    painter.drawEllipse(QRectF(side, top + 9, dot, dot));
    const qreal nameLeft = side + dot + 7;
    painter.setPen(theme[Token::Text]);
    painter.setFont(fontFor(TextStyle::Base, QFont::DemiBold));
    painter.drawText(QRectF(nameLeft, top + 3, nameWidth, 20), Qt::AlignVCenter, threadName(row.thread));
    painter.setPen(theme[Token::TextTertiary]);
    painter.setFont(fontFor(TextStyle::Micro));
    painter.drawText(QRectF(nameLeft, top + 22, nameWidth, 16), Qt::AlignVCenter, threadWork(row.thread));

    const QRectF strip = stripOf(index);
    const qreal step = strip.width() / cellCount;
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (qsizetype i = 0; i < row.cells.size(); ++i) {
        if (row.cells[i] < 0us)
            continue;
        const QRectF cell(strip.left() + qreal(i) * step, strip.top(), std::max(step - cellGap, 1.0), strip.height());
        painter.fillRect(cell, theme[heatOf(row.cells[i])]);
    }

    const auto figure = [&](int column, const QString &text, bool isGuilty) {
        const qreal right = width() - side - (figureCount - 1 - column) * figureWidth;
        painter.setFont(fontFor(TextStyle::Base, isGuilty ? QFont::DemiBold : QFont::Normal));
        painter.setPen(theme[isGuilty ? guiltOf(row.thread) : Token::Text]);
        drawTabular(painter, QRectF(right - figureWidth, top, figureWidth, rowHeight),
            Qt::AlignRight | Qt::AlignVCenter, summary.isKnown ? text : u"–"_s);
    };
    figure(0, durationText(summary.p95), summary.p95 >= guiltyFrom);
    figure(1, durationText(summary.max), summary.max >= guiltyFrom);
    figure(2, QString::number(summary.queued), false);
    figure(3, u"%1\u00a0%"_s.arg(summary.busyPermille / percent), summary.busyPermille >= busyFrom);
}

void HeatStrips::paintAxis(QPainter &painter) const
{
    painter.setPen(m_themes.theme()[Token::TextTertiary]);
    painter.setFont(fontFor(TextStyle::Micro));
    const QRectF strip = stripOf(0);
    const qreal top = headHeight + qreal(m_rows.size()) * rowHeight;
    const bool needsSeconds = m_to - m_from < 5min;
    for (int i = 0; i <= ticks; ++i) {
        const WallTime at = m_from + (m_to - m_from) * i / ticks;
        const QString text = needsSeconds ? timeWithSeconds(at) : timeText(at);
        const qreal width = tabularWidth(painter.font(), text);
        const qreal middle = strip.left() + strip.width() * i / ticks;
        const qreal left = std::clamp(middle - width / 2, strip.left(), strip.right() - width);
        drawTabular(painter, QRectF(left, top, width, axisHeight), Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

QString HeatStrips::tooltipAt(const QPoint &position) const
{
    for (int row = 0; row < int(m_rows.size()); ++row) {
        const QRectF strip = stripOf(row);
        if (!strip.contains(position))
            continue;
        const auto cell = std::min(int((position.x() - strip.left()) / strip.width() * cellCount), cellCount - 1);
        const Row &shown = m_rows.at(std::size_t(row));
        if (cell >= shown.cells.size() || shown.cells[cell] < 0us)
            return {};
        const WallTime at = m_from + (m_to - m_from) * cell / cellCount;
        return tr("%1 at %2: %3").arg(threadName(shown.thread), timeWithSeconds(at), durationText(shown.cells[cell]));
    }
    return {};
}

bool HeatStrips::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), tooltipAt(help->pos()), this);
    return true;
}

} // namespace lanline::ui
