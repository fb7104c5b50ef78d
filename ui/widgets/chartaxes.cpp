#include "ui/widgets/chartaxes.h"

#include "ui/theme/type.h"
#include "ui/widgets/plotting.h"

#include <QCoreApplication>
#include <QDateTime>

#include <array>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::ChartAxes)
};

/// "0.1 ms", "20 ms", "1 s".
QString tickText(double ms)
{
    if (ms >= 1000)
        return Words::tr("%1\u00a0s").arg(QLocale().toString(ms / 1000, 'g', 3));
    return Words::tr("%1\u00a0ms").arg(QLocale().toString(ms, 'g', 3));
}

template <class Ticker>
class MillisecondTicker final : public Ticker
{
    QString getTickLabel(double tick, const QLocale &, QChar, int) override { return tickText(tick); }
};

/// Ticks on round times of the wall clock, in keys of seconds since 1970.
class ClockTicker final : public QCPAxisTicker
{
    double getTickStep(const QCPRange &range) override
    {
        constexpr std::array steps{1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0};
        const double wanted = range.size() / mTickCount;
        const auto *fitting = std::find_if(steps.begin(), steps.end(), [&](double step) { return step >= wanted; });
        m_step = fitting == steps.end() ? steps.back() : *fitting;
        return m_step;
    }
    QString getTickLabel(double tick, const QLocale &, QChar, int) override
    {
        return QDateTime::fromMSecsSinceEpoch(std::llround(tick * 1000))
            .toString(m_step < 60 ? u"HH:mm:ss"_s : u"HH:mm"_s);
    }

    double m_step = 1;
};

} // namespace

void setUpAxes(QCustomPlot &plot, QMargins margins, int labelGap)
{
    const QFont font = fontFor(TextStyle::Micro);
    margins.setLeft(qCeil(QFontMetricsF(font).horizontalAdvance(tickText(888))) + 2 * labelGap);
    plot.axisRect()->setAutoMargins(QCP::msNone);
    plot.axisRect()->setMargins(margins);

    const QSharedPointer<QCPAxisTicker> clock(new ClockTicker);
    clock->setTickCount(6);
    plot.xAxis->setTicker(clock);
    plot.yAxis2->setVisible(true);
    plot.yAxis2->setTickLabels(false);
    for (QCPAxis *axis : {plot.xAxis, plot.yAxis, plot.yAxis2}) {
        axis->setTickLabelFont(font);
        axis->setTickLabelPadding(labelGap);
        axis->setSubTicks(false);
        axis->setTickLength(0);
        axis->setTickPen(Qt::NoPen);
    }
    plot.yAxis->grid()->setZeroLinePen(Qt::NoPen);
    plot.xAxis->grid()->setZeroLinePen(Qt::NoPen);
}

void paintAxes(QCustomPlot &plot, const Theme &theme)
{
    const QPen hairline(theme[Token::Hairline], 0);
    for (QCPAxis *axis : {plot.xAxis, plot.yAxis, plot.yAxis2}) {
        axis->setBasePen(hairline);
        axis->setTickLabelColor(theme[Token::TextTertiary]);
    }
    plot.xAxis->setBasePen(QPen(theme[Token::Border], 0));
    plot.yAxis->grid()->setPen(hairline);
    plot.xAxis->grid()->setPen(QPen(theme[Token::Hairline], 0, Qt::DotLine));
}

void setValueScale(QCustomPlot &plot, bool isLogarithmic)
{
    plot.yAxis->setScaleType(isLogarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    const QSharedPointer<QCPAxisTicker> ticker(isLogarithmic
            ? static_cast<QCPAxisTicker *>(new MillisecondTicker<QCPAxisTickerLog>)
            : new MillisecondTicker<QCPAxisTicker>);
    ticker->setTickCount(4);
    plot.yAxis->setTicker(ticker);
}

double niceCeiling(double value)
{
    const double wanted = value * 1.1;
    const double decade = std::pow(10, std::floor(std::log10(wanted)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * decade >= wanted)
            return factor * decade;
    }
    return 10 * decade;
}

} // namespace lanline::ui
