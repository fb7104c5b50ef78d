#include "server/session/refusals.h"

#include "core/text.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::server {

using protocol::ErrorCode;

QString textOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Unspecified:
        break;
    case ErrorCode::BadRequest:
        return u"a field is missing or out of range"_s;
    case ErrorCode::UnknownRoom:
        return u"there is no such room"_s;
    case ErrorCode::RoomExists:
        return u"there is a room of this name already"_s;
    case ErrorCode::NotAMember:
        return u"you are not a member of this room"_s;
    case ErrorCode::TextEmpty:
        return u"the message is empty"_s;
    case ErrorCode::TextTooLong:
        return u"the message is too long"_s;
    case ErrorCode::BadRoomName:
        return u"a room is named with lower-case letters, digits and -_. only"_s;
    case ErrorCode::TooManyRooms:
        return u"there are too many rooms"_s;
    case ErrorCode::MessageIdReused:
        return u"another message was stored under this id"_s;
    case ErrorCode::Busy:
        return u"the server is busy; try again later"_s;
    case ErrorCode::ReadOnly:
        return u"the server cannot write at the moment; try again later"_s;
    case ErrorCode::NotYours:
        return u"only its author may edit or delete a message"_s;
    case ErrorCode::UnknownMessage:
        return u"there is no such message, or not any more"_s;
    case ErrorCode::HistoryExpired:
        return u"the room does not keep its history from that far back"_s;
    case ErrorCode::NotAllowed:
        return u"this server does not allow that"_s;
    }
    return u"the command failed"_s;
}

std::chrono::milliseconds retryAfter(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Busy:
        return 500ms;
    case ErrorCode::ReadOnly:
        return 2s;
    default:
        return 0ms;
    }
}

namespace {

ErrorCode faultOfText(const QString &text, const protocol::Limits &limits)
{
    if (utf8Size(text) > limits.textBytes)
        return ErrorCode::TextTooLong;
    if (std::all_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); }))
        return ErrorCode::TextEmpty;
    // In JSON each of them takes six bytes: a page of them would not fit a message.
    const bool hasControls = std::any_of(text.begin(), text.end(),
        [](QChar c) { return c.category() == QChar::Other_Control && c != u'\n' && c != u'\r' && c != u'\t'; });
    return hasControls ? ErrorCode::BadRequest : ErrorCode::Unspecified;
}

} // namespace

ErrorCode faultOf(const protocol::Send &send, const protocol::Limits &limits)
{
    using protocol::EventKind;
    const bool hasTarget = send.targetSeq > 0 || !send.targetId.isNull();
    switch (send.kind) {
    case EventKind::Message:
        return faultOfText(send.text, limits);
    case EventKind::Edit:
        return hasTarget ? faultOfText(send.text, limits) : ErrorCode::BadRequest;
    case EventKind::Deletion:
        return hasTarget && send.text.isEmpty() ? ErrorCode::Unspecified : ErrorCode::BadRequest;
    case EventKind::Other:
        break;
    }
    return ErrorCode::BadRequest;
}

} // namespace lanline::server
