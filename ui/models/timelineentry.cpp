#include "ui/models/timelineentry.h"

#include "ui/words.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr auto groupGap = 5min;

struct Entry
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::TimelineEntry)
};

} // namespace

TimelineEntry TimelineEntry::of(const protocol::Event &event, const protocol::User &self)
{
    TimelineEntry entry;
    entry.messageId = event.messageId;
    entry.seq = event.seq;
    entry.changedSeq = event.changedSeq;
    entry.author = event.author;
    entry.setTime(event.storedAt);
    entry.text = event.text;
    entry.isDeleted = event.isDeleted;
    entry.isEdited = event.changedSeq > 0 && !event.isDeleted;
    entry.isOwn = !self.id.isNull() && event.author.id == self.id;
    return entry;
}

TimelineEntry TimelineEntry::of(const client::OutboxItem &item, const protocol::User &self)
{
    TimelineEntry entry;
    entry.messageId = item.messageId;
    entry.author = self;
    entry.isOwn = true;
    entry.setTime(item.composedAt);
    entry.text = item.text;
    entry.state = item.state;
    entry.refusal = item.code;
    entry.hasLeft = item.hasLeft || item.state == client::SendState::Sending;
    return entry;
}

void TimelineEntry::setTime(WallTime when)
{
    time = when;
    day = localTime(when).date();
}

bool TimelineEntry::isChangeable() const
{
    return isMessage() && isOwn && !isDeleted && state != client::SendState::Failed;
}

QString TimelineEntry::shownText() const
{
    return isDeleted ? Entry::tr("Message deleted") : text;
}

bool continuesGroup(const TimelineEntry &above, const TimelineEntry &below)
{
    return above.isMessage() && below.isMessage() && above.isOwn == below.isOwn && above.author.id == below.author.id
        && below.time - above.time < groupGap && above.day == below.day;
}

QString spokenText(const TimelineEntry &entry, const protocol::Limits &limits)
{
    if (!entry.isMessage())
        return entry.text;
    QStringList parts{entry.author.name, timeText(entry.time), entry.shownText()};
    if (entry.isEdited)
        parts << Entry::tr("edited");
    if (entry.isOwn && !(entry.isDeleted && entry.state == client::SendState::Stored))
        parts << sendStateWords(entry.state);
    if (entry.state == client::SendState::Failed)
        parts << refusalWords(entry.refusal, limits);
    //: Between the parts of what a screen reader says of a message
    return parts.join(Entry::tr(", "));
}

} // namespace lanline::ui
