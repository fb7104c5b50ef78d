#include "tour.h"

#include <QJsonObject>

namespace lanline::app {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject jsonOf(const client::Ledger &ledger)
{
    return {
        {u"sent"_s, qint64(ledger.sent)},
        {u"stored"_s, qint64(ledger.stored)},
        {u"deduplicated"_s, qint64(ledger.deduplicated)},
        {u"refused"_s, qint64(ledger.refused)},
        {u"discarded"_s, qint64(ledger.discarded)},
        {u"waiting"_s, qint64(ledger.waiting)},
        {u"delivered"_s, qint64(ledger.delivered)},
        {u"replayed"_s, qint64(ledger.replayed)},
        {u"repeated"_s, qint64(ledger.repeated)},
        {u"missing"_s, qint64(ledger.missing)},
        {u"lost"_s, qint64(ledger.lost())},
    };
}

QJsonObject jsonOf(const protocol::Status &status)
{
    return {
        {u"stored_ever"_s, qint64(status.storedEver)},
        {u"duplicates_ever"_s, qint64(status.duplicatesEver)},
        {u"received"_s, qint64(status.received)},
        {u"stored"_s, qint64(status.stored)},
        {u"duplicates"_s, qint64(status.duplicates)},
        {u"refused"_s, qint64(status.refused)},
        {u"delivered"_s, qint64(status.delivered)},
        {u"replayed"_s, qint64(status.replayed)},
        {u"lost"_s, qint64(status.lost)},
    };
}

/// Everything that was typed in both windows was read here once.
bool hasRead(const client::Ledger &ledger, int typed)
{
    return ledger.delivered + ledger.replayed == quint64(typed) && ledger.missing == 0;
}

} // namespace

void Tour::addLedgers(const QString &moment)
{
    addStep(
        u"the ledgers of both windows and of the host agree %1"_s.arg(moment), [] {},
        [this, moment] {
            if (!ledgersAgree())
                return false;
            m_ledgers.append(ledgersNow(moment));
            return true;
        });
}

/// These two are the only ones who ever wrote to this host, so that their sums are the host's figures exactly.
bool Tour::ledgersAgree() const
{
    const ui::LedgerAccount &alice = m_demo.alice().record().ledgers();
    const ui::LedgerAccount &bob = m_demo.bob().record().ledgers();
    const quint64 typed = quint64(m_typed);
    const auto holds = [&](const ui::LedgerAccount &account) {
        return ui::verdictOf(account).kind == ui::LedgerVerdict::Kind::Agrees && hasRead(account.own, m_typed)
            && account.host->storedEver == typed
            && account.host->duplicatesEver >= alice.own.deduplicated + bob.own.deduplicated;
    };
    return holds(alice) && holds(bob) && alice.own.sent + bob.own.sent == typed
        && alice.own.stored + bob.own.stored == typed;
}

QJsonObject Tour::ledgersNow(const QString &moment) const
{
    const ui::LedgerAccount &alice = m_demo.alice().record().ledgers();
    const ui::LedgerAccount &bob = m_demo.bob().record().ledgers();
    // The later of the two answers.
    const bool isBobsLater = bob.host && (!alice.host || bob.host->uptime > alice.host->uptime);
    const auto &host = isBobsLater ? bob.host : alice.host;
    return {
        {u"moment"_s, moment},
        {u"typed"_s, m_typed},
        {u"agree"_s, ledgersAgree()},
        {u"Alice"_s, jsonOf(alice.own)},
        {u"Bob"_s, jsonOf(bob.own)},
        {u"host"_s, host ? QJsonValue(jsonOf(*host)) : QJsonValue()},
    };
}

} // namespace lanline::app
