#include "ui/models/timelinemodel.h"

#include <QUuid>

#include <algorithm>
#include <limits>

namespace lanline::ui {

using protocol::EventKind;

TimelineModel::TimelineModel(RoomId room, QObject *parent)
    : QAbstractListModel(parent)
    , m_room(std::move(room))
{ }

void TimelineModel::copy(const TimelineModel &other)
{
    beginResetModel();
    m_self = other.m_self;
    m_limits = other.m_limits;
    m_rows = other.m_rows;
    m_outside = other.m_outside;
    m_changes = other.m_changes;
    m_newest = other.m_newest;
    m_from = other.m_from;
    m_to = other.m_to;
    m_head = other.m_head;
    m_firstNew = other.m_firstNew;
    m_reachedStart = other.m_reachedStart;
    endResetModel();
}

void TimelineModel::clear()
{
    TimelineModel empty(m_room);
    empty.m_self = m_self;
    empty.m_limits = m_limits;
    copy(empty);
}

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
    for (TimelineEntry &row : m_outside)
        row.author = self;
    if (m_newest)
        m_newest->isOwn = m_newest->author.id == self.id;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1), {EntryRole});
}

// ---- what the history tells ---------------------------------------------------------------------------------------

void TimelineModel::apply(const client::TimelineUpdate &update)
{
    using Kind = client::TimelineUpdate::Kind;
    switch (update.kind) {
    case Kind::Reset:
        reset(update);
        return;
    case Kind::Append:
        append(update);
        return;
    case Kind::Prepend:
        // Asked for before the window moved elsewhere, it would leave a hole.
        if (update.toSeq > 0 && update.toSeq + 1 < m_from)
            return;
        m_reachedStart = update.reachedStart;
        insertEvents(update.events);
        m_from = qMin(m_from,
            update.fromSeq > 0 || update.events.isEmpty() ? qMax(update.fromSeq, quint64(1))
                                                          : update.events.first().seq);
        trimNewest();
        return;
    case Kind::Extend:
        if (update.fromSeq > m_to + 1)
            return;
        insertEvents(update.events);
        m_to = qMax(m_to, update.toSeq);
        m_head = qMax(m_head, m_to);
        trimOldest();
        if (!isDetached())
            showPending(true);
        return;
    case Kind::Change:
        for (const protocol::Event &change : update.events)
            applyChange(change);
        return;
    }
}

void TimelineModel::reset(const client::TimelineUpdate &update)
{
    beginResetModel();
    m_rows.erase(m_rows.begin(), m_rows.begin() + storedEnd());
    m_rows.append(std::exchange(m_outside, {}));
    m_newest.reset();
    m_firstNew = 0;
    m_from = update.fromSeq;
    m_to = update.toSeq;
    m_head = update.toSeq;
    m_reachedStart = update.reachedStart;
    endResetModel();
    insertEvents(update.events);
    if (!update.events.isEmpty()) {
        m_from = m_from == 0 ? update.events.first().seq : m_from;
        m_to = qMax(m_to, update.events.last().seq);
        m_head = qMax(m_head, m_to);
    }
}

void TimelineModel::append(const client::TimelineUpdate &update)
{
    if (update.events.isEmpty())
        return;
    for (const protocol::Event &event : update.events)
        remember(event);
    const quint64 newest = qMax(update.toSeq, update.events.last().seq);
    const bool fits = !isDetached() && (m_to == 0 || update.events.first().seq <= m_to + 1)
        && (m_isFollowed || storedEnd() + update.events.size() <= mostRows);
    m_head = qMax(m_head, newest);
    if (!fits) {
        for (const protocol::Event &event : update.events)
            applyChange(event);
        showPending(false);
        return;
    }
    if (m_from == 0)
        m_from = update.events.first().seq;
    m_to = m_head;
    insertEvents(update.events);
    trimOldest();
}

void TimelineModel::insertEvents(const QList<protocol::Event> &events)
{
    qsizetype i = 0;
    while (i < events.size()) {
        const protocol::Event &event = events[i];
        if (event.kind != EventKind::Message || rowOfSeq(event.seq) >= 0) {
            applyChange(event);
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
            if (!isBehind || more.seq >= next || more.kind != EventKind::Message || pendingRowOf(more.messageId) >= 0)
                break;
            remember(more);
            fresh.append(TimelineEntry::of(more, m_self));
        }
        const int last = at + int(fresh.size()) - 1;
        beginInsertRows({}, at, last);
        m_rows.insert(at, fresh.size(), {});
        std::move(fresh.begin(), fresh.end(), m_rows.begin() + at);
        endInsertRows();
        touch(at, last);
    }
}

