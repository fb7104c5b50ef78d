#include "ui/words.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::Words)
};

constexpr qint64 kibi = 1024;
constexpr qint64 mebi = kibi * kibi;

// A figure and its unit never stand on two lines.
QString withUnit(const QString &figure, const QString &unit)
{
    return figure + QChar::Nbsp + unit;
}

} // namespace

QString problemSentence(const client::ConnectionState &state)
{
    using client::Problem;
    const QString address = addressText(state.url);
    switch (state.problem) {
    case Problem::None:
        return {};
    case Problem::BadAddress:
        return Words::tr("“%1” is not an address that can be joined. Try one like 192.168.1.20:47100.").arg(address);
    case Problem::HostNotFound:
        return Words::tr("No computer called %1 was found on this network.").arg(state.url.host());
    case Problem::ConnectionRefused:
        return Words::tr("Nobody is hosting at %1.").arg(address);
    case Problem::TimedOut:
        return Words::tr("%1 did not answer in time.").arg(address);
    case Problem::NotAWebSocketServer:
        return Words::tr("Something answers at %1, but it is not a Lanline host.").arg(address);
    case Problem::NotLanline:
        return Words::tr("%1 is a server of another kind, not a Lanline host.").arg(address);
    case Problem::VersionMismatch:
        return Words::tr("The host at %1 runs another version of Lanline. Update the older of the two.").arg(address);
    case Problem::NameTaken:
        return Words::tr("Your name belongs to another device here. Choose another name.");
    case Problem::BadName:
        return Words::tr("The host does not accept this name: it is empty, too long or not printable.");
    case Problem::AuthRefused:
        return Words::tr("The host does not accept the key of this device.");
    case Problem::PairingRefused:
        return Words::tr("The code of your other device is wrong, or it has expired. Let it show a new one.");
    case Problem::KeyUnusable:
        return Words::tr("The key of this device cannot be used: %1.").arg(state.problemDetail);
    case Problem::HeartbeatMissed:
        return Words::tr("The host stopped answering.");
    case Problem::ServerStopped:
        return Words::tr("The host has stopped.");
    case Problem::ServerFull:
        return Words::tr("The host is full.");
    case Problem::ConnectionLost:
        return Words::tr("The connection was lost.");
    case Problem::ClosedByServer:
        return state.problemDetail.isEmpty()
            ? Words::tr("The host closed the connection.")
            : Words::tr("The host closed the connection: %1.").arg(state.problemDetail);
    }
    return {};
}

QString errorSentence(protocol::ErrorCode code, const RoomId &room, const protocol::Limits &limits)
{
    using protocol::ErrorCode;
    switch (code) {
    case ErrorCode::Unspecified:
        return Words::tr("The host could not do this.");
    case ErrorCode::BadRequest:
        return Words::tr("The host did not understand this request.");
    case ErrorCode::UnknownRoom:
        return Words::tr("There is no room called %1.").arg(room.value());
    case ErrorCode::RoomExists:
        return Words::tr("A room called %1 exists already.").arg(room.value());
    case ErrorCode::NotAMember:
        return Words::tr("You are not in the room %1.").arg(room.value());
    case ErrorCode::TextEmpty:
        return Words::tr("The message is empty.");
    case ErrorCode::TextTooLong:
        return Words::tr("The message is over this host’s limit of %1.").arg(bytesText(limits.textBytes));
    case ErrorCode::BadRoomName:
        return Words::tr("A room’s name is in lower case, without spaces, and takes at most %1.")
            .arg(bytesText(limits.roomNameBytes));
    case ErrorCode::TooManyRooms:
        return Words::tr("This host has as many rooms as it allows.");
    case ErrorCode::MessageIdReused:
        return Words::tr("Another message with the same mark is stored already.");
    case ErrorCode::Busy:
        return Words::tr("The host is busy. Try again in a moment.");
    case ErrorCode::ReadOnly:
        return Words::tr("The host cannot write to its disk at the moment.");
    case ErrorCode::NotYours:
        return Words::tr("Only its author can change or delete a message.");
    case ErrorCode::UnknownMessage:
        return Words::tr("This message is not there any more.");
    case ErrorCode::HistoryExpired:
        return Words::tr("The host does not keep messages from that far back.");
    case ErrorCode::NotAllowed:
        return Words::tr("The host does not allow that.");
    }
    return {};
}

