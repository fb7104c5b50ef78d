#pragma once

#include "client/values.h"
#include "protocol/messages.h"

#include <QString>

#include <optional>

namespace lanline::ui {

/// What two sides count of the same messages.
struct LedgerAccount
{
    client::Ledger own; ///< now
    client::Ledger asked; ///< as it was when the host was asked for its side; the host's answer must cover it
    std::optional<protocol::Status> host; ///< its last answer over this connection
    friend bool operator==(const LedgerAccount &, const LedgerAccount &) = default;
};

/// Is anything lost, as far as one client and its host can tell together? Others write too, so the host may have
/// counted more than this client, never less. What was read is not compared: the two began to count it at different
/// times, and what the host wrote to a link that broke was never read.
struct LedgerVerdict
{
    enum class Kind : quint8 {
        Checking, ///< something is on its way, or the host has not been heard
        Agrees, ///< nothing is lost
        Disagrees,
    };
    Kind kind = Kind::Checking;
    quint64 lost = 0; ///< messages, at the least
    QString caption; ///< a few words
    QString sentence;
};

LedgerVerdict verdictOf(const LedgerAccount &account);

} // namespace lanline::ui
