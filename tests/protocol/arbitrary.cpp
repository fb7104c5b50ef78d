#include "tests/protocol/arbitrary.h"

#include "protocol/fieldreader.h"

#include <ostream>

namespace lanline::protocol {

namespace gen = rc::gen;

namespace {

// ---- fields
// ----------------------------------------------------------------------------------------------------------

/// Any code point but a surrogate, and often one of those that encodings stumble over.
rc::Gen<char32_t> codePoint()
{
    return gen::weightedOneOf<char32_t>({
        {4, gen::inRange<char32_t>(0x20, 0x7f)},
        {2, gen::element<char32_t>(0, U'\n', U'"', U'\\', 0x7f, 0xfeff, 0xfffd, 0xffff, 0x2028, 0x1f600, 0x10ffff)},
        {1, gen::inRange<char32_t>(0x80, 0xd800)},
        {1, gen::inRange<char32_t>(0xe000, 0x110000)},
    });
}

/// Keeps a U+FEFF in front, which QString::fromStdU32String() drops.
QString fromCodePoints(const std::u32string &codePoints)
{
    QString text;
    for (const char32_t codePoint : codePoints)
        text += QChar::fromUcs4(codePoint);
    return text;
}

rc::Gen<QString> text(int fewest, int most)
{
    return gen::mapcat(gen::inRange(fewest, most + 1), [](int size) {
        return gen::map(gen::container<std::u32string>(std::size_t(size), codePoint()), fromCodePoints);
    });
}

/// A code point takes up to 4 bytes.
rc::Gen<QString> name()
{
    return text(0, int(Limits{}.nameBytes / 4));
}

rc::Gen<RoomId> room()
{
    return gen::map(text(1, int(Limits{}.roomNameBytes / 4)), [](const QString &id) { return RoomId(id); });
}

rc::Gen<QString> title()
{
    return text(0, int(Limits{}.roomTitleBytes / 4));
}

rc::Gen<quint64> integer(quint64 least = 0)
{
    return gen::oneOf(gen::inRange<quint64>(least, 1000), gen::inRange<quint64>(least, largestInteger),
        gen::elementOf(std::vector<quint64>{least, largestInteger, quint64{1} << 32}));
}

rc::Gen<quint32> number()
{
    return gen::oneOf(
        gen::arbitrary<quint32>(), gen::elementOf(std::vector<quint32>{0, 1, std::numeric_limits<quint32>::max()}));
}

rc::Gen<QByteArray> bytes(int size)
{
    return gen::map(gen::container<std::string>(std::size_t(size), gen::arbitrary<char>()),
        [](const std::string &raw) { return QByteArray::fromStdString(raw); });
}

rc::Gen<QByteArray> secret()
{
    return gen::mapcat(gen::inRange(0, 65), [](int size) { return bytes(size); });
}

rc::Gen<MessageId> messageId()
{
    return gen::map(gen::suchThat(bytes(16), [](const QByteArray &raw) { return raw.count('\0') < raw.size(); }),
        [](const QByteArray &raw) { return MessageId(QUuid::fromRfc4122(raw)); });
}

rc::Gen<MessageId> messageIdOrNone()
{
    return gen::oneOf(messageId(), gen::just(MessageId()));
}

rc::Gen<Epoch> epoch()
{
    return gen::map(bytes(16), [](const QByteArray &raw) { return Epoch(raw); });
}

rc::Gen<ClientId> clientId()
{
    return gen::map(name(), [](const QString &id) { return ClientId(id); });
}

rc::Gen<UserId> userId()
{
    return gen::map(integer(1), [](quint64 id) { return UserId(id); });
}

rc::Gen<WallTime> time()
{
    return gen::map(integer(), [](quint64 ms) { return WallTime(std::chrono::milliseconds(qint64(ms))); });
}

template <class Integer>
rc::Gen<std::chrono::milliseconds> duration(rc::Gen<Integer> ms)
{
    return gen::map(std::move(ms), [](Integer count) { return std::chrono::milliseconds(qint64(count)); });
}

template <class Value>
rc::Gen<QList<Value>> upTo(int most, const rc::Gen<Value> &value)
{
    return gen::mapcat(gen::inRange(0, most + 1), [value](int size) {
        return gen::map(gen::container<std::vector<Value>>(std::size_t(size), value),
            [](const std::vector<Value> &values) { return QList<Value>(values.begin(), values.end()); });
    });
}

template <class Enum>
rc::Gen<Enum> upToLast(Enum last)
{
    return gen::map(gen::inRange(0, int(last) + 1), [](int value) { return Enum(value); });
}

// ---- parts
// -----------------------------------------------------------------------------------------------------------

rc::Gen<User> user()
{
    return gen::build<User>(
        gen::set(&User::id, userId()), gen::set(&User::name, name()), gen::set(&User::isGuest), gen::set(&User::hue));
}

rc::Gen<Member> member()
{
    return gen::build<Member>(gen::set(&Member::user, user()), gen::set(&Member::presence, upToLast(Presence::Away)));
}

rc::Gen<Ticks> ticks()
{
    return gen::map(gen::inRange<quint32>(0, longestTicks.count() + 1), [](quint32 count) { return Ticks(count); });
}

rc::Gen<EventTrace> eventTrace()
{
    return gen::build<EventTrace>(gen::set(&EventTrace::sender, ticks()), gen::set(&EventTrace::store, ticks()),
        gen::set(&EventTrace::fanOut, ticks()));
}

rc::Gen<SendTrace> sendTrace()
{
    return gen::build<SendTrace>(gen::set(&SendTrace::total, ticks()), gen::set(&SendTrace::disk, ticks()),
        gen::set(&SendTrace::held, ticks()), gen::set(&SendTrace::sentAt, ticks()));
}

rc::Gen<std::chrono::microseconds> shortTime()
{
    return gen::map(number(), [](quint32 us) { return std::chrono::microseconds(us); });
}

rc::Gen<ThreadKind> serverThread()
{
    return gen::element(ThreadKind::Server, ThreadKind::Storage);
}

rc::Gen<FaultKind> serverFault()
{
    return gen::element(FaultKind::Delay, FaultKind::Jitter, FaultKind::DropHeartbeats, FaultKind::StallServer,
        FaultKind::StallStorage, FaultKind::SlowDisk);
}

rc::Gen<ThreadLoad> threadLoad()
{
    return gen::build<ThreadLoad>(gen::set(&ThreadLoad::thread, serverThread()),
        gen::set(&ThreadLoad::longestLag, shortTime()),
        gen::set(&ThreadLoad::busyPermille, gen::inRange<quint32>(0, 1001)), gen::set(&ThreadLoad::queued, number()));
}

rc::Gen<ThreadStall> threadStall()
{
    return gen::build<ThreadStall>(gen::set(&ThreadStall::thread, serverThread()),
        gen::set(&ThreadStall::beginUs, integer()), gen::set(&ThreadStall::duration, shortTime()),
        gen::set(&ThreadStall::what, text(0, 40)), gen::set(&ThreadStall::heldUp, number()));
}

rc::Gen<Fault> fault()
{
    return gen::build<Fault>(gen::set(&Fault::kind, serverFault()), gen::set(&Fault::amount, duration(number())),
        gen::set(&Fault::duration, duration(number())));
}

rc::Gen<ActiveFault> activeFault()
{
    return gen::build<ActiveFault>(gen::set(&ActiveFault::kind, serverFault()),
        gen::set(&ActiveFault::amount, duration(number())), gen::set(&ActiveFault::left, duration(number())));
}

rc::Gen<Event> event()
{
    return gen::build<Event>(gen::set(&Event::seq, integer(1)), gen::set(&Event::messageId, messageId()),
        gen::set(&Event::author, user()), gen::set(&Event::storedAt, time()), gen::set(&Event::text, text(0, 40)),
        gen::set(&Event::kind, upToLast(EventKind::Other)), gen::set(&Event::targetSeq, integer()),
        gen::set(&Event::changedSeq, integer()), gen::set(&Event::isDeleted), gen::set(&Event::trace, eventTrace()));
}

rc::Gen<Compression> compression()
{
    return gen::build<Compression>(gen::set(&Compression::method, upToLast(CompressionMethod::Zstd)),
        gen::set(&Compression::dictionary, number()));
}

rc::Gen<Cursor> cursor()
{
    return gen::build<Cursor>(gen::set(&Cursor::room, room()), gen::set(&Cursor::seq, integer()),
        gen::set(&Cursor::messageId, messageIdOrNone()));
}

rc::Gen<RoomInfo> roomInfo()
{
    return gen::build<RoomInfo>(gen::set(&RoomInfo::id, room()), gen::set(&RoomInfo::title, title()),
        gen::set(&RoomInfo::headSeq, integer()), gen::set(&RoomInfo::memberCount, number()));
}

rc::Gen<RoomState> roomState()
{
    return gen::build<RoomState>(gen::set(&RoomState::info, roomInfo()), gen::set(&RoomState::firstSeq, integer()),
        gen::set(&RoomState::cursor, upToLast(CursorState::Unknown)), gen::set(&RoomState::members, upTo(4, member())),
        gen::set(&RoomState::missedMessages, integer()), gen::set(&RoomState::readSeq, integer()),
        gen::set(&RoomState::draft, text(0, 40)));
}

rc::Gen<SessionId> sessionId()
{
    return gen::map(bytes(16), [](const QByteArray &raw) { return SessionId(raw); });
}

rc::Gen<SessionClient> sessionClient()
{
    return gen::build<SessionClient>(gen::set(&SessionClient::clientId, clientId()),
        gen::set(&SessionClient::app, name()), gen::set(&SessionClient::isInUse),
        gen::set(&SessionClient::isConnected));
}

rc::Gen<SessionInfo> sessionInfo()
{
    return gen::build<SessionInfo>(gen::set(&SessionInfo::id, sessionId()), gen::set(&SessionInfo::token, bytes(32)),
        gen::set(&SessionInfo::generation, integer()), gen::set(&SessionInfo::role, upToLast(LinkRole::Standby)),
        gen::set(&SessionInfo::isResumed), gen::set(&SessionInfo::graceTime, duration(number())));
}

rc::Gen<Resume> resume()
{
    return gen::build<Resume>(gen::set(&Resume::session, sessionId()), gen::set(&Resume::token, bytes(32)),
        gen::set(&Resume::generation, integer()), gen::set(&Resume::role, upToLast(LinkRole::Standby)));
}

template <class Value>
rc::Gen<std::optional<Value>> valueOrNone(const rc::Gen<Value> &value)
{
    return gen::oneOf(gen::map(value, [](const Value &some) { return std::optional<Value>(some); }),
        gen::just(std::optional<Value>()));
}

rc::Gen<QStringList> addresses()
{
    return gen::map(upTo(3, text(0, 40)), [](const QList<QString> &all) { return QStringList(all); });
}

/// Only what READY tells differs from the default.
rc::Gen<Limits> limits()
{
    const auto bytesLimit = gen::inRange<qint64>(1, std::numeric_limits<qint32>::max());
    const auto count = gen::inRange<int>(1, std::numeric_limits<qint32>::max());
    const auto ms = duration(bytesLimit);
    return gen::build<Limits>(gen::set(&Limits::frameBytes, bytesLimit), gen::set(&Limits::messageBytes, bytesLimit),
        gen::set(&Limits::textBytes, bytesLimit), gen::set(&Limits::nameBytes, bytesLimit),
        gen::set(&Limits::roomNameBytes, bytesLimit), gen::set(&Limits::roomTitleBytes, bytesLimit),
        gen::set(&Limits::pageEvents, count), gen::set(&Limits::cursorsPerHello, count),
        gen::set(&Limits::commandsInFlight, count), gen::set(&Limits::helloTimeout, ms),
        gen::set(&Limits::heartbeatShortest, ms), gen::set(&Limits::heartbeatLongest, ms),
        gen::set(&Limits::heartbeatDefault, ms));
}

rc::Gen<std::variant<DeviceAuth, GuestAuth>> auth()
{
    using Auth = std::variant<DeviceAuth, GuestAuth>;
    return gen::oneOf(gen::cast<Auth>(gen::build<DeviceAuth>(
                          gen::set(&DeviceAuth::publicKey, bytes(32)), gen::set(&DeviceAuth::signature, bytes(64)))),
        gen::cast<Auth>(gen::build<GuestAuth>(gen::set(&GuestAuth::secret, secret()))));
}

// ---- kinds
// -----------------------------------------------------------------------------------------------------------

template <class Kind>
rc::Gen<Kind> onlyRequestId()
{
    return gen::build<Kind>(gen::set(&Kind::requestId, number()));
}

template <class Kind>
rc::Gen<Kind> requestIdAndRoom()
{
    return gen::build<Kind>(gen::set(&Kind::requestId, number()), gen::set(&Kind::room, room()));
}

template <class Variant>
rc::Gen<Variant> anyOf(const QList<KindGenerator<Variant>> &kinds)
{
    return gen::mapcat(gen::inRange<qsizetype>(0, kinds.size()), [kinds](qsizetype i) { return kinds[i].values; });
}

} // namespace

QList<KindGenerator<ClientCommand>> commandKinds()
{
    const auto kind = [](const char *type, const auto &values) {
        return KindGenerator<ClientCommand>{type, gen::cast<ClientCommand>(values)};
    };
    return {
        kind("UNKNOWN", gen::just(Unknown{})),
        kind("HELLO",
            gen::build<Hello>(gen::set(&Hello::versionMajor, number()), gen::set(&Hello::versionMinor, number()),
                gen::set(&Hello::app, name()), gen::set(&Hello::clientId, clientId()), gen::set(&Hello::name, name()),
                gen::set(&Hello::auth, auth()), gen::set(&Hello::epoch, gen::oneOf(epoch(), gen::just(Epoch()))),
                gen::set(&Hello::cursors, upTo(4, cursor())), gen::set(&Hello::compressions, upTo(4, compression())),
                gen::set(&Hello::resume, valueOrNone(resume())), gen::set(&Hello::pairingCode, name()))),
        kind("HEARTBEAT",
            gen::build<Heartbeat>(gen::set(&Heartbeat::timestamp, time()), gen::set(&Heartbeat::clientId, clientId()),
                gen::set(&Heartbeat::next, duration(gen::inRange<qint64>(1'000, 60'001))),
                gen::set(&Heartbeat::sentUs, integer()))),
        kind("SEND",
            gen::build<Send>(gen::set(&Send::room, room()), gen::set(&Send::messageId, messageId()),
                gen::set(&Send::text, text(0, 200)), gen::set(&Send::kind, upToLast(EventKind::Other)),
                gen::set(&Send::targetSeq, integer()), gen::set(&Send::targetId, messageIdOrNone()),
                gen::set(&Send::trace, sendTrace()))),
        kind("JOIN", requestIdAndRoom<Join>()),
        kind("LEAVE", requestIdAndRoom<Leave>()),
        kind("CREATE_ROOM",
            gen::build<CreateRoom>(gen::set(&CreateRoom::requestId, number()), gen::set(&CreateRoom::room, room()),
                gen::set(&CreateRoom::title, title()))),
        kind("ROOMS_GET", onlyRequestId<RoomsGet>()),
        kind("EVENTS_GET",
            gen::build<EventsGet>(gen::set(&EventsGet::requestId, number()), gen::set(&EventsGet::room, room()),
                gen::set(&EventsGet::afterSeq, integer()), gen::set(&EventsGet::targetsUntil, integer()))),
        kind("HISTORY_GET",
            gen::build<HistoryGet>(gen::set(&HistoryGet::requestId, number()), gen::set(&HistoryGet::room, room()),
                gen::set(&HistoryGet::beforeSeq, integer()),
                gen::set(&HistoryGet::count, gen::inRange<quint32>(0, quint32(Limits{}.pageEvents) + 1)))),
        kind("STATUS_GET", onlyRequestId<StatusGet>()),
        kind("BYE", gen::just(Bye{})),
        kind("PROMOTE", gen::build<Promote>(gen::set(&Promote::generation, integer(1)))),
        kind("IN_USE", gen::just(InUse{})),
        kind("MARK_READ", gen::build<MarkRead>(gen::set(&MarkRead::room, room()), gen::set(&MarkRead::seq, integer()))),
        kind("SET_DRAFT",
            gen::build<SetDraft>(gen::set(&SetDraft::room, room()), gen::set(&SetDraft::text, text(0, 40)))),
        kind("PAIRING_GET", onlyRequestId<PairingGet>()),
        kind("TRACE_GET",
            gen::build<TraceGet>(gen::set(&TraceGet::requestId, number()), gen::set(&TraceGet::room, room()),
                gen::set(&TraceGet::seq, integer()))),
        kind("FAULT_SET",
            gen::build<FaultSet>(
                gen::set(&FaultSet::requestId, number()), gen::set(&FaultSet::fault, valueOrNone(fault())))),
    };
}

QList<KindGenerator<ServerMessage>> messageKinds()
{
    const auto kind = [](const char *type, const auto &values) {
        return KindGenerator<ServerMessage>{type, gen::cast<ServerMessage>(values)};
    };
    return {
        kind("UNKNOWN", gen::just(Unknown{})),
        kind("READY",
            gen::build<Ready>(gen::set(&Ready::versionMajor, number()), gen::set(&Ready::versionMinor, number()),
                gen::set(&Ready::serverName, name()), gen::set(&Ready::app, name()), gen::set(&Ready::epoch, epoch()),
                gen::set(&Ready::nonce, bytes(32)), gen::set(&Ready::limits, limits()),
                gen::set(&Ready::serverId,
                    gen::oneOf(gen::map(bytes(16), [](const QByteArray &raw) { return ServerId(raw); }),
                        gen::just(ServerId()))),
                gen::set(&Ready::compressions, upTo(4, compression())))),
        kind("WELCOME",
            gen::build<Welcome>(gen::set(&Welcome::self, user()),
                gen::set(&Welcome::deviceId, gen::map(bytes(16), [](const QByteArray &raw) { return DeviceId(raw); })),
                gen::set(&Welcome::guestSecret, secret()), gen::set(&Welcome::rooms, upTo(3, roomState())),
                gen::set(&Welcome::compression,
                    gen::map(gen::pair(gen::inRange(1, 3), number()),
                        [](const std::pair<int, quint32> &chosen) {
                            return Compression{CompressionMethod(chosen.first), chosen.second};
                        })),
                gen::set(&Welcome::session, valueOrNone(sessionInfo())), gen::set(&Welcome::addresses, addresses()),
                gen::set(&Welcome::clients, upTo(3, sessionClient())))),
        kind("HEARTBEAT_ACK",
            gen::build<HeartbeatAck>(gen::set(&HeartbeatAck::sentUs, integer()),
                gen::set(&HeartbeatAck::receivedUs, integer()), gen::set(&HeartbeatAck::answeredUs, integer()),
                gen::set(&HeartbeatAck::threads, upTo(2, threadLoad())),
                gen::set(&HeartbeatAck::stalls, upTo(4, threadStall())), gen::set(&HeartbeatAck::queued, shortTime()))),
        kind("STORED",
            gen::build<Stored>(gen::set(&Stored::room, room()), gen::set(&Stored::messageId, messageId()),
                gen::set(&Stored::seq, integer(1)), gen::set(&Stored::isDuplicate), gen::set(&Stored::storedAt, time()),
                gen::set(&Stored::store, ticks()), gen::set(&Stored::told, ticks()))),
        kind("REFUSED",
            gen::build<Refused>(gen::set(&Refused::room, gen::oneOf(room(), gen::just(RoomId()))),
                gen::set(&Refused::messageId, messageId()), gen::set(&Refused::code, upToLast(ErrorCode::NotAllowed)),
                gen::set(&Refused::text, text(0, 40)), gen::set(&Refused::retryAfter, duration(number())))),
        kind("EVENTS",
            gen::build<Events>(gen::set(&Events::requestId, number()), gen::set(&Events::room, room()),
                gen::set(&Events::events, upTo(4, event())), gen::set(&Events::live),
                gen::set(&Events::headSeq, integer()), gen::set(&Events::sentAt, ticks()))),
        kind("HISTORY",
            gen::build<History>(gen::set(&History::requestId, number()), gen::set(&History::room, room()),
                gen::set(&History::events, upTo(4, event())), gen::set(&History::firstSeq, integer()),
                gen::set(&History::fromSeq, integer()))),
        kind(
            "JOINED", gen::build<Joined>(gen::set(&Joined::requestId, number()), gen::set(&Joined::room, roomState()))),
        kind("LEFT", requestIdAndRoom<Left>()),
        kind("ROOMS",
            gen::build<Rooms>(gen::set(&Rooms::requestId, number()), gen::set(&Rooms::rooms, upTo(4, roomInfo())))),
        kind("MEMBER",
            gen::build<MemberChanged>(gen::set(&MemberChanged::room, room()),
                gen::set(&MemberChanged::member, member()), gen::set(&MemberChanged::isMember))),
        kind("PRESENCE",
            gen::build<PresenceChanged>(gen::set(&PresenceChanged::user, userId()),
                gen::set(&PresenceChanged::presence, upToLast(Presence::Away)))),
        kind("STATUS",
            gen::build<Status>(gen::set(&Status::requestId, number()), gen::set(&Status::serverName, name()),
                gen::set(&Status::app, name()), gen::set(&Status::epoch, epoch()),
                gen::set(&Status::uptime, duration(integer())), gen::set(&Status::connections, number()),
                gen::set(&Status::users, number()), gen::set(&Status::rooms, number()),
                gen::set(&Status::received, integer()), gen::set(&Status::stored, integer()),
                gen::set(&Status::duplicates, integer()), gen::set(&Status::refused, integer()),
                gen::set(&Status::delivered, integer()), gen::set(&Status::replayed, integer()),
                gen::set(&Status::lost, integer()), gen::set(&Status::pagesFromMemory, integer()),
                gen::set(&Status::pagesFromStore, integer()), gen::set(&Status::isReadOnly),
                gen::set(&Status::storedEver, integer()), gen::set(&Status::duplicatesEver, integer()),
                gen::set(&Status::longestLoopLag,
                    gen::map(integer(), [](quint64 us) { return std::chrono::microseconds(qint64(us)); })))),
        kind("ERROR",
            gen::build<Error>(gen::set(&Error::requestId, number()),
                gen::set(&Error::code, upToLast(ErrorCode::NotAllowed)),
                gen::set(&Error::room, gen::oneOf(room(), gen::just(RoomId()))), gen::set(&Error::text, text(0, 40)))),
        kind("GOODBYE",
            gen::build<Goodbye>(
                gen::set(&Goodbye::text, text(0, 40)), gen::set(&Goodbye::retryAfter, duration(number())))),
        kind("STORE_STATE",
            gen::build<StoreState>(gen::set(&StoreState::isWritable), gen::set(&StoreState::text, text(0, 40)))),
        kind("PROMOTED",
            gen::build<Promoted>(
                gen::set(&Promoted::generation, integer()), gen::set(&Promoted::rooms, upTo(3, roomState())))),
        kind("SESSION_CLIENTS",
            gen::build<SessionClients>(gen::set(&SessionClients::clients, upTo(4, sessionClient())))),
        kind("READ_MARK", gen::build<ReadMark>(gen::set(&ReadMark::room, room()), gen::set(&ReadMark::seq, integer()))),
        kind("DRAFT", gen::build<Draft>(gen::set(&Draft::room, room()), gen::set(&Draft::text, text(0, 40)))),
        kind("PAIRING",
            gen::build<Pairing>(gen::set(&Pairing::requestId, number()), gen::set(&Pairing::code, name()),
                gen::set(&Pairing::validFor, duration(number())))),
        kind("TRACE",
            gen::build<Trace>(gen::set(&Trace::requestId, number()), gen::set(&Trace::room, room()),
                gen::set(&Trace::seq, integer()), gen::set(&Trace::sender, sendTrace()),
                gen::set(&Trace::readUs, integer()), gen::set(&Trace::routedUs, integer()),
                gen::set(&Trace::begunUs, integer()), gen::set(&Trace::committedUs, integer()),
                gen::set(&Trace::toldUs, integer()), gen::set(&Trace::fannedOutUs, integer()),
                gen::set(&Trace::writtenUs, integer()))),
        kind("FAULTS",
            gen::build<Faults>(
                gen::set(&Faults::requestId, number()), gen::set(&Faults::faults, upTo(4, activeFault())))),
    };
}

rc::Gen<ClientCommand> anyCommand()
{
    return anyOf(commandKinds());
}

rc::Gen<ServerMessage> anyMessage()
{
    return anyOf(messageKinds());
}

void showValue(const ClientCommand &command, std::ostream &out)
{
    out << encode(Encoding::Json, command).toStdString();
}

void showValue(const ServerMessage &message, std::ostream &out)
{
    out << encode(Encoding::Json, message).toStdString();
}

} // namespace lanline::protocol
