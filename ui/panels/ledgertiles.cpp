#include "ui/panels/ledgertiles.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/tile.h"

#include <QHBoxLayout>

namespace lanline::ui {

using namespace Qt::Literals::StringLiterals;

LedgerTiles::LedgerTiles(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::gap);
    const auto add = [&](const QString &objectName, const QString &name, const QString &tooltip) {
        auto *tile = new Tile(themes, name);
        tile->setObjectName(objectName);
        tile->setToolTip(tooltip);
        row->addWidget(tile, 1);
        return tile;
    };
    m_sent = add(u"tileSent"_s, tr("Sent"), tr("What was written here for this host: messages, edits, deletions."));
    m_stored = add(u"tileStored"_s, tr("Stored"),
        tr("Of what was sent, what the host confirmed to have on its disk. Below: what it has stored of everyone."));
    m_deduplicated = add(u"tileDeduplicated"_s, tr("Deduplicated"),
        tr("What was sent again after a cut although the host had it. It is stored once. Below: of everyone."));
    m_delivered = add(u"tileDelivered"_s, tr("Delivered"),
        tr("What was read live since Lanline was started. Below: what the host wrote to everyone since its own "
           "start."));
    m_replayed = add(u"tileReplayed"_s, tr("Replayed"),
        tr("What was read later, in pages. Below: what the host wrote to everyone since its own start."));
    m_lost = add(u"tileLost"_s, tr("Lost"), {});
    show({});
}

void LedgerTiles::show(const LedgerAccount &account)
{
    const client::Ledger &own = account.own;
    const auto set = [&](Tile *tile, quint64 figure, std::optional<quint64> hosts) {
        tile->setValue(QString::number(figure));
        tile->setCaption(hosts ? tr("host: %1").arg(*hosts) : tr("host: not asked"));
    };
    const auto hosts = [&](quint64 protocol::Status::*figure) {
        return account.host ? std::optional((*account.host).*figure) : std::nullopt;
    };
    set(m_stored, own.stored, hosts(&protocol::Status::storedEver));
    set(m_deduplicated, own.deduplicated, hosts(&protocol::Status::duplicatesEver));
    set(m_delivered, own.delivered, hosts(&protocol::Status::delivered));
    set(m_replayed, own.replayed, hosts(&protocol::Status::replayed));

    m_sent->setValue(QString::number(own.sent));
    if (own.refused + own.discarded > 0)
        m_sent->setCaption(tr("%1 refused · %2 withdrawn").arg(own.refused).arg(own.discarded));
    else
        m_sent->setCaption(tr("%n waiting", nullptr, int(own.waiting)));

    const LedgerVerdict verdict = verdictOf(account);
    switch (verdict.kind) {
    case LedgerVerdict::Kind::Checking:
        m_lost->setValue({});
        break;
    case LedgerVerdict::Kind::Agrees:
        m_lost->setValue(u"0"_s, Token::OkText);
        break;
    case LedgerVerdict::Kind::Disagrees:
        m_lost->setValue(verdict.lost > 0 ? QString::number(verdict.lost) : u"?"_s, Token::ErrorText);
        break;
    }
    m_lost->setCaption(verdict.caption);
    m_lost->setToolTip(verdict.sentence);
}

} // namespace lanline::ui
