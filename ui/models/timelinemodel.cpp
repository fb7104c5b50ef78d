#include "ui/models/timelinemodel.h"

#include "ui/words.h"

#include <QUuid>

#include <algorithm>
#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr auto groupGap = 5min;

/// Does `below` go on with the group that `above` is in?
bool continues(const TimelineEntry &above, const TimelineEntry &below)
{
    return above.isMessage() && below.isMessage() && above.isOwn == below.isOwn && above.author.id == below.author.id
        && below.time - above.time < groupGap && above.day == below.day;
}

} // namespace

void TimelineEntry::setTime(WallTime when)
{
    time = when;
    day = localTime(when).date();
}

QString spokenText(const TimelineEntry &entry, const protocol::Limits &limits)
{
    if (!entry.isMessage())
        return entry.text;
    QStringList parts{entry.author.name, timeText(entry.time), entry.text};
    if (entry.isOwn)
        parts << sendStateWords(entry.state);
    if (entry.state == client::SendState::Failed)
        parts << refusalWords(entry.refusal, limits);
    //: Between the parts of what a screen reader says of a message
    return parts.join(TimelineModel::tr(", "));
}

TimelineModel::TimelineModel(RoomId room, QObject *parent)
    : QAbstractListModel(parent)
    , m_room(std::move(room))
{ }

void TimelineModel::setSelf(const protocol::User &self)
{
    if (self == m_self)
        return;
    const bool isAnother = self.id != m_self.id;
    m_self = self;
    for (TimelineEntry &row : m_rows) {
        if (row.isPending())
            row.author = self;
        else if (isAnother && row.isMessage())
            row.isOwn = row.author.id == self.id;
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1), {EntryRole});
}

void TimelineModel::apply(const client::TimelineUpdate &update)
{
    using Kind = client::TimelineUpdate::Kind;
    if (update.kind == Kind::Reset) {
        beginResetModel();
        m_rows.erase(m_rows.begin(), m_rows.begin() + storedEnd());
        m_firstNew = 0;
        m_reachedStart = false;
        endResetModel();
    }
    insertEvents(update.events);
    if (update.kind != Kind::Append)
        m_reachedStart = update.reachedStart;
}

void TimelineModel::insertEvents(const QList<protocol::Event> &events)
{
    qsizetype i = 0;
    while (i < events.size()) {
        const protocol::Event &event = events[i];
        if (hasSeq(event.seq)) {
            ++i;
            continue;
        }
        if (const int pending = pendingRowOf(event.messageId); pending >= 0) {
            settle(pending, event.seq, event.storedAt);
            ++i;
            continue;
        }
        // As many as fit in one piece: one insertion per page, not per message.
        const int at = positionFor(event.seq);
        const quint64 next = at < storedEnd() ? m_rows[at].seq : std::numeric_limits<quint64>::max();
        QList<TimelineEntry> fresh;
        for (; i < events.size(); ++i) {
            const protocol::Event &more = events[i];
            const bool isBehind = fresh.isEmpty() || more.seq > fresh.last().seq;
            if (!isBehind || more.seq >= next || pendingRowOf(more.messageId) >= 0)
                break;
            fresh.append(fromEvent(more));
        }
        const int last = at + int(fresh.size()) - 1;
        beginInsertRows({}, at, last);
        m_rows.insert(at, fresh.size(), {});
        std::move(fresh.begin(), fresh.end(), m_rows.begin() + at);
        endInsertRows();
        touch(at, last);
    }
}

void TimelineModel::apply(const client::OutboxItem &item)
{
    if (item.room != m_room)
        return;
    const int row = rowOf(item.messageId);
    if (item.state == client::SendState::Stored) {
        if (row >= 0 && m_rows[row].isPending())
            settle(row, item.seq, item.storedAt);
        else if (row < 0)
            insertEvents({protocol::Event{item.seq, item.messageId, m_self, item.storedAt, item.text}});
        return;
    }
    if (row < 0) {
        TimelineEntry entry;
        entry.messageId = item.messageId;
        entry.author = m_self;
        entry.isOwn = true;
        entry.setTime(item.composedAt);
        entry.text = item.text;
        entry.state = item.state;
        entry.refusal = item.code;
        entry.hasLeft = item.state == client::SendState::Sending;
        const int at = int(m_rows.size());
        beginInsertRows({}, at, at);
        m_rows.append(entry);
        endInsertRows();
        touch(at, at);
        return;
    }
    TimelineEntry &entry = m_rows[row];
    // The event can overtake the outbox's word; what is stored stays stored.
    if (!entry.isPending() || (entry.state == item.state && entry.refusal == item.code))
        return;
    entry.state = item.state;
    entry.refusal = item.code;
    entry.hasLeft |= item.state == client::SendState::Sending;
    Q_EMIT dataChanged(index(row), index(row), {EntryRole, SpokenRole, Qt::AccessibleTextRole});
}

