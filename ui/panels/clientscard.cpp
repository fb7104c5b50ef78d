#include "ui/panels/clientscard.h"

#include "ui/delegates/hostclientdelegate.h"
#include "ui/widgets/parts.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedLayout>
#include <QTableView>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int appWidth = 130;
constexpr int linkWidth = 150;
constexpr int figureWidth = 84;
constexpr int leastHeight = 160;
constexpr int tableInset = 6; // with a cell's own padding, words stand under the card's title

} // namespace

ClientsCard::ClientsCard(ThemeController &themes, QWidget *parent)
    : QFrame(parent)
    , m_count(makeLabel({}, TextStyle::Base, Tone::Tertiary))
    , m_stack(new QStackedLayout)
{
    setProperty("card", true);
    setObjectName(u"clientsCard"_s);
    setMinimumHeight(leastHeight);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::card - 1, 9, space::card, space::gap);
    head->setSpacing(10);
    head->addWidget(makeLabel(tr("Clients"), TextStyle::Base, QFont::DemiBold));
    m_count->setObjectName(u"clientCount"_s);
    head->addWidget(m_count);
    head->addStretch(1);

    QLabel *nobody = makeLabel(tr("Nobody is connected yet. Send one of the addresses above to the others."),
        TextStyle::Base, Tone::Secondary);
    nobody->setAlignment(Qt::AlignCenter);
    nobody->setWordWrap(true);
    m_stack->addWidget(nobody);
    m_stack->addWidget(makeTable(themes));
    m_stack->setContentsMargins(tableInset, 0, tableInset, 0);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 6);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(makeLine());
    column->addLayout(m_stack, 1);
    setLinks({});
}

QWidget *ClientsCard::makeTable(ThemeController &themes)
{
    auto *table = new QTableView;
    table->setObjectName(u"clientsTable"_s);
    table->setAccessibleName(tr("Clients"));
    table->setModel(&m_model);
    table->setItemDelegate(new HostClientDelegate(themes, table));
    table->setShowGrid(false);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setFocusPolicy(Qt::TabFocus);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(bar::hostRow);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);

    QHeaderView *header = table->horizontalHeader();
    header->setFont(fontFor(TextStyle::Micro, QFont::Medium));
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setMinimumSectionSize(60);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(HostClientsModel::NameColumn, QHeaderView::Stretch);
    table->setColumnWidth(HostClientsModel::AppColumn, appWidth);
    table->setColumnWidth(HostClientsModel::PrimaryColumn, linkWidth);
    table->setColumnWidth(HostClientsModel::StandbyColumn, linkWidth);
    table->setColumnWidth(HostClientsModel::QueueColumn, figureWidth);
    table->setColumnWidth(HostClientsModel::MessagesColumn, figureWidth);
    connect(&themes, &ThemeController::themeChanged, table->viewport(), qOverload<>(&QWidget::update));
    return table;
}

void ClientsCard::setLinks(const QList<HostClient> &links)
{
    m_model.setLinks(links);
    m_count->setText(QString::number(m_model.rowCount()));
    m_stack->setCurrentIndex(links.isEmpty() ? 0 : 1);
}

} // namespace lanline::ui
