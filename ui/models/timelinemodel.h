#pragma once

#include "client/values.h"
#include "ui/models/pendingchanges.h"
#include "ui/models/timelineentry.h"

#include <QAbstractListModel>
#include <QList>

#include <optional>

namespace lanline::ui {

/// A window on the timeline of one room: stored messages by seq, notices between them, and, where the window reaches to
/// the room's end, all those of one's own behind them that are not stored yet, in the order they were written. However
/// far somebody scrolls, it holds no more than `mostRows` stored rows. Inserts, moves and removes; resets only when the
/// history itself does.
class TimelineModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int mostRows = 1200;

    enum Role {
        EntryRole = Qt::UserRole + 1, ///< TimelineEntry
        SpokenRole, ///< what a screen reader says; also AccessibleTextRole
    };

    explicit TimelineModel(RoomId room, QObject *parent = nullptr);

    /// Shows what `other` shows, of the same room, from now on on its own.
    void copy(const TimelineModel &other);
    /// Nothing of it is shown any more, sent or not.
    void clear();

    const RoomId &room() const { return m_room; }
    void setSelf(const protocol::User &self);
    void setLimits(const protocol::Limits &limits) { m_limits = limits; }
    /// Does somebody look at the end? Then it is old rows that make room for new ones, else the new ones wait outside.
    void setFollowed(bool isFollowed) { m_isFollowed = isFollowed; }

    void apply(const client::TimelineUpdate &update);
    void apply(const client::OutboxItem &item);
    /// Behind the newest stored message.
    void addNotice(const QString &text, WallTime at);
    /// Everything from `seq` on is new; 0 takes the line away.
    void setFirstNew(quint64 seq);

    bool hasReachedStart() const { return m_reachedStart; }
    /// Newer messages are known than the window shows.
    bool isDetached() const { return m_to < m_head; }
    quint64 firstNew() const { return m_firstNew; }
    /// What loadOlder() and loadNewer() go on from.
    quint64 oldestSeq() const { return m_from; }
    quint64 newestShownSeq() const { return m_to; }
    /// The newest event of the room that was told, in the window or not; 0: none.
    quint64 headSeq() const { return m_head; }
    /// -1 when it is not here.
    int rowOf(const MessageId &message) const;
    TimelineEntry entry(int row) const;
    /// Newest message of the room, stored or not, in the window or not.
    std::optional<TimelineEntry> newest() const;
    int pendingCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void reset(const client::TimelineUpdate &update);
    void append(const client::TimelineUpdate &update);
    void insertEvents(const QList<protocol::Event> &events);
    void applyChange(const protocol::Event &change);
    void applyMessage(const client::OutboxItem &item);
    void applyOwnChange(const client::OutboxItem &item);
    void update(TimelineEntry &row, const protocol::Event &change);
    void remember(const protocol::Event &event);
    void settle(int pendingRow, quint64 seq, WallTime storedAt);
    void trimNewest();
    void trimOldest();
    void removeRows(int first, int last);
    /// Pending messages stand at the room's end, and leave the window with it.
    void showPending(bool isShown);

    /// Where a stored message of this seq stands or belongs: behind all with a lower or, for notices, equal seq.
    int positionFor(quint64 seq) const;
    int storedEnd() const;
    int pendingRowOf(const MessageId &message) const;
    int rowOfSeq(quint64 seq) const;
    TimelineEntry shown(TimelineEntry entry) const;
    /// The neighbours of rows [first, last] may group otherwise now.
    void touch(int first, int last);
    void tell(int row);

    RoomId m_room;
    protocol::User m_self;
    protocol::Limits m_limits;
    QList<TimelineEntry> m_rows; ///< without the neighbours' marks: entry() adds them
    QList<TimelineEntry> m_outside; ///< pending messages while the window does not reach to the end
    PendingChanges m_changes;
    std::optional<TimelineEntry> m_newest; ///< newest stored message of the room
    quint64 m_from = 0; ///< the window has every message from here
    quint64 m_to = 0; ///< to here
    quint64 m_head = 0;
    quint64 m_firstNew = 0;
    bool m_reachedStart = false;
    bool m_isFollowed = true;
};

} // namespace lanline::ui