/// Keeps the newest message of the room, whatever the window shows.
void TimelineModel::remember(const protocol::Event &event)
{
    m_outside.removeIf([&](const TimelineEntry &entry) { return entry.messageId == event.messageId; });
    if (event.kind == EventKind::Message && (!m_newest || event.seq > m_newest->seq))
        m_newest = TimelineEntry::of(event, m_self);
    else if (m_newest && event.targetSeq == m_newest->seq)
        update(*m_newest, event);
}

void TimelineModel::applyChange(const protocol::Event &change)
{
    if (change.kind != EventKind::Edit && change.kind != EventKind::Deletion)
        return;
    remember(change);
    m_changes.forget(change.messageId);
    if (const int row = rowOfSeq(change.targetSeq); row >= 0) {
        update(m_rows[row], change);
        tell(row);
    }
}

void TimelineModel::update(TimelineEntry &row, const protocol::Event &change)
{
    if (row.changedSeq >= change.seq)
        return;
    row.changedSeq = change.seq;
    row.isDeleted = change.kind == EventKind::Deletion;
    row.isEdited = !row.isDeleted;
    row.text = row.isDeleted ? QString() : change.text;
}

// ---- what the outbox tells ----------------------------------------------------------------------------------------

void TimelineModel::apply(const client::OutboxItem &item)
{
    if (item.room != m_room)
        return;
    if (item.kind == EventKind::Message)
        applyMessage(item);
    else
        applyOwnChange(item);
}

void TimelineModel::applyMessage(const client::OutboxItem &item)
{
    const auto outside = std::find_if(m_outside.begin(), m_outside.end(),
        [&](const TimelineEntry &entry) { return entry.messageId == item.messageId; });
    const bool isOver = item.state == client::SendState::Stored || item.state == client::SendState::Discarded;
    if (outside != m_outside.end()) {
        if (isOver)
            m_outside.erase(outside);
        else
            *outside = TimelineEntry::of(item, m_self);
        return;
    }
    const int row = rowOf(item.messageId);
    if (item.state == client::SendState::Discarded) {
        if (row >= 0 && m_rows[row].isPending())
            removeRows(row, row);
        return;
    }
    if (item.state == client::SendState::Stored) {
        const protocol::Event event{item.seq, item.messageId, m_self, item.storedAt, item.text};
        remember(event);
        if (row >= 0 && m_rows[row].isPending())
            settle(row, item.seq, item.storedAt);
        else if (row < 0 && !isDetached())
            insertEvents({event});
        return;
    }
    if (row < 0 && isDetached()) {
        m_outside.append(TimelineEntry::of(item, m_self));
        return;
    }
    if (row < 0) {
        const int at = int(m_rows.size());
        beginInsertRows({}, at, at);
        m_rows.append(TimelineEntry::of(item, m_self));
        endInsertRows();
        touch(at, at);
        return;
    }
    // The event can overtake the outbox's word; what is stored stays stored.
    if (!m_rows[row].isPending())
        return;
    const bool hadLeft = m_rows[row].hasLeft;
    m_rows[row] = TimelineEntry::of(item, m_self);
    m_rows[row].hasLeft |= hadLeft;
    tell(row);
}

void TimelineModel::applyOwnChange(const client::OutboxItem &item)
{
    m_changes.apply(item);
    const int row = item.targetSeq > 0 ? rowOfSeq(item.targetSeq) : rowOf(item.targetId);
    const quint64 target = item.targetSeq > 0 ? item.targetSeq : row >= 0 ? m_rows[row].seq : 0;
    if (item.state == client::SendState::Stored && target > 0) {
        // Its event comes as well, and finds this done.
        applyChange({item.seq, item.messageId, m_self, item.storedAt, item.text, item.kind, target});
    } else if (row >= 0) {
        tell(row);
    }
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
    if (!m_newest || seq > m_newest->seq)
        m_newest = entry;
    tell(at);
    touch(qMin(at, pendingRow), qMax(at, pendingRow));
}

void TimelineModel::addNotice(const QString &text, WallTime at)
{
    if (isDetached())
        return;
    TimelineEntry notice;
    notice.kind = TimelineEntry::Kind::Notice;
    notice.messageId = MessageId(QUuid::createUuid());
    const int row = storedEnd();
    notice.seq = row > 0 ? m_rows[row - 1].seq : 0;
    notice.setTime(at);
    notice.text = text;
    beginInsertRows({}, row, row);
    m_rows.insert(row, notice);
    endInsertRows();
    touch(row, row);
}

