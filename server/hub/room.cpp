#include "server/hub/room.h"

#include "core/text.h"

namespace lanline::server {

using protocol::EventKind;

Room::Room(const RoomRecord &record, const protocol::Limits &limits)
    : m_id(record.id)
    , m_title(record.title)
    , m_headSeq(record.headSeq)
    , m_firstSeq(record.firstSeq)
    , m_limits(limits)
    , m_members(record.members.begin(), record.members.end())
{ }

void Room::append(const protocol::Event &event)
{
    Q_ASSERT(event.seq == m_headSeq + 1);
    m_headSeq = event.seq;
    m_tail.push_back(event);
    m_tail.back().trace = {};
    if (event.kind == EventKind::Edit || event.kind == EventKind::Deletion)
        fold(event);
    if (m_tail.size() > size_t(m_limits.tailEvents))
        m_tail.pop_front();
}

void Room::expire(quint64 firstSeq)
{
    m_firstSeq = qMax(m_firstSeq, firstSeq);
    while (!m_tail.empty() && tailBegin() < m_firstSeq)
        m_tail.pop_front();
}

void Room::fold(const protocol::Event &change)
{
    if (change.targetSeq >= tailBegin()) {
        protocol::Event &target = m_tail.at(change.targetSeq - tailBegin());
        target.text = change.text;
        target.changedSeq = change.seq;
        target.isDeleted = change.kind == EventKind::Deletion;
    }
    if (change.kind != EventKind::Deletion)
        return;
    // Nothing of the text stays, as in the store.
    for (protocol::Event &event : m_tail) {
        if (event.kind == EventKind::Edit && event.targetSeq == change.targetSeq) {
            event.kind = EventKind::Deletion;
            event.text.clear();
        }
    }
}

std::optional<QList<protocol::Event>> Room::pageAfter(quint64 seq) const
{
    if (seq + 1 < tailBegin() || seq > m_headSeq)
        return std::nullopt;
    QList<protocol::Event> page;
    qint64 bytes = 0;
    for (auto event = m_tail.begin() + qsizetype(seq + 1 - tailBegin()); event != m_tail.end(); ++event) {
        bytes += utf8Size(event->text);
        if (page.size() >= m_limits.pageEvents || (bytes > m_limits.pageBytes && !page.isEmpty()))
            break;
        page.append(*event);
    }
    return page;
}

std::optional<MessagePage> Room::pageBefore(quint64 seq, int count) const
{
    MessagePage page;
    qint64 bytes = 0;
    page.fromSeq = qMin(seq, m_headSeq + 1);
    // Walks down to the page's first message; what lies below the tail only the store has.
    while (page.fromSeq > m_firstSeq && page.messages.size() < count) {
        const quint64 next = page.fromSeq - 1;
        if (next < tailBegin())
            return std::nullopt;
        const protocol::Event &event = m_tail.at(next - tailBegin());
        if (event.kind == EventKind::Message) {
            bytes += utf8Size(event.text);
            if (bytes > m_limits.pageBytes && !page.messages.isEmpty())
                break;
            page.messages.prepend(event);
        }
        page.fromSeq = next;
    }
    return page;
}

} // namespace lanline::server