QString refusalWords(protocol::ErrorCode code, const protocol::Limits &limits)
{
    using protocol::ErrorCode;
    switch (code) {
    case ErrorCode::TextTooLong:
        return Words::tr("Over this host’s %1 limit").arg(bytesText(limits.textBytes));
    case ErrorCode::TextEmpty:
        return Words::tr("Empty");
    case ErrorCode::UnknownRoom:
        return Words::tr("The room is gone");
    case ErrorCode::NotAMember:
        return Words::tr("You are not in this room");
    case ErrorCode::MessageIdReused:
        return Words::tr("Its mark is taken");
    default:
        return Words::tr("Refused by the host");
    }
}

QString presenceWord(protocol::Presence presence)
{
    switch (presence) {
    case protocol::Presence::Online:
        return Words::tr("online");
    case protocol::Presence::Away:
        return Words::tr("away");
    case protocol::Presence::Offline:
        return Words::tr("offline");
    }
    return {};
}

QString sendStateWords(client::SendState state)
{
    switch (state) {
    case client::SendState::Waiting:
        return Words::tr("Waiting on this computer");
    case client::SendState::Sending:
        return Words::tr("Sending");
    case client::SendState::Stored:
        return Words::tr("Stored");
    case client::SendState::Failed:
        return Words::tr("Not sent");
    case client::SendState::Discarded:
        break;
    }
    return {};
}

QString durationText(std::chrono::microseconds duration)
{
    const double milliseconds = double(duration.count()) / 1000.0;
    const QLocale locale;
    if (milliseconds >= 999.5)
        return withUnit(locale.toString(milliseconds / 1000.0, 'f', 1), Words::tr("s", "seconds"));
    const int decimals = milliseconds < 0.995 ? 2 : milliseconds < 9.95 ? 1 : 0;
    return withUnit(locale.toString(milliseconds, 'f', decimals), Words::tr("ms"));
}

QString secondsText(qint64 seconds)
{
    return withUnit(QLocale().toString(seconds), Words::tr("s", "seconds"));
}

QString bytesText(qint64 bytes)
{
    const QLocale locale;
    const auto figure = [&](qint64 unit) {
        return locale.toString(double(bytes) / double(unit), 'f', bytes % unit == 0 || bytes >= 100 * unit ? 0 : 1);
    };
    if (bytes >= mebi)
        return withUnit(figure(mebi), Words::tr("MiB"));
    if (bytes >= kibi)
        return withUnit(figure(kibi), Words::tr("KiB"));
    return Words::tr("%n byte(s)", nullptr, int(bytes));
}

QString addressText(const QUrl &url)
{
    if (url.host().isEmpty())
        return url.toDisplayString();
    const QString host = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
    return url.port() < 0 ? host : u"%1:%2"_s.arg(host).arg(url.port());
}

QString roomText(const RoomId &room)
{
    return u"# "_s + room.value();
}

QDateTime localTime(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
}

QString timeText(WallTime time)
{
    return localTime(time).toString(u"HH:mm"_s);
}

QString timeWithSeconds(WallTime time)
{
    return localTime(time).toString(u"HH:mm:ss"_s);
}

QString dayText(QDate day, QDate today)
{
    const QLocale locale;
    //: A day of this year: day of the month and its name, in Qt's date format
    const QString date = locale.toString(day, Words::tr("d MMMM", "date format"));
    if (day == today)
        return Words::tr("Today, %1").arg(date);
    if (day == today.addDays(-1))
        return Words::tr("Yesterday, %1").arg(date);
    if (day.year() == today.year())
        return locale.toString(day, Words::tr("dddd, d MMMM", "date format"));
    return locale.toString(day, Words::tr("dddd, d MMMM yyyy", "date format"));
}

} // namespace lanline::ui
