#pragma once

#include "client/values.h"

#include <QAbstractListModel>
#include <QDate>
#include <QList>

namespace lanline::ui {

/// One row of a timeline, with what its neighbours mean for it.
struct TimelineEntry
{
    enum class Kind : quint8 {
        Message,
        Notice, ///< a line of this program's own: no bubble, no author
    };
    Kind kind = Kind::Message;
    MessageId messageId; ///< of a notice: its own, never sent
    quint64 seq = 0; ///< 0 until stored; a notice has that of the message before it
    protocol::User author;
    WallTime time; ///< stored, or composed while it is not
    QDate day; ///< of `time`, here: looked at too often to be worked out each time
    QString text;
    client::SendState state = client::SendState::Stored;
    protocol::ErrorCode refusal = protocol::ErrorCode::Unspecified; ///< of a Failed one
    bool isOwn = false;
    bool hasLeft = false; ///< some of it was on the wire: it cannot be taken back any more

    bool startsDay = false; ///< a day heading stands above it
    bool startsGroup = true; ///< another author, day, or five minutes later than the one above
    bool endsGroup = true;
    bool isFirstNew = false; ///< the "New" line stands above it

    void setTime(WallTime when);
    bool isMessage() const { return kind == Kind::Message; }
    bool isPending() const { return seq == 0 && isMessage(); }
};

/// The timeline of one room: stored messages by seq, notices between them, and behind them all those of one's own that
/// are not stored yet, in the order they were written. Inserts and moves; resets only when the history itself does.
class TimelineModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        EntryRole = Qt::UserRole + 1, ///< TimelineEntry
        SpokenRole, ///< what a screen reader says; also AccessibleTextRole
    };

    explicit TimelineModel(RoomId room, QObject *parent = nullptr);

    const RoomId &room() const { return m_room; }
    void setSelf(const protocol::User &self);
    void setLimits(const protocol::Limits &limits) { m_limits = limits; }

    void apply(const client::TimelineUpdate &update);
    void apply(const client::OutboxItem &item);
    /// Behind the newest stored message.
    void addNotice(const QString &text, WallTime at);
    /// Forgets a message that was never stored.
    void discard(const MessageId &message);
    /// Everything from `seq` on is new; 0 takes the line away.
    void setFirstNew(quint64 seq);

    bool hasReachedStart() const { return m_reachedStart; }
    quint64 firstNew() const { return m_firstNew; }
    /// The oldest message's seq, or 0.
    quint64 oldestSeq() const { return m_rows.isEmpty() ? 0 : m_rows.first().seq; }
    /// The newest stored message's seq, or 0.
    quint64 newestSeq() const;
    /// -1 when it is not here.
    int rowOf(const MessageId &message) const;
    TimelineEntry entry(int row) const;
    /// Newest message of the room, stored or not; nullptr when there is none.
    const TimelineEntry *newest() const;
    int pendingCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void insertEvents(const QList<protocol::Event> &events);
    void settle(int pendingRow, quint64 seq, WallTime storedAt);
    /// Where a stored message of this seq stands or belongs: behind all with a lower or, for notices, equal seq.
    int positionFor(quint64 seq) const;
    int storedEnd() const;
    int pendingRowOf(const MessageId &message) const;
    bool hasSeq(quint64 seq) const;
    TimelineEntry fromEvent(const protocol::Event &event) const;
    /// The neighbours of rows [first, last] may group otherwise now.
    void touch(int first, int last);

    RoomId m_room;
    protocol::User m_self;
    protocol::Limits m_limits;
    QList<TimelineEntry> m_rows; ///< without the neighbours' marks: entry() adds them
    quint64 m_firstNew = 0;
    bool m_reachedStart = false;
};

/// "Bob, 13:59, only on port 7, Stored"
QString spokenText(const TimelineEntry &entry, const protocol::Limits &limits);

} // namespace lanline::ui

Q_DECLARE_METATYPE(lanline::ui::TimelineEntry)
