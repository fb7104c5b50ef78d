#pragma once

#include "client/values.h"

#include <QDate>
#include <QMetaType>

namespace lanline::ui {

/// One row of a timeline, with what its neighbours and one's own edits on their way mean for it.
struct TimelineEntry
{
    enum class Kind : quint8 {
        Message,
        Notice, ///< a line of this program's own: no bubble, no author
    };
    Kind kind = Kind::Message;
    MessageId messageId; ///< of a notice: its own, never sent
    MessageId commandId; ///< what Retry and Delete of a failed one are about: the message, or an edit or deletion of it
    quint64 seq = 0; ///< 0 until stored; a notice has that of the message before it
    quint64 changedSeq = 0; ///< newest event that changed it; 0: none
    protocol::User author;
    WallTime time; ///< stored, or composed while it is not
    QDate day; ///< of `time`, here: looked at too often to be worked out each time
    QString text; ///< empty once deleted
    client::SendState state = client::SendState::Stored; ///< of the message, or of the newest change on its way
    protocol::ErrorCode refusal = protocol::ErrorCode::Unspecified; ///< of a Failed one
    bool isOwn = false;
    bool hasLeft = false; ///< some of it was on the wire: a change is a command of its own
    bool isDeleted = false;
    bool isEdited = false;

    bool startsDay = false; ///< a day heading stands above it
    bool startsGroup = true; ///< another author, day, or five minutes later than the one above
    bool endsGroup = true;
    bool isFirstNew = false; ///< the "New" line stands above it

    static TimelineEntry of(const protocol::Event &event, const protocol::User &self);
    /// One's own message on its way.
    static TimelineEntry of(const client::OutboxItem &item, const protocol::User &self);

    void setTime(WallTime when);
    bool isMessage() const { return kind == Kind::Message; }
    bool isPending() const { return seq == 0 && isMessage(); }
    /// May its author give it another text, or take it away?
    bool isChangeable() const;
    /// What is shown and spoken for its text.
    QString shownText() const;
};

/// Does `below` go on with the group that `above` is in?
bool continuesGroup(const TimelineEntry &above, const TimelineEntry &below);

/// "Bob, 13:59, only on port 7, Stored"
QString spokenText(const TimelineEntry &entry, const protocol::Limits &limits);

} // namespace lanline::ui

Q_DECLARE_METATYPE(lanline::ui::TimelineEntry)
