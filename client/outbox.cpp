#include "client/outbox.h"

#include "core/text.h"

#include <algorithm>

namespace lanline::client {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A server may ask us to hold, but not for ever.
constexpr auto longestHold = 5min;

} // namespace

Outbox::Outbox(TimeSource &time, Sink sink)
    : m_time(time)
    , m_sink(std::move(sink))
    , m_holdTimer(time.makeTimer([this] { pump(); }))
{ }

void Outbox::add(OutboxItem item)
{
    item.state = SendState::Waiting;
    m_entries.push_back({std::move(item), 0, {}});
    if (const auto flaw = flawOf(m_entries.back().item)) {
        fail(m_entries.size() - 1, *flaw, {});
        return;
    }
    m_sink.changed({m_entries.back().item});
    pump();
}

void Outbox::retry(const MessageId &message)
{
    const auto entry = find(m_failed, message);
    if (entry == m_failed.end())
        return;
    OutboxItem item = entry->item;
    m_failed.erase(entry);
    item.code = protocol::ErrorCode::Unspecified;
    item.reason.clear();
    add(std::move(item));
}

bool Outbox::edit(const MessageId &message, const QString &text)
{
    const auto entry = find(m_entries, message);
    if (entry == m_entries.end() || entry->firstLink != 0)
        return false;
    entry->item.text = text;
    if (const auto flaw = flawOf(entry->item))
        fail(indexOf(entry), *flaw, {});
    else
        m_sink.changed({entry->item});
    return true;
}

bool Outbox::discard(const MessageId &message)
{
    if (const auto failed = find(m_failed, message); failed != m_failed.end()) {
        m_failed.erase(failed);
        return true;
    }
    const auto entry = find(m_entries, message);
    if (entry == m_entries.end() || entry->firstLink != 0)
        return false;
    m_entries.erase(entry);
    return true;
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
    const auto entry = find(m_entries, stored.messageId);
    if (entry == m_entries.end())
        return;
    OutboxItem item = std::move(entry->item);
    item.state = SendState::Stored;
    item.seq = stored.seq;
    item.storedAt = stored.storedAt;
    item.isDuplicate = stored.isDuplicate;
    item.wasRecovered = entry->firstLink != m_link;
    item.ackTime = std::chrono::duration_cast<std::chrono::microseconds>(m_time.now() - entry->sentAt);
    if (indexOf(entry) < m_next)
        --m_next;
    m_entries.erase(entry);
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

void Outbox::pump()
{
    if (!m_isUp || m_holdTimer->isActive())
        return;
    QList<OutboxItem> sending;
    while (m_next < m_entries.size() && m_next < size_t(m_limits.outboxInFlight)) {
        Entry &entry = m_entries[m_next];
        // Checked again: the limits of this server may be tighter than those we knew when it was written.
        if (const auto flaw = flawOf(entry.item)) {
            fail(m_next, *flaw, {});
            continue;
        }
        if (entry.firstLink == 0) {
            entry.firstLink = m_link;
            entry.sentAt = m_time.now();
        }
        entry.item.state = SendState::Sending;
        ++m_next;
        sending.append(entry.item);
    }
    if (sending.isEmpty())
        return;
    m_sink.changed(sending);
    for (const OutboxItem &item : std::as_const(sending))
        m_sink.send({item.room, item.messageId, item.text});
}

std::optional<protocol::ErrorCode> Outbox::flawOf(const OutboxItem &item) const
{
    if (item.text.trimmed().isEmpty())
        return protocol::ErrorCode::TextEmpty;
    if (utf8Size(item.text) > m_limits.textBytes)
        return protocol::ErrorCode::TextTooLong;
    return std::nullopt;
}

void Outbox::fail(size_t index, protocol::ErrorCode code, const QString &reason)
{
    Entry failed = std::move(m_entries[index]);
    if (index < m_next)
        --m_next;
    m_entries.erase(m_entries.begin() + std::ptrdiff_t(index));
    failed.item.state = SendState::Failed;
    failed.item.code = code;
    failed.item.reason = reason;
    if (reason.isEmpty()) {
        failed.item.reason = code == protocol::ErrorCode::TextTooLong
            ? u"the text is longer than %1 bytes"_s.arg(m_limits.textBytes)
            : u"the text is empty"_s;
    }
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

Outbox::Entries::iterator Outbox::find(Entries &entries, const MessageId &message)
{
    return std::find_if(
        entries.begin(), entries.end(), [&](const Entry &entry) { return entry.item.messageId == message; });
}

} // namespace lanline::client
