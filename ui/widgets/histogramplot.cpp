#include "ui/widgets/histogramplot.h"

#include "ui/models/loadtestverdict.h"
#include "ui/theme/type.h"
#include "ui/widgets/plotting.h"
#include "ui/words.h"

#include <QVBoxLayout>

#include <array>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr std::array percents{50.0, 95.0, 99.0};
constexpr double barShare = 0.86;
constexpr int nameRows = 4; // one for each, should they be close
constexpr int nameGap = 4;
constexpr double shortestAxis = 2; // decades
constexpr double usPerMs = 1000;

/// Where a duration is on the axis: the logarithm of its milliseconds. QCustomPlot's own logarithmic axis would draw
/// bars of one width.
double placeOf(Histogram::Duration time)
{
    return std::log10(std::max(double(time.count()), 1.0) / usPerMs);
}

} // namespace

HistogramPlot::HistogramPlot(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
{
    setAccessibleName(tr("Delivery time"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->setNotAntialiasedElements(QCP::aeAll);
    setUpAxis();
    m_bars = new QCPBars(m_plot->xAxis, m_plot->yAxis);
    m_bars->setPen(Qt::NoPen);
    for (size_t i = 0; i <= percents.size(); ++i) {
        Mark mark;
        mark.line = new QCPItemLine(m_plot);
        mark.line->start->setTypeY(QCPItemPosition::ptAxisRectRatio);
        mark.line->end->setTypeY(QCPItemPosition::ptAxisRectRatio);
        mark.line->setClipToAxisRect(false);
        mark.name = new QCPItemText(m_plot);
        mark.name->setClipToAxisRect(false);
        mark.name->setFont(fontFor(TextStyle::Micro, QFont::DemiBold));
        mark.name->position->setType(QCPItemPosition::ptAbsolute);
        m_marks.append(mark);
    }
    connect(&themes, &ThemeController::themeChanged, this, &HistogramPlot::paint);
    paint(themes.theme());
    show(Histogram());
}

void HistogramPlot::setUpAxis()
{
    QCPAxisRect *rect = m_plot->axisRect();
    rect->setAutoMargins(QCP::msNone);
    const int row = qCeil(lineHeightOf(TextStyle::Micro));
    rect->setMargins(QMargins(1, nameRows * row, 1, row + nameGap));
    m_plot->yAxis->setVisible(false);
    m_plot->xAxis->grid()->setVisible(false);
    m_plot->xAxis->setTickLabelFont(fontFor(TextStyle::Micro));
    m_plot->xAxis->setTickLabelPadding(nameGap);
    m_plot->xAxis->setSubTicks(false);
    m_plot->xAxis->setTickLength(0);
}

void HistogramPlot::paint(const Theme &theme)
{
    m_plot->setBackground(theme[Token::Surface]);
    m_plot->xAxis->setBasePen(QPen(theme[Token::Border], 0));
    m_plot->xAxis->setTickPen(Qt::NoPen);
    m_plot->xAxis->setTickLabelColor(theme[Token::TextTertiary]);
    m_bars->setBrush(theme[Token::SeriesP50]);
    for (const Mark &mark : std::as_const(m_marks)) {
        mark.line->setPen(QPen(theme[Token::Text], 0));
        mark.name->setColor(theme[Token::Text]);
    }
    m_plot->replot(); // at once: whoever takes a picture now wants the new colours
}

void HistogramPlot::show(const Histogram &histogram)
{
    fillBars(histogram);
    for (size_t i = 0; i < percents.size(); ++i) {
        setMark(m_marks[qsizetype(i)], u"P%1"_s.arg(percents[i]), histogram.percentile(percents[i]));
    }
    setMark(m_marks.last(), tr("Max"), histogram.max());
    for (const Mark &mark : std::as_const(m_marks)) {
        mark.line->setVisible(!histogram.isEmpty());
        mark.name->setVisible(!histogram.isEmpty());
    }
    setAccessibleDescription(histogram.isEmpty()
            ? tr("No data")
            : tr("Half within %1, 95 % within %2, 99 % within %3, the longest %4")
                  .arg(durationText(histogram.percentile(percents[0])), durationText(histogram.percentile(percents[1])),
                      durationText(histogram.percentile(percents[2])), durationText(histogram.max())));
    placeNames();
}

void HistogramPlot::fillBars(const Histogram &histogram)
{
    const QList<LoadTestColumn> columns = loadTestColumns(histogram);
    QVector<double> keys;
    QVector<double> values;
    double width = 0;
    double most = 1;
    for (qsizetype i = 0; i + 1 < columns.size(); ++i) {
        const double from = placeOf(columns[i].from);
        const double to = placeOf(columns[i + 1].from);
        width = std::max(width, to - from);
        keys.append((from + to) / 2);
        values.append(double(columns[i].count));
        most = std::max(most, values.last());
    }
    m_bars->setWidth(width * barShare);
    m_bars->setData(keys, values, true);

    const double first = columns.isEmpty() ? -1 : placeOf(columns.constFirst().from);
    const double last = columns.isEmpty() ? 1 : placeOf(columns.constLast().from);
    m_plot->xAxis->setRange(first, std::max(last, first + shortestAxis));
    m_plot->yAxis->setRange(0, most);
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (int decade = int(std::ceil(m_plot->xAxis->range().lower - 0.01)); decade <= m_plot->xAxis->range().upper;
         ++decade) {
        const double ms = std::pow(10, decade);
        ticker->addTick(decade,
            ms < 1             ? QLocale().toString(ms, 'g', 3) + QChar::Nbsp + tr("ms")
                : ms < usPerMs ? QLocale().toString(qint64(ms)) + QChar::Nbsp + tr("ms")
                               : secondsText(qint64(ms / usPerMs)));
    }
    m_plot->xAxis->setTicker(ticker);
}

void HistogramPlot::setMark(Mark &mark, const QString &name, Histogram::Duration at)
{
    mark.at = placeOf(at);
    mark.name->setText(name + u' ' + durationText(at));
}

void HistogramPlot::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeNames();
}

void HistogramPlot::placeNames()
{
    m_plot->setGeometry(rect());
    m_plot->axisRect()->setOuterRect(m_plot->viewport());
    const QRect inner = m_plot->axisRect()->rect();
    const double height = lineHeightOf(TextStyle::Micro);
    std::array<double, nameRows> freeFrom{};
    for (Mark &mark : m_marks) {
        const QCPRange range = m_plot->xAxis->range();
        const double x = inner.left() + (mark.at - range.lower) / range.size() * inner.width();
        const double width = QFontMetricsF(mark.name->font()).horizontalAdvance(mark.name->text());
        const bool isAtEnd = x + nameGap + width > inner.right();
        const double left = isAtEnd ? x - nameGap - width : x + nameGap;
        int row = 0;
        while (row + 1 < nameRows && left < freeFrom[size_t(row)])
            ++row;
        freeFrom[size_t(row)] = left + width + nameGap;
        const double top = inner.top() - (nameRows - row) * height;
        mark.name->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
        mark.name->position->setCoords(left, top);
        mark.line->start->setCoords(mark.at, 1);
        mark.line->end->setCoords(mark.at, inner.height() > 0 ? (top - inner.top()) / inner.height() : 0);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace lanline::ui
