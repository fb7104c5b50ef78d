#include "ui/panels/loadtesttab.h"

#include "ui/models/loadtestverdict.h"
#include "ui/panels/loadtestfields.h"
#include "ui/panels/loadtestresult.h"
#include "ui/theme/icons.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/themedicon.h"
#include "ui/words.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMessageBox>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int columnWidth = 92;
constexpr int rowsShown = 4;
constexpr int emptyIcon = 28;
constexpr int emptyWidth = 520;

} // namespace

LoadTestTab::LoadTestTab(LoadTestController &controller, ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_themes(themes)
{
    setObjectName(u"loadTestTab"_s);
    setAttribute(Qt::WA_StyledBackground);
    setProperty("ground", u"canvas"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::page, 12, space::page, 12);
    column->setSpacing(space::cardGap);
    column->addWidget(makeHead());
    column->addWidget(makeBody(themes), 1);

    connect(&controller, &LoadTestController::progressed, this, &LoadTestTab::onProgressed);
    connect(&controller, &LoadTestController::finished, this, &LoadTestTab::onFinished);
    connect(&m_runs, &LoadTestRuns::noteEdited, this,
        [this](WallTime beganAt, const QString &note) { m_controller.setNote(beganAt, note); });
    connect(&themes, &ThemeController::themeChanged, this, &LoadTestTab::showButtons);
    showReports();
}

QSize LoadTestTab::minimumSizeHint() const
{
    return {640, 240};
}

/// Where the fields need the whole width, the buttons stand below them.
void LoadTestTab::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int buttons = m_save->sizeHint().width() + m_run->sizeHint().width() + 2 * space::gap;
    const bool areBeside = m_fields->minimumSizeHint().width() + buttons <= width() - 2 * space::page;
    m_head->setDirection(areBeside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

QWidget *LoadTestTab::makeHead()
{
    auto *head = new QWidget;
    m_head = new QBoxLayout(QBoxLayout::LeftToRight);
    m_head->setSpacing(space::gap);
    m_fields = new LoadTestFields;
    m_save = makeButton(tr("Save report…"), ButtonKind::Plain);
    m_save->setObjectName(u"saveReport"_s);
    m_run = makeButton({}, ButtonKind::Primary);
    m_run->setObjectName(u"run"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::gap);
    buttons->addStretch(1);
    buttons->addWidget(m_save, 0, Qt::AlignBottom);
    buttons->addWidget(m_run, 0, Qt::AlignBottom);
    m_head->addWidget(m_fields, 1);
    m_head->addLayout(buttons);
    m_kept = makeLabel({}, TextStyle::Small, Tone::Tertiary);
    m_kept->setObjectName(u"kept"_s);
    m_kept->setWordWrap(true);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(m_head);
    column->addWidget(m_kept);
    connect(m_run, &QPushButton::clicked, this, &LoadTestTab::toggleRun);
    connect(m_save, &QPushButton::clicked, this, &LoadTestTab::save);
    connect(m_fields, &LoadTestFields::planChanged, this, &LoadTestTab::showKept);
    return head;
}

QWidget *LoadTestTab::makeBody(ThemeController &themes)
{
    auto *empty = new QWidget;
    auto *column = new QVBoxLayout(empty);
    column->addStretch(1);
    column->addWidget(new ThemedIcon(themes, icons::Diagnostics, emptyIcon, Token::TextTertiary), 0, Qt::AlignHCenter);
    QLabel *title = makeLabel(tr("How much can this host take?"), TextStyle::Heading);
    title->setAlignment(Qt::AlignCenter);
    column->addWidget(title);
    QLabel *hint = makeLabel(
        tr("Guests connect to it, talk in a room of their own at a rate that rises step by step, and time every "
           "delivery. The test stops by itself as soon as the members would feel it."),
        TextStyle::Base, Tone::Secondary);
    hint->setAlignment(Qt::AlignCenter);
    hint->setWordWrap(true);
    hint->setFixedWidth(emptyWidth);
    column->addWidget(hint, 0, Qt::AlignHCenter);
    column->addStretch(2);

    auto *results = makeGround("canvas"_L1);
    auto *rows = new QVBoxLayout(results);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::gap);
    m_result = new LoadTestResult(themes);
    rows->addWidget(m_result, 1);
    QFrame *card = makeCard();
    m_table = makeTable();
    card->layout()->setContentsMargins(1, 1, 1, 1);
    card->layout()->addWidget(m_table);
    rows->addWidget(card);

    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(results);
    m_stack = new QStackedWidget;
    m_stack->addWidget(empty);
    m_stack->addWidget(scroll);
    return m_stack;
}

QTableView *LoadTestTab::makeTable()
{
    auto *table = new QTableView;
    table->setObjectName(u"runs"_s);
    table->setAccessibleName(tr("Runs"));
    table->setModel(&m_runs);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(bar::diagnosticsRow);
    QHeaderView *header = table->horizontalHeader();
    header->setHighlightSections(false);
    header->setFixedHeight(bar::tableHead);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setDefaultSectionSize(columnWidth);
    header->setSectionResizeMode(LoadTestRuns::Run, QHeaderView::Stretch);
    connect(table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &current) { showRun(current.row()); });
    return table;
}

