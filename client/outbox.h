#pragma once

#include "client/values.h"

#include <deque>
#include <functional>
#include <memory>

namespace lanline::client {

/// What this person has said and the server has not stored yet, in order. Sends a bounded window, and again after every
/// new link, from the first that has no answer.
class Outbox
{
public:
    struct Sink
    {
        std::function<void(const protocol::Send &)> send;
        std::function<void(const QList<OutboxItem> &)> changed;
    };

    Outbox(TimeSource &time, Sink sink);

    void add(OutboxItem item);
    /// The failed message goes again, behind all others.
    void retry(const MessageId &message);
    /// These two only until the first byte went to any link: after that the server may have it. False then.
    bool edit(const MessageId &message, const QString &text);
    bool discard(const MessageId &message);

    /// A link is ready for commands.
    void linkUp(const protocol::Limits &limits);
    void linkDown();
    void onStored(const protocol::Stored &stored);
    void onRefused(const protocol::Refused &refused);

    /// Messages that are neither stored nor refused for good.
    int waiting() const { return int(m_entries.size()); }

private:
    struct Entry
    {
        OutboxItem item;
        int firstLink = 0; ///< the link that carried it first; 0: none yet
        SteadyTime sentAt;
    };
    using Entries = std::deque<Entry>;

    void pump();
    /// Null when the text may be sent.
    std::optional<protocol::ErrorCode> flawOf(const OutboxItem &item) const;
    void fail(size_t index, protocol::ErrorCode code, const QString &reason);
    void waitFrom(size_t index);
    size_t indexOf(const Entries::const_iterator &entry) const { return size_t(entry - m_entries.begin()); }
    static Entries::iterator find(Entries &entries, const MessageId &message);

    TimeSource &m_time;
    Sink m_sink;
    protocol::Limits m_limits;
    Entries m_entries;
    Entries m_failed;
    /// Entries before it are on the wire, it and those behind it wait.
    size_t m_next = 0;
    int m_link = 0;
    bool m_isUp = false;
    /// Runs while the server has asked us to hold.
    std::unique_ptr<Timer> m_holdTimer;
};

} // namespace lanline::client
