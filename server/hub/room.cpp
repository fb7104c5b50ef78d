#include "server/hub/room.h"

#include "core/text.h"

namespace lanline::server {

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
    if (m_tail.size() > size_t(m_limits.tailEvents))
        m_tail.pop_front();
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

std::optional<QList<protocol::Event>> Room::pageBefore(quint64 seq, int count) const
{
    QList<protocol::Event> page;
    qint64 bytes = 0;
    // Walks down to the page's first event; what lies below the tail only the store has.
    for (quint64 next = qMin(seq, m_headSeq + 1) - 1; next >= m_firstSeq && page.size() < count; --next) {
        if (next < tailBegin())
            return std::nullopt;
        const protocol::Event &event = m_tail.at(next - tailBegin());
        bytes += utf8Size(event.text);
        if (bytes > m_limits.pageBytes && !page.isEmpty())
            break;
        page.prepend(event);
    }
    return page;
}

} // namespace lanline::server
