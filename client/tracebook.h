#pragma once

#include "client/traceassembly.h"

#include <QHash>
#include <QList>

#include <deque>
#include <functional>
#include <memory>

namespace lanline::client {

/// Makes traces of what the network thread noted and the face adds: when a message was in the model, and on the screen.
/// Keeps the last `kept` of them for what is told of them later: the server's account, and stalls. Lives in the GUI
/// thread.
class TraceBook
{
public:
    static constexpr std::size_t kept = 1024;
    /// So long a message that came may take to be painted; then it is told as one that nobody saw.
    static constexpr std::chrono::milliseconds paintPatience{250};
    /// A stall is told up to a heartbeat (15 s, unless a person looks) after what it held up.
    static constexpr std::chrono::seconds stallsAmendFor{20};

    using Told = std::function<void(const QList<MessageTrace> &)>;

    TraceBook(TimeSource &time, Told told);

    /// The model has them, by now.
    void onShown(const QList<TracePoints> &points);
    void onPainted(const RoomId &room, const QList<quint64> &seqs);
    void onAccount(const protocol::Trace &account);
    void onStalls(const QList<ThreadStall> &stalls);

private:
    struct Entry
    {
        TraceDraft draft;
        MessageTrace trace;
        bool isTold = false;
        bool isDue = false; ///< to be told with the next batch
    };
    using Key = std::pair<RoomId, quint64>;

    Entry *find(const RoomId &room, quint64 seq);
    void assemble(Entry &entry);
    void addEcho(Entry &entry, const TracePoints &echo);
    void tellSoon();
    void tell();
    void forgetOld();

    TimeSource &m_time;
    Told m_told;
    std::deque<Entry> m_entries; ///< oldest first
    quint64 m_first = 0; ///< number of the first of them
    QHash<Key, quint64> m_numbers;
    QList<ThreadStall> m_stalls; ///< of late
    std::unique_ptr<Timer> m_timer;
};

} // namespace lanline::client
