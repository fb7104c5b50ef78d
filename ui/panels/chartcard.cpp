#include "ui/panels/chartcard.h"

#include "ui/widgets/chartlegend.h"
#include "ui/widgets/latencychart.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr qsizetype dotEntry = 0;
constexpr int logarithmic = 1; // of the two scales

} // namespace

ChartCard::ChartCard(ThemeController &themes, QWidget *parent)
    : QFrame(parent)
    , m_title(makeLabel({}, TextStyle::Base, QFont::DemiBold))
    , m_legend(new ChartLegend(themes,
          {{ChartLegend::Mark::Dot, Token::SeriesDot, tr("heartbeat")},
              {ChartLegend::Mark::SolidLine, Token::SeriesP50, tr("P50")},
              {ChartLegend::Mark::DashedLine, Token::SeriesP95, tr("P95")},
              {ChartLegend::Mark::Bar, Token::Accent, tr("active")},
              {ChartLegend::Mark::OutlinedBar, Token::LaneReady, tr("ready")}}))
    , m_scales(new SegmentedControl(tr("Scale"), {tr("Linear"), tr("Log")}))
    , m_chart(new LatencyChart(themes))
{
    setProperty("card", true);
    m_title->setObjectName(u"chartTitle"_s);
    m_title->setToolTip(LatencyChart::shortcutsText());
    m_legend->setToolTip(LatencyChart::shortcutsText());
    m_scales->setObjectName(u"scaleSelector"_s);
    m_scales->setCurrent(logarithmic);
    m_chart->setObjectName(u"latencyChart"_s);
    connect(m_scales, &SegmentedControl::chosen, this, &ChartCard::setScale);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::card, 8, space::gap, 0);
    row->setSpacing(space::card);
    row->addWidget(m_title);
    row->addWidget(m_legend);
    row->addStretch(1);
    row->addWidget(m_scales);
    auto *frame = new QVBoxLayout;
    frame->setContentsMargins(4, 0, 1, 4);
    frame->addWidget(m_chart);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addLayout(frame, 1);
}

void ChartCard::setScale(int index)
{
    m_chart->setScale(index == logarithmic ? LatencyChart::Scale::Logarithmic : LatencyChart::Scale::Linear);
}

void ChartCard::toggleScale()
{
    m_scales->setCurrent(1 - m_scales->current());
    setScale(m_scales->current());
}

void ChartCard::show(const DiagnosticsRecord &record, const client::ConnectionState &state)
{
    m_chart->show(record, state);
    const bool isOfMessages = m_chart->showsMessages();
    m_title->setText(isOfMessages ? tr("Delivery time") : tr("Round trips"));
    m_legend->setWords(dotEntry, isOfMessages ? tr("message") : tr("heartbeat"));
}

} // namespace lanline::ui
