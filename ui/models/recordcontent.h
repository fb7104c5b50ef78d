#pragma once

#include "client/values.h"
#include "ui/models/ledgerverdict.h"
#include "ui/models/messagelabels.h"

#include <QHash>
#include <QList>

namespace lanline::ui {

/// All that a file of a diagnostics record holds, as values.
struct RecordContent
{
    SteadyTime now; ///< all times are told from here
    WallTime wallNow; ///< the same moment
    client::ConnectionState state; ///< phase, problem, the server's name and this person alone
    LedgerAccount ledgers; ///< of the host's status the counts alone
    QList<client::RoundTrip> roundTrips; ///< time, duration and lane alone
    QList<client::LinkEvent> events; ///< in their order
    QList<client::MessageTrace> traces;
    QHash<MessageId, MessageLabel> labels;
    client::ThreadReport threads;
};

} // namespace lanline::ui
