#include "ui/panels/threadstab.h"

#include "ui/models/threadaccount.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/familychip.h"
#include "ui/widgets/heatstrips.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/wrappedlabel.h"
#include "ui/words.h"

#include <QHeaderView>
#include <QScrollArea>
#include <QTableWidget>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

enum Column : int { Time, Thread, Stalled, What, HeldUp, Gap, ColumnCount };
constexpr int timeWidth = 120;
constexpr int threadWidth = 110;
constexpr int stalledWidth = 90;
constexpr int heldUpWidth = 150;
constexpr int gapWidth = 16; ///< between the figures and the words behind them
constexpr int leastRows = 3;

QTableWidgetItem *cell(const QString &text, Qt::Alignment alignment, bool isBold = false)
{
    auto *item = new QTableWidgetItem(text);
    item->setTextAlignment(alignment | Qt::AlignVCenter);
    if (isBold)
        item->setFont(fontFor(TextStyle::Base, QFont::DemiBold));
    return item;
}

} // namespace

ThreadsTab::ThreadsTab(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    QWidget *ground = makeGround("canvas"_L1);
    auto *scroll = new QScrollArea; // for windows that are too low
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(ground);
    column->addWidget(scroll);
    auto *rows = new QVBoxLayout(ground);
    rows->setContentsMargins(space::page, 14, space::page, 12);
    rows->setSpacing(space::gap);
    rows->addWidget(makeVerdict(themes));

    QFrame *strips = makeCard();
    strips->layout()->setContentsMargins(0, 6, 0, 0);
    m_strips = new HeatStrips(themes);
    m_strips->setObjectName(u"heatStrips"_s);
    strips->layout()->addWidget(m_strips);
    rows->addWidget(strips);

    QFrame *card = makeCard();
    card->layout()->setContentsMargins(1, 1, 1, 1);
    m_stalls = makeTable();
    card->layout()->addWidget(m_stalls);
    rows->addWidget(card, 1);
}

QWidget *ThreadsTab::makeVerdict(const ThemeController &themes)
{
    QFrame *card = makeCard();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::card, 12, space::card, 12);
    row->setSpacing(14);
    m_chip = new FamilyChip(themes);
    row->addWidget(m_chip);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_sentence = new ElidedLabel;
    m_sentence->setObjectName(u"threadVerdict"_s);
    m_sentence->setFont(fontFor(TextStyle::Heading));
    m_detail = new WrappedLabel;
    m_detail->setObjectName(u"threadDetail"_s);
    m_detail->setFont(fontFor(TextStyle::Base));
    setTone(*m_detail, Tone::Secondary);
    words->addWidget(m_sentence);
    words->addWidget(m_detail);
    row->addLayout(words, 1);
    static_cast<QVBoxLayout *>(card->layout())->addLayout(row);
    return card;
}

QTableWidget *ThreadsTab::makeTable()
{
    auto *table = new QTableWidget(0, ColumnCount);
    table->setObjectName(u"stalls"_s);
    table->setAccessibleName(tr("Longest stalls"));
    table->setHorizontalHeaderLabels(
        {tr("Time"), tr("Thread"), tr("Stalled"), tr("What it was doing"), tr("Messages held up"), {}});
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(bar::diagnosticsRow);
    QHeaderView *header = table->horizontalHeader();
    header->setHighlightSections(false);
    header->setFixedHeight(bar::tableHead);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->resizeSection(Time, timeWidth);
    header->resizeSection(Thread, threadWidth);
    header->resizeSection(Stalled, stalledWidth);
    header->setSectionResizeMode(What, QHeaderView::Stretch);
    header->resizeSection(HeldUp, heldUpWidth);
    header->setMinimumSectionSize(gapWidth);
    header->resizeSection(Gap, gapWidth);
    header->moveSection(Gap, What);
    for (const int column : {Time, Thread, What})
        table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (const int column : {Stalled, HeldUp})
        table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table->setMinimumHeight(bar::tableHead + leastRows * bar::diagnosticsRow);
    m_noStalls = makeLabel(tr("In this time no thread stood still for more than 50 ms. Where one does, it stands here "
                              "with what it was doing."),
        TextStyle::Base, Tone::Tertiary);
    m_noStalls->setObjectName(u"noStalls"_s);
    m_noStalls->setAlignment(Qt::AlignCenter);
    m_noStalls->setWordWrap(true);
    auto *middle = new QVBoxLayout(table->viewport());
    middle->setContentsMargins(space::page, 0, space::page, 0);
    middle->addWidget(m_noStalls);
    return table;
}

void ThreadsTab::show(const DiagnosticsRecord &record, const TimeRange &range)
{
    const ThreadVerdict verdict = threadVerdict(record, range);
    m_chip->setVisible(verdict.culprit.has_value());
    if (verdict.culprit)
        m_chip->setFamily(*verdict.culprit);
    m_sentence->setFullText(verdict.sentence);
    m_detail->setText(verdict.detail);
    m_strips->show(record, range);
    showStalls(record, range);
}

void ThreadsTab::showStalls(const DiagnosticsRecord &record, const TimeRange &range)
{
    const QList<StallRow> rows = longestStalls(record, range, mostStalls);
    m_noStalls->setVisible(rows.isEmpty());
    m_stalls->setRowCount(int(rows.size()));
    for (int i = 0; i < rows.size(); ++i) {
        const client::ThreadStall &stall = rows[i].stall;
        const QString at = localTime(record.wallOf(stall.begin)).toString(u"HH:mm:ss.zzz"_s);
        m_stalls->setItem(i, Time, cell(at, Qt::AlignLeft));
        m_stalls->setItem(i, Thread, cell(threadName(stall.thread), Qt::AlignLeft));
        m_stalls->setItem(i, Stalled, cell(durationText(stall.duration), Qt::AlignRight, true));
        QTableWidgetItem *what = cell(workWords(stall.what), Qt::AlignLeft);
        what->setToolTip(workWords(stall.what)); // the column may be too narrow for it
        m_stalls->setItem(i, What, what);
        m_stalls->setItem(i, Gap, cell({}, Qt::AlignLeft));
        m_stalls->setItem(i, HeldUp, cell(QString::number(rows[i].heldUp), Qt::AlignRight));
    }
}

} // namespace lanline::ui