// ---- running ------------------------------------------------------------------------------------------------------

void LoadTestTab::toggleRun()
{
    if (m_controller.isRunning()) {
        m_controller.stop();
        m_run->setEnabled(false);
        return;
    }
    m_controller.start(m_fields->plan());
    showButtons();
}

void LoadTestTab::onProgressed(const LoadTestReport &soFar, double share)
{
    m_stack->setCurrentIndex(1);
    m_result->showProgress(soFar, share);
    showButtons();
}

void LoadTestTab::onFinished()
{
    m_run->setEnabled(true);
    showReports();
}

void LoadTestTab::showButtons()
{
    const bool isRunning = m_controller.isRunning();
    m_run->setText(isRunning ? tr("Stop") : m_runs.rowCount() > 0 ? tr("Run again") : tr("Run"));
    const Theme &theme = m_themes.theme();
    m_run->setIcon(
        themedIcon(isRunning ? icons::StopHosting : icons::Play, theme[Token::OnAccent], theme[Token::DisabledText]));
    m_fields->setEditable(!isRunning);
    m_save->setVisible(m_runs.rowCount() > 0);
    m_save->setEnabled(!isRunning);
    m_table->setEnabled(!isRunning);
}

void LoadTestTab::showKept()
{
    //: %1: "# load-test", %2: "21 MiB"
    m_kept->setText(
        tr("Guests talk in the room %1, and leave it behind the test. What they said stays in the host’s "
           "history: up to %2 of text.")
            .arg(u"# "_s + QString::fromLatin1(LoadTestController::room), bytesText(mostTextOf(m_fields->plan()))));
}

void LoadTestTab::showReports()
{
    m_runs.setReports(m_controller.reports());
    const int rows = m_runs.rowCount();
    m_table->parentWidget()->setVisible(rows > 0);
    m_table->setFixedHeight(bar::tableHead + std::min(rows, rowsShown) * bar::diagnosticsRow + 1);
    showButtons();
    showKept();
    if (const LoadTestReport *newest = m_runs.report(0)) {
        m_fields->setPlan(newest->plan);
        m_table->setCurrentIndex(m_runs.index(0, 0));
        m_stack->setCurrentIndex(1);
        showRun(0);
    } else {
        m_stack->setCurrentIndex(0);
    }
}

void LoadTestTab::showRun(int row)
{
    if (const LoadTestReport *report = m_runs.report(row); report && !m_controller.isRunning())
        m_result->show(*report);
}

void LoadTestTab::save()
{
    const LoadTestReport *report = m_runs.report(m_table->currentIndex().row());
    if (!report)
        return;
    //: The beginning of a file's name
    const QString name = tr("lanline-load-test") + localTime(report->beganAt).toString(u"-yyyyMMdd-HHmmss"_s);
    const LoadTestReport chosen = *report;
    auto *dialog = new QFileDialog(this, tr("Save report"), {}, tr("Web page (*.html)"));
    dialog->setObjectName(u"saveDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"html"_s);
    dialog->selectFile(name + u".html"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, chosen](const QString &path) {
        if (const auto saved = m_controller.saveHtml(chosen, path); !saved)
            QMessageBox::warning(this, tr("Save report"), saved.error());
    });
    dialog->open();
}

} // namespace lanline::ui