void TimelineModel::settle(int pendingRow, quint64 seq, WallTime storedAt)
{
    const int at = positionFor(seq);
    if (at != pendingRow) {
        // Counted before the row is taken out, which is what beginMoveRows() wants too.
        beginMoveRows({}, pendingRow, pendingRow, {}, at);
        m_rows.move(pendingRow, at);
        endMoveRows();
    }
    TimelineEntry &entry = m_rows[at];
    entry.seq = seq;
    entry.setTime(storedAt);
    entry.state = client::SendState::Stored;
    Q_EMIT dataChanged(index(at), index(at), {EntryRole, SpokenRole, Qt::AccessibleTextRole});
    touch(qMin(at, pendingRow), qMax(at, pendingRow));
}

void TimelineModel::addNotice(const QString &text, WallTime at)
{
    TimelineEntry notice;
    notice.kind = TimelineEntry::Kind::Notice;
    notice.messageId = MessageId(QUuid::createUuid());
    notice.seq = newestSeq();
    notice.setTime(at);
    notice.text = text;
    const int row = storedEnd();
    beginInsertRows({}, row, row);
    m_rows.insert(row, notice);
    endInsertRows();
    touch(row, row);
}

void TimelineModel::discard(const MessageId &message)
{
    const int row = rowOf(message);
    if (row < 0 || !m_rows[row].isPending())
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
    touch(row, row - 1);
}

void TimelineModel::setFirstNew(quint64 seq)
{
    if (seq == m_firstNew)
        return;
    const quint64 before = std::exchange(m_firstNew, seq);
    for (const quint64 changed : {before, seq}) {
        if (hasSeq(changed)) {
            const int row = positionFor(changed - 1);
            Q_EMIT dataChanged(index(row), index(row), {EntryRole});
            touch(row, row);
        }
    }
}

quint64 TimelineModel::newestSeq() const
{
    const int end = storedEnd();
    return end > 0 ? m_rows[end - 1].seq : 0;
}

int TimelineModel::rowOf(const MessageId &message) const
{
    // What is looked for is nearly always one of the newest.
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (m_rows[row].messageId == message)
            return row;
    }
    return -1;
}

int TimelineModel::pendingRowOf(const MessageId &message) const
{
    for (int row = storedEnd(); row < m_rows.size(); ++row) {
        if (m_rows[row].messageId == message)
            return row;
    }
    return -1;
}

TimelineEntry TimelineModel::entry(int row) const
{
    TimelineEntry entry = m_rows.at(row);
    const TimelineEntry *above = row > 0 ? &m_rows[row - 1] : nullptr;
    const TimelineEntry *below = row + 1 < m_rows.size() ? &m_rows[row + 1] : nullptr;
    entry.isFirstNew = m_firstNew > 0 && entry.isMessage() && entry.seq == m_firstNew;
    entry.startsDay = !above || above->day != entry.day;
    entry.startsGroup = entry.isFirstNew || !above || !continues(*above, entry);
    const bool belowIsFirstNew = below && m_firstNew > 0 && below->isMessage() && below->seq == m_firstNew;
    entry.endsGroup = belowIsFirstNew || !below || !continues(entry, *below);
    return entry;
}

const TimelineEntry *TimelineModel::newest() const
{
    const auto it =
        std::find_if(m_rows.crbegin(), m_rows.crend(), [](const TimelineEntry &row) { return row.isMessage(); });
    return it == m_rows.crend() ? nullptr : &*it;
}

int TimelineModel::pendingCount() const
{
    return int(std::count_if(m_rows.cbegin() + storedEnd(), m_rows.cend(),
        [](const TimelineEntry &row) { return row.state != client::SendState::Failed; }));
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return m_rows[index.row()].text;
    case SpokenRole:
    case Qt::AccessibleTextRole:
        return spokenText(m_rows[index.row()], m_limits);
    case EntryRole:
        return QVariant::fromValue(entry(index.row()));
    default:
        return {};
    }
}

int TimelineModel::positionFor(quint64 seq) const
{
    const auto end = m_rows.cbegin() + storedEnd();
    const auto it = std::upper_bound(
        m_rows.cbegin(), end, seq, [](quint64 wanted, const TimelineEntry &row) { return wanted < row.seq; });
    return int(it - m_rows.cbegin());
}

int TimelineModel::storedEnd() const
{
    int end = int(m_rows.size());
    while (end > 0 && m_rows[end - 1].isPending())
        --end;
    return end;
}

bool TimelineModel::hasSeq(quint64 seq) const
{
    if (seq == 0)
        return false;
    for (int row = positionFor(seq) - 1; row >= 0 && m_rows[row].seq == seq; --row) {
        if (m_rows[row].isMessage())
            return true;
    }
    return false;
}

TimelineEntry TimelineModel::fromEvent(const protocol::Event &event) const
{
    TimelineEntry entry;
    entry.messageId = event.messageId;
    entry.seq = event.seq;
    entry.author = event.author;
    entry.setTime(event.storedAt);
    entry.text = event.text;
    entry.isOwn = !m_self.id.isNull() && event.author.id == m_self.id;
    return entry;
}

void TimelineModel::touch(int first, int last)
{
    const int rows = int(m_rows.size());
    if (first > 0 && first - 1 < rows)
        Q_EMIT dataChanged(index(first - 1), index(first - 1), {EntryRole});
    if (last + 1 < rows && last + 1 >= 0)
        Q_EMIT dataChanged(index(last + 1), index(last + 1), {EntryRole});
}

} // namespace lanline::ui
