#include "askcommands.h"

namespace lanline::ctl {

using namespace Qt::Literals::StringLiterals;

namespace {

QString pagesLine(const protocol::Status &status)
{
    const quint64 pages = status.pagesFromMemory + status.pagesFromStore;
    const QString hits = pages == 0 ? QString() : u" (%1 % hits)"_s.arg(status.pagesFromMemory * 100 / pages);
    const QString state = status.isReadOnly ? u"\nstore        cannot write at present"_s : QString();
    return u"pages        %1 from memory, %2 from the disk%3%4"_s.arg(status.pagesFromMemory)
        .arg(status.pagesFromStore)
        .arg(hits, state);
}

} // namespace

StatusCommand::StatusCommand(const Options &options, client::ChatSession &session, Output &output)
    : Command(options, session, output)
{
    connect(&session, &client::ChatSession::statusReceived, this, &StatusCommand::onStatus);
}

void StatusCommand::onStatus(const protocol::Status &status)
{
    const auto uptime = quint64(std::max<qint64>(status.uptime.count(), 0));
    const QString epoch = QString::fromLatin1(status.epoch.value().toHex());
    if (options().json) {
        print(JsonLine()
                  .add("server"_L1, status.serverName)
                  .add("app"_L1, status.app)
                  .add("epoch"_L1, epoch)
                  .add("uptime_ms"_L1, uptime)
                  .add("connections"_L1, quint64(status.connections))
                  .add("users"_L1, quint64(status.users))
                  .add("rooms"_L1, quint64(status.rooms))
                  .add("received"_L1, status.received)
                  .add("stored"_L1, status.stored)
                  .add("duplicates"_L1, status.duplicates)
                  .add("refused"_L1, status.refused)
                  .add("delivered"_L1, status.delivered)
                  .add("replayed"_L1, status.replayed)
                  .add("lost"_L1, status.lost)
                  .add("stored_ever"_L1, status.storedEver)
                  .add("duplicates_ever"_L1, status.duplicatesEver)
                  .add("pages_from_memory"_L1, status.pagesFromMemory)
                  .add("pages_from_store"_L1, status.pagesFromStore)
                  .add("read_only"_L1, status.isReadOnly)
                  .add("loop_lag_max_us"_L1, quint64(status.longestLoopLag.count()))
                  .object());
    } else {
        const QString who =
            u"%1 (%2), up %3 s\nepoch        %4\n"_s.arg(status.serverName, status.app).arg(uptime / 1000).arg(epoch);
        const QString now = u"connections  %1\nusers        %2\nrooms        %3\n"_s.arg(status.connections)
                                .arg(status.users)
                                .arg(status.rooms);
        const QString messages =
            u"messages     %1 received, %2 stored, %3 duplicates, %4 refused\n"_s.arg(status.received)
                .arg(status.stored)
                .arg(status.duplicates)
                .arg(status.refused);
        const QString events =
            u"events       %1 delivered live, %2 replayed\n"_s.arg(status.delivered).arg(status.replayed);
        const QString ever = u"ever         %1 stored, %2 duplicates, %3 lost\n"_s.arg(status.storedEver)
                                 .arg(status.duplicatesEver)
                                 .arg(status.lost);
        const QString loop = u"loop lag     %1 ms at most\n"_s.arg(
            std::chrono::duration<double, std::milli>(status.longestLoopLag).count(), 0, 'f', 1);
        print((who + now + messages + events + ever + pagesLine(status) + loop).toUtf8());
    }
    finish(Done);
}

RoomsCommand::RoomsCommand(const Options &options, client::ChatSession &session, Output &output)
    : Command(options, session, output)
{
    connect(&session, &client::ChatSession::roomsListed, this,
        [this](const QList<protocol::RoomInfo> &rooms, bool complete) {
            if (complete)
                onRooms(rooms);
        });
}

void RoomsCommand::onRooms(const QList<protocol::RoomInfo> &rooms)
{
    for (const protocol::RoomInfo &room : rooms) {
        if (options().json) {
            print(JsonLine()
                      .add("room"_L1, room.id.value())
                      .add("title"_L1, room.title)
                      .add("head_seq"_L1, room.headSeq)
                      .add("members"_L1, quint64(room.memberCount))
                      .object());
        } else {
            print(u"%1\t%2 members\t%3 events\t%4"_s.arg(room.id.value())
                      .arg(room.memberCount)
                      .arg(room.headSeq)
                      .arg(room.title)
                      .toUtf8());
        }
    }
    finish(Done);
}

} // namespace lanline::ctl
