#include "ui/widgets/loadplot.h"

#include "ui/models/loadtestverdict.h"
#include "ui/theme/type.h"
#include "ui/widgets/chartaxes.h"
#include "ui/widgets/plotting.h"
#include "ui/words.h"

#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int labelGap = 6;
constexpr int nameRoom = 34;
constexpr double leastMs = 0.1;
constexpr double roomAbove = 1.6;
constexpr double markSize = 5;
constexpr int lineWidth = 2;

double milliseconds(std::chrono::microseconds time)
{
    return std::max(std::chrono::duration<double, std::milli>(time).count(), leastMs / 10);
}

} // namespace

LoadPlot::LoadPlot(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
    , m_knee(new QCPItemStraightLine(m_plot))
    , m_kneeName(new QCPItemText(m_plot))
{
    setAccessibleName(tr("Delivery time over load"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    const int row = qCeil(lineHeightOf(TextStyle::Micro));
    setUpAxes(*m_plot, QMargins(0, row, nameRoom, row + labelGap), labelGap);
    setValueScale(*m_plot, true);
    m_plot->setLocale(QLocale()); // its own leaves out what separates thousands
    const QSharedPointer<QCPAxisTicker> ticker(new QCPAxisTicker);
    ticker->setTickCount(4);
    m_plot->xAxis->setTicker(ticker);
    m_plot->xAxis->setNumberFormat(u"f"_s);
    m_plot->xAxis->setNumberPrecision(0);
    for (size_t i = 0; i < percents.size(); ++i) {
        m_lines[i] = m_plot->addGraph();
        m_names[i] = new QCPItemText(m_plot);
        m_names[i]->setText(u"P%1"_s.arg(percents[i]));
        m_names[i]->setFont(fontFor(TextStyle::Micro, QFont::DemiBold));
        m_names[i]->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        m_names[i]->setClipToAxisRect(false);
        m_names[i]->setPadding(QMargins(labelGap, 0, 0, 0));
    }
    m_kneeName->setText(tr("knee"));
    m_kneeName->setFont(fontFor(TextStyle::Micro, QFont::DemiBold));
    m_kneeName->setClipToAxisRect(false);
    m_kneeName->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_kneeName->setPositionAlignment(Qt::AlignHCenter | Qt::AlignBottom);
    connect(&themes, &ThemeController::themeChanged, this, &LoadPlot::paint);
    paint(themes.theme());
    show(LoadTestReport());
}

void LoadPlot::paint(const Theme &theme)
{
    m_plot->setBackground(theme[Token::Surface]);
    paintAxes(*m_plot, theme);
    const std::array colors{theme[Token::SeriesP50], theme[Token::SeriesP95], theme[Token::SeriesDot]};
    const std::array styles{Qt::SolidLine, Qt::DashLine, Qt::DotLine};
    for (size_t i = 0; i < percents.size(); ++i) {
        m_lines[i]->setPen(QPen(colors[i], lineWidth, styles[i]));
        m_lines[i]->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colors[i]), colors[i], markSize));
        m_names[i]->setColor(colors[i]);
    }
    m_knee->setPen(QPen(theme[Token::Text], 0));
    m_kneeName->setColor(theme[Token::Text]);
    m_plot->replot(); // at once: whoever takes a picture now wants the new colours
}

void LoadPlot::show(const LoadTestReport &report)
{
    double furthest = 1;
    double most = leastMs * 10;
    double least = leastMs * 10;
    for (size_t i = 0; i < percents.size(); ++i) {
        QVector<double> loads;
        QVector<double> times;
        for (const LoadTestStep &step : report.steps) {
            loads.append(step.offered);
            times.append(milliseconds(step.delivery.percentile(percents[i])));
            furthest = std::max(furthest, step.offered);
            most = std::max(most, times.last());
            least = std::min(least, times.last());
        }
        m_lines[i]->setData(loads, times, true);
        m_names[i]->setVisible(!loads.isEmpty());
        if (!loads.isEmpty())
            m_names[i]->position->setCoords(loads.last(), times.last());
    }
    m_plot->xAxis->setRange(0, furthest);
    m_plot->yAxis->setRange(least / roomAbove, most * roomAbove);
    const bool hasKnee = report.knee && *report.knee < report.steps.size();
    m_knee->setVisible(hasKnee);
    m_kneeName->setVisible(hasKnee);
    if (hasKnee) {
        const double at = report.steps.at(*report.knee).offered;
        m_knee->point1->setCoords(at, least);
        m_knee->point2->setCoords(at, most * roomAbove);
        m_kneeName->position->setCoords(at, 0);
    }
    describe(report);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LoadPlot::describe(const LoadTestReport &report)
{
    QStringList words;
    for (const LoadTestStep &step : report.steps) {
        words.append(tr("%1 messages/s: P95 %2")
                         .arg(rateText(step.offered), durationText(step.delivery.percentile(percents[1]))));
    }
    setAccessibleDescription(words.isEmpty() ? tr("No data") : words.join(u"; "_s));
}

} // namespace lanline::ui
