#include "client/outbox.h"

#include "core/text.h"

#include <algorithm>

namespace lanline::client {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A server may ask us to hold, but not for ever.
constexpr auto longestHold = 5min;
/// Between two tries of a disk that does not take anything.
constexpr auto diskPatience = 5s;

} // namespace

Outbox::Outbox(TimeSource &time, Sink sink)
    : m_time(time)
    , m_sink(std::move(sink))
    , m_holdTimer(time.makeTimer([this] { pump(); }))
{ }

void Outbox::restore(const QList<OutboxItem> &items)
{
    for (const OutboxItem &item : items) {
        Entry entry{item, item.hasLeft ? Disk::Left : Disk::Kept, true, 0, {}};
        (item.state == SendState::Failed ? m_failed : m_entries).push_back(std::move(entry));
    }
    if (!items.isEmpty())
        m_sink.changed(items);
    pump();
}

void Outbox::add(OutboxItem item)
{
    item.state = SendState::Waiting;
    if (const auto flaw = flawOf(item)) {
        markFailed(item, *flaw, {});
        m_sink.store(AddItem{item});
        m_failed.push_back({std::move(item), Disk::Adding, false, 0, {}});
        return;
    }
    // Marked as sent by the write that brings it to the disk, so that one is enough.
    item.hasLeft = isWindowOpen();
    m_sink.store(AddItem{item});
    m_entries.push_back({std::move(item), Disk::Adding, false, 0, {}});
}

bool Outbox::amend(OutboxItem item)
{
    const bool isDeletion = item.kind == protocol::EventKind::Deletion;
    if (const auto failed = find(m_failed, item.targetId); failed != m_failed.end()) {
        if (isDeletion) {
            discard(item.targetId);
        } else {
            failed->item.text = item.text;
            retry(item.targetId);
        }
        return false;
    }
    const auto target = find(m_entries, item.targetId);
    if (target == m_entries.end() || !canChangeInPlace(*target)) {
        add(std::move(item));
        return true;
    }
    if (isDeletion) {
        discard(item.targetId);
        return false;
    }
    target->item.text = item.text;
    if (const auto flaw = flawOf(target->item))
        fail(indexOf(target), *flaw, {});
    else
        m_sink.store(ChangeItem{target->item.messageId, target->item.text});
    return false;
}

void Outbox::retry(const MessageId &message)
{
    const auto entry = find(m_failed, message);
    if (entry == m_failed.end())
        return;
    Entry again = std::move(*entry);
    m_failed.erase(entry);
    requeue(std::move(again));
}

void Outbox::requeue(Entry entry)
{
    entry.item.state = SendState::Waiting;
    entry.item.code = protocol::ErrorCode::Unspecified;
    entry.item.reason.clear();
    if (const auto flaw = flawOf(entry.item)) {
        markFailed(entry.item, *flaw, {});
        m_sink.changed({entry.item});
        m_failed.push_back(std::move(entry));
        return;
    }
    if (entry.disk == Disk::Adding) {
        // It never got there.
        add(std::move(entry.item));
        return;
    }
    m_sink.store(RequeueItem{entry.item.messageId, entry.item.text});
    entry.disk = entry.item.hasLeft ? Disk::Marking : Disk::Kept;
    m_sink.changed({entry.item});
    m_entries.push_back(std::move(entry));
    pump();
}

void Outbox::discard(const MessageId &message)
{
    Entry gone;
    if (const auto failed = find(m_failed, message); failed != m_failed.end()) {
        gone = std::move(*failed);
        m_failed.erase(failed);
    } else {
        const auto entry = find(m_entries, message);
        if (entry == m_entries.end() || !canChangeInPlace(*entry))
            return;
        gone = take(entry);
    }
    m_leaving[message] = gone.item;
    m_sink.store(SettleItem{message, SendState::Discarded, false});
    pump();
}

