#include "ui/models/ledgerverdict.h"

#include <QCoreApplication>

namespace lanline::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::LedgerVerdict)
};

quint64 excess(quint64 of, quint64 over)
{
    return of > over ? of - over : 0;
}

/// Those the host stored when they came. The others it had already, and where a torn profile was salvaged, a command
/// may be counted once more as one of them.
quint64 storedAnew(const client::Ledger &ledger)
{
    return excess(ledger.stored, ledger.deduplicated);
}

LedgerVerdict checking(const QString &caption, const QString &sentence)
{
    return {LedgerVerdict::Kind::Checking, 0, caption, sentence};
}

LedgerVerdict disagrees(quint64 lost, const QString &caption, const QString &sentence)
{
    return {LedgerVerdict::Kind::Disagrees, lost, caption, sentence};
}

} // namespace

LedgerVerdict verdictOf(const LedgerAccount &account)
{
    const client::Ledger &own = account.own;
    if (own.lost() > 0) {
        return disagrees(own.lost(), Words::tr("counted here"),
            Words::tr("%n message(s) got lost, by this computer's own count.", nullptr, int(own.lost())));
    }
    if (account.host) {
        const protocol::Status &host = *account.host;
        const quint64 unknown = excess(storedAnew(account.asked), host.storedEver);
        if (host.lost > 0) {
            return disagrees(host.lost + unknown, Words::tr("counted by the host"),
                Words::tr("The host misses %n message(s) that it had stored.", nullptr, int(host.lost)));
        }
        if (unknown > 0) {
            return disagrees(unknown, Words::tr("ledgers differ"),
                Words::tr("The host confirmed %1 messages from here, but has stored only %2 in all.")
                    .arg(storedAnew(account.asked))
                    .arg(host.storedEver));
        }
        if (account.asked.deduplicated > host.duplicatesEver) {
            return disagrees(0, Words::tr("ledgers differ"),
                Words::tr("The host confirmed %1 repeated messages from here, but counts only %2 in all.")
                    .arg(account.asked.deduplicated)
                    .arg(host.duplicatesEver));
        }
    }
    if (own.waiting > 0) {
        return checking(Words::tr("%n on the way", nullptr, int(own.waiting)),
            Words::tr("%n message(s) are not stored by the host yet.", nullptr, int(own.waiting)));
    }
    if (!account.host || storedAnew(own) > account.host->storedEver || own.deduplicated > account.host->duplicatesEver)
        return checking(Words::tr("Checking…"), Words::tr("The host has not been asked yet."));
    return {LedgerVerdict::Kind::Agrees, 0, Words::tr("ledger agrees"),
        Words::tr("Nothing lost: this computer's count and the host's agree.")};
}

} // namespace lanline::ui
