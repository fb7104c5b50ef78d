#pragma once

#include "client/store/storevalues.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>

namespace lanline::client {

/// What this person has said and the server has not stored yet, in order. Whatever it tells of or sends is on the disk
/// by then. Sends a bounded window, and again after every new link, from the first that has no answer.
class Outbox
{
public:
    struct Sink
    {
        std::function<void(const protocol::Send &)> send;
        std::function<void(const QList<OutboxItem> &)> changed;
        /// One of AddItem to SettleItem.
        std::function<void(StoreTask)> store;
        /// Behind one or more send(): there is no more for now.
        std::function<void()> sent{};
    };

    Outbox(TimeSource &time, Sink sink);

    /// What an earlier run has left: ahead of all others, and told at once.
    void restore(const QList<OutboxItem> &items);

    void add(OutboxItem item);
    /// An edit or deletion of a message: of one that waits here in place, else as a command behind it. Of one that
    /// failed: another try with this text, or its end. True: it is a command of its own.
    bool amend(OutboxItem item);
    /// The failed message goes again, behind all others.
    void retry(const MessageId &message);
    /// Without effect once some of it may have been on the wire, unless it failed.
    void discard(const MessageId &message);

    /// A link is ready for commands.
    void linkUp(const protocol::Limits &limits);
    void linkDown();
    void onStored(const protocol::Stored &stored);
    void onRefused(const protocol::Refused &refused);

    // The disk's answers
    void onWritten(const ItemsWritten &written);
    void onDiscarded(const MessageId &message);

    /// Nothing that went over an earlier link still waits for its answer.
    bool isRecovered() const;
    /// Something is on the wire and has no answer yet.
    bool isSending() const { return m_next > 0; }
    /// Messages that are neither stored nor refused for good.
    int waiting() const { return int(m_entries.size()); }

private:
    enum class Disk : quint8 {
        Adding, ///< not there yet
        Kept, ///< there, and nothing of it was sent
        Marking, ///< about to be marked as sent
        Left, ///< marked: it may be sent
    };
    struct Entry
    {
        OutboxItem item;
        Disk disk = Disk::Adding;
        bool isOfEarlierRun = false;
        int firstLink = 0; ///< the link that carried it first; 0: none yet
        SteadyTime sentAt;
    };
    using Entries = std::deque<Entry>;

    void pump();
    bool isWindowOpen() const;
    bool canChangeInPlace(const Entry &entry) const { return !entry.item.hasLeft; }
    /// Null when it may be sent.
    std::optional<protocol::ErrorCode> flawOf(const OutboxItem &item) const;
    void markFailed(OutboxItem &item, protocol::ErrorCode code, const QString &reason) const;
    void fail(size_t index, protocol::ErrorCode code, const QString &reason);
    void requeue(Entry entry);
    void onNotWritten(const MessageId &message);
    void waitFrom(size_t index);
    Entry take(const Entries::iterator &entry);
    size_t indexOf(const Entries::const_iterator &entry) const { return size_t(entry - m_entries.begin()); }
    static Entries::iterator find(Entries &entries, const MessageId &message);

    TimeSource &m_time;
    Sink m_sink;
    protocol::Limits m_limits;
    Entries m_entries;
    Entries m_failed; ///< on the disk, unless Disk::Adding
    std::map<MessageId, OutboxItem> m_leaving; ///< until the disk has let go of them
    /// Entries before it are on the wire, it and those behind it wait.
    size_t m_next = 0;
    int m_link = 0;
    bool m_isUp = false;
    /// Runs while the server, or a full disk, has us hold.
    std::unique_ptr<Timer> m_holdTimer;
};

} // namespace lanline::client
