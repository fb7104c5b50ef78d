#include "ui/panels/ledgerdetails.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/parts.h"

#include <QGridLayout>
#include <QScreen>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int columnGap = 28;
constexpr int rowGap = 6;
constexpr int widest = 420;

} // namespace

LedgerDetails::LedgerDetails(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_sentence(makeLabel({}, TextStyle::Base, Tone::Secondary))
{
    setObjectName(u"ledgerDetails"_s);
    setProperty("card", true);
    setAccessibleName(tr("Ledgers"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::card, space::card, space::card, space::card);
    column->setSpacing(space::cardGap);
    m_sentence->setWordWrap(true);
    m_sentence->setMaximumWidth(widest);
    m_sentence->setObjectName(u"ledgerSentence"_s);
    column->addWidget(m_sentence);
    column->addWidget(makeLine());

    auto *table = new QGridLayout;
    table->setHorizontalSpacing(columnGap);
    table->setVerticalSpacing(rowGap);
    table->setColumnStretch(0, 1);
    table->addWidget(makeLabel(tr("This computer"), TextStyle::Micro, Tone::Tertiary), 0, 1, Qt::AlignRight);
    table->addWidget(makeLabel(tr("Host, of everyone"), TextStyle::Micro, Tone::Tertiary), 0, 2, Qt::AlignRight);
    m_sent = addRow(
        *table, u"ledgerSent"_s, tr("Sent"), tr("What was written here for this host: messages, edits, deletions."));
    m_stored = addRow(
        *table, u"ledgerStored"_s, tr("Stored"), tr("Of what was sent, what the host confirmed to have on its disk."));
    m_deduplicated = addRow(*table, u"ledgerDeduplicated"_s, tr("Deduplicated"),
        tr("What was sent again after a cut although the host had it. It is stored once."));
    m_delivered = addRow(*table, u"ledgerDelivered"_s, tr("Delivered"),
        tr("What was read live since Lanline was started; of the host: what it wrote since its own start."));
    m_replayed = addRow(*table, u"ledgerReplayed"_s, tr("Replayed"),
        tr("What was read later, in pages; of the host: what it wrote since its own start."));
    m_lost = addRow(*table, u"ledgerLost"_s, tr("Lost"), {});
    column->addLayout(table);
    show({});
}

LedgerDetails::Row LedgerDetails::addRow(
    QGridLayout &table, const QString &objectName, const QString &name, const QString &explanation)
{
    const int row = table.rowCount();
    QLabel *title = makeLabel(name, TextStyle::Base);
    title->setToolTip(explanation);
    table.addWidget(title, row, 0);
    Row made{makeLabel({}, TextStyle::Base, QFont::DemiBold), makeLabel({}, TextStyle::Base, Tone::Secondary)};
    made.here->setObjectName(objectName);
    made.host->setObjectName(objectName + u"Host"_s);
    for (QLabel *figure : {made.here, made.host})
        figure->setToolTip(explanation);
    table.addWidget(made.here, row, 1, Qt::AlignRight);
    table.addWidget(made.host, row, 2, Qt::AlignRight);
    return made;
}

void LedgerDetails::show(const LedgerAccount &account)
{
    const client::Ledger &own = account.own;
    const auto set = [&](const Row &row, quint64 here, quint64 protocol::Status::*host) {
        row.here->setText(QString::number(here));
        row.host->setText(account.host ? QString::number((*account.host).*host) : tr("not asked"));
    };
    set(m_stored, own.stored, &protocol::Status::storedEver);
    set(m_deduplicated, own.deduplicated, &protocol::Status::duplicatesEver);
    set(m_delivered, own.delivered, &protocol::Status::delivered);
    set(m_replayed, own.replayed, &protocol::Status::replayed);
    set(m_lost, own.lost(), &protocol::Status::lost);

    m_sent.here->setText(QString::number(own.sent));
    QStringList open{tr("%n waiting", nullptr, int(own.waiting))};
    if (own.refused + own.discarded > 0)
        open.append(tr("%1 refused · %2 withdrawn").arg(own.refused).arg(own.discarded));
    m_sent.host->setText(open.join(u" · "_s));
    m_sentence->setText(verdictOf(account).sentence);
}

void LedgerDetails::openBelow(const QWidget &tile)
{
    adjustSize();
    const QRect screen = tile.screen()->availableGeometry();
    QPoint corner = tile.mapToGlobal(QPoint(tile.width() - width(), tile.height() + space::small));
    corner.setX(qBound(screen.left(), corner.x(), screen.right() - width()));
    corner.setY(qBound(screen.top(), corner.y(), screen.bottom() - height()));
    move(corner);
    QFrame::show();
}

} // namespace lanline::ui
