#include "ui/panels/slowesttab.h"

#include "ui/delegates/slowestdelegate.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/waterfall.h"

#include <QHBoxLayout>
#include <QListView>
#include <QScopedValueRollback>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int listWidth = 296;
constexpr int listPadding = 6;

} // namespace

SlowestTab::SlowestTab(ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_model(new SlowestModel(this))
    , m_list(new QListView)
    , m_note(makeLabel({}, TextStyle::Small, Tone::Secondary))
    , m_waterfall(new Waterfall(themes))
    , m_empty(makeLabel({}, TextStyle::Base, Tone::Tertiary))
    , m_content(new QWidget)
{
    setAttribute(Qt::WA_StyledBackground);
    setProperty("ground", u"surface"_s);
    m_list->setObjectName(u"slowestMessages"_s);
    m_list->setAccessibleName(tr("Slowest messages"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new SlowestDelegate(themes, this));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_note->setObjectName(u"traceNote"_s);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(space::page, space::gap, space::card, space::gap);
    m_note->hide();
    m_empty->setObjectName(u"slowestEmpty"_s);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    connect(&themes, &ThemeController::themeChanged, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        if (m_isUpdating)
            return;
        m_askedFor.reset();
        m_held = chosen();
        showChosen();
    });

    auto *left = new QWidget;
    left->setFixedWidth(listWidth);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, listPadding, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_note);
    column->addWidget(m_list, 1);
    auto *line = new QFrame;
    line->setProperty("line", u"vertical"_s);
    auto *right = new QVBoxLayout;
    right->addWidget(m_waterfall);
    right->addStretch(1);
    auto *row = new QHBoxLayout(m_content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(left);
    row->addWidget(line);
    row->addLayout(right, 1);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_content);
    all->addWidget(m_empty);
    m_empty->hide();
}

void SlowestTab::choose(const MessageKey &message)
{
    m_askedFor = message;
    m_held.reset();
}

std::optional<MessageKey> SlowestTab::chosen() const
{
    const QModelIndex current = m_list->currentIndex();
    return current.isValid() ? std::optional(MessageKey::of(m_model->row(current.row()).trace)) : std::nullopt;
}

void SlowestTab::show(const DiagnosticsRecord &record, const TimeRange &range)
{
    {
        const QScopedValueRollback guard(m_isUpdating, true);
        m_model->update(record, range, m_askedFor);
        const std::optional<MessageKey> wanted = m_askedFor ? m_askedFor : m_held;
        const int held = wanted ? m_model->rowOf(*wanted) : -1;
        if (held < 0)
            m_held.reset();
        const QModelIndex shown = m_model->index(qMax(held, 0));
        if (m_list->currentIndex() != shown)
            m_list->setCurrentIndex(shown);
    }
    showEmptiness(record);
    showChosen();
}

void SlowestTab::showEmptiness(const DiagnosticsRecord &record)
{
    const bool isUnknown = m_askedFor && !record.traces().find(m_askedFor->room, m_askedFor->seq);
    const QString unknown = tr("Nothing is known of the way of this message: it came before this window was opened, "
                               "over an hour ago, or while there was no connection.");
    const bool isEmpty = m_model->rowCount() == 0;
    m_content->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    m_empty->setText(isUnknown ? unknown
                               : tr("No messages in this time. As soon as some are sent, the slowest stand "
                                    "here."));
    m_note->setVisible(isUnknown && !isEmpty);
    m_note->setText(unknown);
}

void SlowestTab::showChosen()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    const SlowestModel::Row &row = m_model->row(current.row());
    m_waterfall->show(row.trace, row.label.author);
    const MessageKey key = MessageKey::of(row.trace);
    if (row.trace.isDetailed || m_detailAskedOf == key)
        return;
    m_detailAskedOf = key;
    Q_EMIT detailWanted(row.trace);
}

} // namespace lanline::ui
