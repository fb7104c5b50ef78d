#pragma once

#include "client/values.h"
#include "ui/models/latencyseries.h"
#include "ui/models/ledgerwatch.h"
#include "ui/models/messagelabels.h"
#include "ui/models/threadseries.h"
#include "ui/models/timelineentry.h"
#include "ui/models/traceseries.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace lanline::client {
class ChatSession;
}

namespace lanline::ui {

/// All that a diagnostics panel shows of one client and its server: recorded from a session, or read from a file. Lives
/// in the GUI thread. Values only, no widgets.
class DiagnosticsRecord final : public QObject
{
    Q_OBJECT

public:
    /// Empty; follow() or load() fill it.
    explicit DiagnosticsRecord(QObject *parent = nullptr);
    ~DiagnosticsRecord() override;

    /// Records what the session tells from now on; it outlives the record. Traces that a verdict needs are asked for
    /// in detail while `setActive`.
    void follow(client::ChatSession &session);
    /// While a panel is open: the host's ledger and the traces' details are asked for.
    void setActive(bool isActive);
    /// False for one that was read from a file.
    bool isLive() const { return m_session != nullptr; }

    /// This moment; of one that was read from a file the moment when it was saved.
    SteadyTime now() const;
    WallTime wallOf(SteadyTime time) const;

    const LatencySeries &links() const { return m_links; } ///< round trips of heartbeats, gaps, lanes, marks
    const TraceSeries &traces() const { return m_traces; }
    const ThreadSeries &threads() const { return m_threads; }
    const client::ConnectionState &state() const { return m_state; }
    const LedgerAccount &ledgers() const { return m_ledgers; }
    MessageLabel labelOf(const client::MessageTrace &trace) const { return m_labels.of(trace); }
    /// Why nothing is known of the way of a message that is stored, in a few words; empty: its trace is here, or comes
    /// with the next ones.
    QString whyUntraced(const RoomId &room, const TimelineEntry &message) const;
    /// Asks for what the server knows of it; changed() follows.
    void requestDetail(const client::MessageTrace &trace);

    /// The whole record as a file that load() reads: JSON, packed with zstd. The texts of messages are left out unless
    /// they are asked for. The error is a sentence.
    enum class Texts : quint8 { LeftOut, Included };
    QByteArray save(Texts texts) const;
    /// Into an empty record. The error is a sentence for the person.
    std::optional<QString> load(const QByteArray &file);

Q_SIGNALS:
    /// Something was added; at most once in a turn of the event loop.
    void changed();

private:
    /// What a file holds beside what is measured: when that was.
    struct Moment
    {
        SteadyTime now;
        WallTime wallNow;
    };

    void onTraced(const QList<client::MessageTrace> &traces);
    bool mayAsk();
    void changeSoon();

    SystemTime m_time;
    WallTime m_followsSince;
    client::ChatSession *m_session = nullptr;
    std::optional<LedgerWatch> m_watch;
    std::optional<Moment> m_saved; ///< of a record that was read from a file
    LatencySeries m_links;
    TraceSeries m_traces;
    ThreadSeries m_threads;
    MessageLabels m_labels;
    client::ConnectionState m_state;
    LedgerAccount m_ledgers;
    bool m_isActive = false;
    bool m_isChangeDue = false;
    SteadyTime m_askedSince; ///< the second that `m_asked` counts
    int m_asked = 0;
};

} // namespace lanline::ui