void TimelineModel::setFirstNew(quint64 seq)
{
    if (seq == m_firstNew)
        return;
    const quint64 before = std::exchange(m_firstNew, seq);
    for (const quint64 changed : {before, seq}) {
        if (const int row = rowOfSeq(changed); row >= 0) {
            Q_EMIT dataChanged(index(row), index(row), {EntryRole});
            touch(row, row);
        }
    }
}

// ---- the window ---------------------------------------------------------------------------------------------------

void TimelineModel::trimNewest()
{
    const int end = storedEnd();
    if (end <= mostRows)
        return;
    showPending(false);
    removeRows(mostRows, end - 1);
    m_to = m_rows.last().seq;
}

void TimelineModel::trimOldest()
{
    const int surplus = storedEnd() - mostRows;
    if (surplus <= 0)
        return;
    removeRows(0, surplus - 1);
    m_from = m_rows.first().seq;
    m_reachedStart = false;
}

void TimelineModel::removeRows(int first, int last)
{
    beginRemoveRows({}, first, last);
    m_rows.remove(first, last - first + 1);
    endRemoveRows();
    touch(first, first - 1);
}

void TimelineModel::showPending(bool isShown)
{
    const int end = storedEnd();
    if (!isShown && end < m_rows.size()) {
        m_outside = m_rows.mid(end);
        removeRows(end, int(m_rows.size()) - 1);
    } else if (isShown && !m_outside.isEmpty()) {
        beginInsertRows({}, end, end + int(m_outside.size()) - 1);
        m_rows.append(std::exchange(m_outside, {}));
        endInsertRows();
        touch(end, int(m_rows.size()) - 1);
    }
}

// ---- reading ------------------------------------------------------------------------------------------------------

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

TimelineEntry TimelineModel::shown(TimelineEntry entry) const
{
    entry.commandId = entry.messageId;
    m_changes.showIn(entry);
    return entry;
}

TimelineEntry TimelineModel::entry(int row) const
{
    TimelineEntry entry = shown(m_rows.at(row));
    const TimelineEntry *above = row > 0 ? &m_rows[row - 1] : nullptr;
    const TimelineEntry *below = row + 1 < m_rows.size() ? &m_rows[row + 1] : nullptr;
    entry.isFirstNew = m_firstNew > 0 && entry.isMessage() && entry.seq == m_firstNew;
    entry.startsDay = !above || above->day != entry.day;
    entry.startsGroup = entry.isFirstNew || !above || !continuesGroup(*above, entry);
    const bool belowIsFirstNew = below && m_firstNew > 0 && below->isMessage() && below->seq == m_firstNew;
    entry.endsGroup = belowIsFirstNew || !below || !continuesGroup(entry, *below);
    return entry;
}

std::optional<TimelineEntry> TimelineModel::newest() const
{
    if (!m_outside.isEmpty())
        return shown(m_outside.last());
    if (!m_rows.isEmpty() && m_rows.last().isPending())
        return shown(m_rows.last());
    return m_newest ? std::optional(shown(*m_newest)) : std::nullopt;
}

int TimelineModel::pendingCount() const
{
    const auto isWaiting = [](const TimelineEntry &row) { return row.state != client::SendState::Failed; };
    return int(std::count_if(m_rows.cbegin() + storedEnd(), m_rows.cend(), isWaiting)
        + std::count_if(m_outside.cbegin(), m_outside.cend(), isWaiting));
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
        return shown(m_rows[index.row()]).shownText();
    case SpokenRole:
    case Qt::AccessibleTextRole:
        return spokenText(shown(m_rows[index.row()]), m_limits);
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

int TimelineModel::rowOfSeq(quint64 seq) const
{
    if (seq == 0)
        return -1;
    for (int row = positionFor(seq) - 1; row >= 0 && m_rows[row].seq == seq; --row) {
        if (m_rows[row].isMessage())
            return row;
    }
    return -1;
}

void TimelineModel::touch(int first, int last)
{
    const int rows = int(m_rows.size());
    if (first > 0 && first - 1 < rows)
        Q_EMIT dataChanged(index(first - 1), index(first - 1), {EntryRole});
    if (last + 1 < rows && last + 1 >= 0)
        Q_EMIT dataChanged(index(last + 1), index(last + 1), {EntryRole});
}

void TimelineModel::tell(int row)
{
    Q_EMIT dataChanged(index(row), index(row), {EntryRole, Qt::DisplayRole, SpokenRole, Qt::AccessibleTextRole});
}

} // namespace lanline::ui