void Outbox::linkUp(const protocol::Limits &limits)
{
    m_limits = limits;
    ++m_link;
    m_isUp = true;
    pump();
}

void Outbox::linkDown()
{
    m_isUp = false;
    m_holdTimer->stop();
    waitFrom(0);
}

void Outbox::onStored(const protocol::Stored &stored)
{
    const auto found = find(m_entries, stored.messageId);
    if (found == m_entries.end())
        return;
    Entry entry = take(found);
    OutboxItem &item = entry.item;
    item.state = SendState::Stored;
    item.seq = stored.seq;
    item.storedAt = stored.storedAt;
    item.isDuplicate = stored.isDuplicate;
    item.wasRecovered = entry.isOfEarlierRun || entry.firstLink != m_link;
    item.ackTime = std::chrono::duration_cast<std::chrono::microseconds>(m_time.now() - entry.sentAt);
    // Should we end before the disk hears of it, it goes once more, and the server knows it.
    m_sink.store(SettleItem{item.messageId, SendState::Stored, item.isDuplicate});
    m_sink.changed({item});
    pump();
}

void Outbox::onRefused(const protocol::Refused &refused)
{
    const auto entry = find(m_entries, refused.messageId);
    if (entry == m_entries.end())
        return;
    if (refused.retryAfter <= 0ms) {
        fail(indexOf(entry), refused.code, refused.text);
        pump();
        return;
    }
    // The server dropped all that came behind it on this link, so we go back to it.
    waitFrom(indexOf(entry));
    m_holdTimer->start(std::min<std::chrono::milliseconds>(refused.retryAfter, longestHold));
}

void Outbox::onWritten(const ItemsWritten &written)
{
    QList<OutboxItem> changed;
    for (const MessageId &message : written.messages) {
        if (!written.areWritten) {
            onNotWritten(message);
            continue;
        }
        if (const auto failed = find(m_failed, message); failed != m_failed.end()) {
            if (failed->disk == Disk::Adding)
                changed.append(failed->item);
            failed->disk = failed->item.hasLeft ? Disk::Left : Disk::Kept;
            continue;
        }
        const auto entry = find(m_entries, message);
        if (entry == m_entries.end())
            continue;
        if (entry->disk == Disk::Marking) {
            entry->disk = Disk::Left;
            continue;
        }
        if (entry->disk == Disk::Adding)
            entry->disk = entry->item.hasLeft ? Disk::Left : Disk::Kept;
        changed.append(entry->item);
    }
    if (!changed.isEmpty())
        m_sink.changed(changed);
    pump();
}

void Outbox::onNotWritten(const MessageId &message)
{
    if (const auto failed = find(m_failed, message); failed != m_failed.end()) {
        m_sink.changed({failed->item});
        return;
    }
    const auto found = find(m_entries, message);
    if (found == m_entries.end())
        return;
    if (found->disk == Disk::Adding) {
        // Never claimed to be kept: it is shown as not sent, with its text, and Retry tries the disk again.
        Entry entry = take(found);
        entry.item.hasLeft = false;
        markFailed(entry.item, protocol::ErrorCode::Unspecified, u"this computer could not keep it on its disk"_s);
        m_sink.changed({entry.item});
        m_failed.push_back(std::move(entry));
        return;
    }
    if (found->disk == Disk::Marking) {
        found->disk = Disk::Kept;
        found->item.hasLeft = false;
    }
    m_holdTimer->start(diskPatience);
}

void Outbox::onDiscarded(const MessageId &message)
{
    const auto leaving = m_leaving.find(message);
    if (leaving == m_leaving.end())
        return;
    OutboxItem item = std::move(leaving->second);
    m_leaving.erase(leaving);
    item.state = SendState::Discarded;
    m_sink.changed({item});
}

bool Outbox::isWindowOpen() const
{
    return m_isUp && !m_holdTimer->isActive() && m_entries.size() < size_t(m_limits.outboxInFlight);
}

bool Outbox::isRecovered() const
{
    return std::none_of(m_entries.begin(), m_entries.end(),
        [this](const Entry &entry) { return entry.firstLink != 0 && entry.firstLink != m_link; });
}

void Outbox::pump()
{
    if (!m_isUp || m_holdTimer->isActive())
        return;
    QList<OutboxItem> sending;
    MarkLeft marking;
    bool isBlocked = false;
    for (size_t i = m_next; i < m_entries.size() && i < size_t(m_limits.outboxInFlight);) {
        Entry &entry = m_entries[i];
        // Checked again: the limits of this server may be tighter than those we knew when it was written.
        if (const auto flaw = flawOf(entry.item)) {
            fail(i, *flaw, {});
            continue;
        }
        ++i;
        if (entry.disk == Disk::Kept) {
            entry.disk = Disk::Marking;
            entry.item.hasLeft = true;
            marking.items.append(entry.item);
        }
        // Those behind it wait for it, whatever the disk says of them.
        isBlocked = isBlocked || entry.disk != Disk::Left;
        if (isBlocked)
            continue;
        if (entry.firstLink == 0) {
            entry.firstLink = m_link;
            entry.sentAt = m_time.now();
        }
        entry.item.state = SendState::Sending;
        ++m_next;
        sending.append(entry.item);
    }
    if (!marking.items.isEmpty())
        m_sink.store(std::move(marking));
    if (sending.isEmpty())
        return;
    m_sink.changed(sending);
    for (const OutboxItem &item : std::as_const(sending)) {
        m_sink.send({item.room, item.messageId, item.text, item.kind, item.targetSeq,
            item.targetSeq == 0 ? item.targetId : MessageId()});
    }
    if (m_sink.sent)
        m_sink.sent();
}

std::optional<protocol::ErrorCode> Outbox::flawOf(const OutboxItem &item) const
{
    if (item.kind == protocol::EventKind::Deletion)
        return std::nullopt;
    if (item.text.trimmed().isEmpty())
        return protocol::ErrorCode::TextEmpty;
    if (utf8Size(item.text) > m_limits.textBytes)
        return protocol::ErrorCode::TextTooLong;
    return std::nullopt;
}

void Outbox::markFailed(OutboxItem &item, protocol::ErrorCode code, const QString &reason) const
{
    item.state = SendState::Failed;
    item.code = code;
    item.reason = reason;
    if (reason.isEmpty()) {
        item.reason = code == protocol::ErrorCode::TextTooLong
            ? u"the text is longer than %1 bytes"_s.arg(m_limits.textBytes)
            : u"the text is empty"_s;
    }
}

void Outbox::fail(size_t index, protocol::ErrorCode code, const QString &reason)
{
    Entry failed = take(m_entries.begin() + std::ptrdiff_t(index));
    markFailed(failed.item, code, reason);
    m_sink.store(FailItem{failed.item.messageId, failed.item.code, failed.item.reason});
    if (failed.disk != Disk::Adding)
        m_sink.changed({failed.item});
    m_failed.push_back(std::move(failed));
}

void Outbox::waitFrom(size_t index)
{
    QList<OutboxItem> changed;
    for (size_t i = index; i < m_next; ++i) {
        m_entries[i].item.state = SendState::Waiting;
        changed.append(m_entries[i].item);
    }
    m_next = std::min(m_next, index);
    if (!changed.isEmpty())
        m_sink.changed(changed);
}

Outbox::Entry Outbox::take(const Entries::iterator &entry)
{
    if (indexOf(entry) < m_next)
        --m_next;
    Entry taken = std::move(*entry);
    m_entries.erase(entry);
    return taken;
}

Outbox::Entries::iterator Outbox::find(Entries &entries, const MessageId &message)
{
    return std::find_if(
        entries.begin(), entries.end(), [&](const Entry &entry) { return entry.item.messageId == message; });
}

} // namespace lanline::client
