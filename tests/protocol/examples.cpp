#include "tests/protocol/examples.h"

namespace lanline::protocol {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const MessageId messageId(QUuid(u"01900000-0000-7000-8000-0000000000ff"_s));
const QByteArray messageIdText = "01900000-0000-7000-8000-0000000000ff";
const RoomId lobby(u"lobby"_s);
const WallTime storedAt(1712345678901ms);
const Epoch epoch(QByteArray(16, '\x0e'));
const QByteArray epochText = QByteArray("0e").repeated(16);
const User alice{UserId(7), u"Alice"_s, false, 200};
const User bob{UserId(8), u"Bob"_s, true, 0};
const RoomInfo lobbyInfo{lobby, u"Lobby"_s, 17, 2};
const Event hello{17, messageId, alice, storedAt, u"hello"_s};

const QByteArray aliceJson = R"({"hue":200,"id":7,"name":"Alice"})";
const QByteArray bobJson = R"({"id":8,"is_guest":true,"name":"Bob"})";
const QByteArray lobbyJson = R"({"head_seq":17,"member_count":2,"room":"lobby","title":"Lobby"})";
const QByteArray helloJson = R"({"author":)" + aliceJson + R"(,"message_id":")" + messageIdText
    + R"(","seq":17,"stored_ms":1712345678901,"text":"hello"})";

const SessionId session(QByteArray(16, '\x0a'));
const QByteArray sessionText = QByteArray("0a").repeated(16);
const QByteArray token(32, '\x0b');
const QByteArray tokenText = QByteArray("0b").repeated(32);
const QList<SessionClient> clients{
    {ClientId(u"c_1"_s), u"lanline 0.1.0"_s, true, true}, {ClientId(u"c_2"_s), u"lanline 0.1.0"_s, false, false}};
const QByteArray clientsJson = R"([{"app":"lanline 0.1.0","client_id":"c_1","connected":true,"in_use":true},)"
                               R"({"app":"lanline 0.1.0","client_id":"c_2"}])";

Hello guestHello(const QByteArray &secret, const std::optional<Resume> &resume = {}, const QString &pairingCode = {})
{
    Hello guest;
    guest.name = u"Bob"_s;
    guest.auth = GuestAuth{secret};
    guest.resume = resume;
    guest.pairingCode = pairingCode;
    return guest;
}

} // namespace

QList<Example<ClientCommand>> commandExamples()
{
    return {
        {"HELLO of a device",
            Hello{.app = u"lanline 0.1.0"_s,
                .clientId = ClientId(u"c_12345678"_s),
                .name = u"Alice"_s,
                .auth = DeviceAuth{QByteArray(32, '\x01'), QByteArray(64, '\x02')},
                .epoch = epoch,
                .cursors = {{lobby, 17, messageId}}},
            R"({"type":"HELLO","app":"lanline 0.1.0","auth":{"device":{"key":")" + QByteArray("01").repeated(32)
                + R"(","signature":")" + QByteArray("02").repeated(64)
                + R"("}},"client_id":"c_12345678","cursors":[{"message_id":")" + messageIdText
                + R"(","room":"lobby","seq":17}],"epoch":")" + epochText
                + R"(","name":"Alice","version_major":1,"version_minor":3})",
            {}},
        {"HELLO of a new guest", guestHello({}),
            R"({"type":"HELLO","auth":{"guest":{}},"name":"Bob","version_major":1,"version_minor":3})",
            "0a0d080110032a03426f6232021200"},
        {"HELLO of a known guest", guestHello("\xab\xcd"),
            R"({"type":"HELLO","auth":{"guest":{"secret":"abcd"}},"name":"Bob","version_major":1,"version_minor":3})",
            "0a11080110032a03426f62320612040a02abcd"},
        {"HELLO of a standby", guestHello("\xab", Resume{session, token, 3, LinkRole::Standby}),
            R"({"type":"HELLO","auth":{"guest":{"secret":"ab"}},"name":"Bob","resume":{"generation":3,"role":"STANDBY",)"
            R"("session_id":")"
                + sessionText + R"(","token":")" + tokenText + R"("},"version_major":1,"version_minor":3})",
            "0a4a080110032a03426f62320512030a01ab52380a10" + sessionText + "1220" + tokenText + "18032001"},
        {"HELLO that takes over", guestHello({}, Resume{session, token, 4}),
            R"({"type":"HELLO","auth":{"guest":{}},"name":"Bob","resume":{"generation":4,"session_id":")" + sessionText
                + R"(","token":")" + tokenText + R"("},"version_major":1,"version_minor":3})",
            {}},
        {"HELLO with a pairing code", guestHello({}, {}, u"4T6K-9XQ2"_s),
            R"({"type":"HELLO","auth":{"guest":{}},"name":"Bob","pairing_code":"4T6K-9XQ2",)"
            R"("version_major":1,"version_minor":3})",
            "0a18080110032a03426f62320212005a093454364b2d39585132"},
        {"HEARTBEAT", Heartbeat{storedAt, ClientId(u"c_12345"_s), 15s, 77},
            R"({"type":"HEARTBEAT","client_id":"c_12345","next_ms":15000,"t_us":77,"timestamp":1712345678901})",
            "121508b58886feea311207635f3132333435189875204d"},
        {"SEND", Send{lobby, messageId, u"Grüße, \"你好\" 👋\n"_s},
            R"({"type":"SEND","message_id":")" + messageIdText + R"(","room":"lobby","text":"Grüße, \"你好\" 👋\n"})",
            "1a320a056c6f626279121001900000000070008000"
            "0000000000ff1a174772c3bcc39f652c2022e4bda0e5a5bd2220f09f918b0a"},
        {"SEND, an edit", Send{lobby, messageId, u"hello!"_s, EventKind::Edit, 17},
            R"({"type":"SEND","kind":"EDIT","message_id":")" + messageIdText
                + R"(","room":"lobby","target_seq":17,"text":"hello!"})",
            {}},
        {"SEND, a deletion of what this device sent", Send{lobby, messageId, {}, EventKind::Deletion, 0, messageId},
            R"({"type":"SEND","kind":"DELETION","message_id":")" + messageIdText + R"(","room":"lobby","target_id":")"
                + messageIdText + R"("})",
            {}},
        {"SEND with a trace",
            Send{.room = lobby,
                .messageId = messageId,
                .text = u"hello"_s,
                .trace = {Ticks(150), Ticks(30), Ticks(20), Ticks(2'097'151)}},
            R"({"type":"SEND","disk_ticks":30,"held_ticks":20,"message_id":")" + messageIdText
                + R"(","room":"lobby","sender_ticks":150,"sent_at":2097151,"text":"hello"})",
            "1a2b0a056c6f62627912100190000000007000800000000000"
            "00ff1a0568656c6c6f389601401e481450ffff7f"},
        {"JOIN", Join{3, lobby}, R"({"type":"JOIN","request_id":3,"room":"lobby"})", "2209080312056c6f626279"},
        {"LEAVE", Leave{4, lobby}, R"({"type":"LEAVE","request_id":4,"room":"lobby"})", {}},
        {"CREATE_ROOM", CreateRoom{5, RoomId(u"ops"_s), u"Operations"_s},
            R"({"type":"CREATE_ROOM","request_id":5,"room":"ops","title":"Operations"})", {}},
        {"ROOMS_GET", RoomsGet{6}, R"({"type":"ROOMS_GET","request_id":6})", {}},
        {"EVENTS_GET", EventsGet{7, lobby, 17}, R"({"type":"EVENTS_GET","after_seq":17,"request_id":7,"room":"lobby"})",
            "420b080712056c6f6262791811"},
        {"EVENTS_GET, only changes", EventsGet{7, lobby, 17, 9},
            R"({"type":"EVENTS_GET","after_seq":17,"request_id":7,"room":"lobby","targets_until":9})", {}},
        {"HISTORY_GET", HistoryGet{8, lobby, 17, 50},
            R"({"type":"HISTORY_GET","before_seq":17,"count":50,"request_id":8,"room":"lobby"})", {}},
        {"STATUS_GET", StatusGet{9}, R"({"type":"STATUS_GET","request_id":9})", {}},
        {"BYE", Bye{}, R"({"type":"BYE"})", "5a00"},
        {"PROMOTE", Promote{4}, R"({"type":"PROMOTE","generation":4})", "62020804"},
        {"IN_USE", InUse{}, R"({"type":"IN_USE"})", "6a00"},
        {"MARK_READ", MarkRead{lobby, 17}, R"({"type":"MARK_READ","room":"lobby","seq":17})", "72090a056c6f6262791011"},
        {"SET_DRAFT", SetDraft{lobby, u"what I"_s}, R"({"type":"SET_DRAFT","room":"lobby","text":"what I"})",
            "7a0f0a056c6f626279120677686174"
            "2049"},
        {"SET_DRAFT, none", SetDraft{lobby, {}}, R"({"type":"SET_DRAFT","room":"lobby"})", {}},
        {"PAIRING_GET", PairingGet{10}, R"({"type":"PAIRING_GET","request_id":10})", "820102080a"},
        {"TRACE_GET", TraceGet{11, lobby, 17}, R"({"type":"TRACE_GET","request_id":11,"room":"lobby","seq":17})",
            "8a010b080b12056c6f6262791811"},
        {"FAULT_SET", FaultSet{12, Fault{FaultKind::SlowDisk, 80ms, 30s}},
            R"({"type":"FAULT_SET","amount_ms":80,"duration_ms":30000,"kind":"SLOW_DISK","request_id":12})",
            "92010a080c1006185020b0ea01"},
        {"FAULT_SET, the end of one", FaultSet{12, Fault{FaultKind::Delay, 0ms, 0ms}},
            R"({"type":"FAULT_SET","kind":"DELAY","request_id":12})", {}},
        {"FAULT_SET that only asks", FaultSet{12, {}}, R"({"type":"FAULT_SET","request_id":12})", {}},
        {"UNKNOWN", Unknown{}, R"({"type":"UNKNOWN"})", "980601"},
    };
}

QList<Example<ServerMessage>> messageExamples()
{
    const RoomState state{lobbyInfo, 1, CursorState::Valid, {{alice, Presence::Online}, {bob, Presence::Offline}}};
    const QByteArray stateJson = R"({"cursor":"VALID","first_seq":1,"info":)" + lobbyJson
        + R"(,"members":[{"presence":"ONLINE","user":)" + aliceJson + R"(},{"user":)" + bobJson + "}]}";
    return {
        {"READY",
            Ready{.serverName = u"Studio"_s,
                .app = u"lanline 0.1.0"_s,
                .epoch = epoch,
                .nonce = QByteArray(32, '\x05'),
                .limits = {},
                .serverId = ServerId(QByteArray(16, '\x09'))},
            R"({"type":"READY","app":"lanline 0.1.0","epoch":")" + epochText
                + R"(","limits":{"commands_in_flight":256,"cursors_per_hello":256,"frame_bytes":65536,)"
                  R"("heartbeat_default_ms":15000,"heartbeat_longest_ms":60000,"heartbeat_shortest_ms":1000,)"
                  R"("hello_timeout_ms":10000,"message_bytes":1048576,"name_bytes":64,"page_events":512,)"
                  R"("room_name_bytes":64,"room_title_bytes":160,"text_bytes":8192},"nonce":")"
                + QByteArray("05").repeated(32) + R"(","server_id":")" + QByteArray("09").repeated(16)
                + R"(","server_name":"Studio","version_major":1,"version_minor":3})",
            {}},
        {"WELCOME", Welcome{bob, DeviceId(QByteArray(16, '\x06')), QByteArray(2, '\x07'), {state}},
            R"({"type":"WELCOME","device_id":")" + QByteArray("06").repeated(16)
                + R"(","guest_secret":"0707","rooms":[)" + stateJson + R"(],"self":)" + bobJson + "}",
            {}},
        {"WELCOME with a session",
            Welcome{.self = bob,
                .deviceId = DeviceId(QByteArray(16, '\x06')),
                .guestSecret = {},
                .rooms = {},
                .session = SessionInfo{session, token, 3, LinkRole::Standby, true, 120s},
                .addresses = {u"192.168.1.20:47100"_s, u"[fd00::20]:47100"_s},
                .clients = clients},
            R"({"type":"WELCOME","addresses":[{"address":"192.168.1.20:47100"},{"address":"[fd00::20]:47100"}],)"
            R"("clients":)"
                + clientsJson + R"(,"device_id":")" + QByteArray("06").repeated(16) + R"(","self":)" + bobJson
                + R"(,"session":{"generation":3,"grace_ms":120000,"id":")" + sessionText
                + R"(","resumed":true,"role":"STANDBY","token":")" + tokenText + R"("}})",
            {}},
        {"HEARTBEAT_ACK", HeartbeatAck{77, 1001, 1002},
            R"({"type":"HEARTBEAT_ACK","received_us":1001,"sent_us":1002,"t_us":77})", "1a08084d10e90718ea07"},
        {"HEARTBEAT_ACK with the server's threads",
            HeartbeatAck{77, 1001, 1002, {{ThreadKind::Server, 250us, 120, 0}, {ThreadKind::Storage, 9ms, 800, 14}},
                {{ThreadKind::Storage, 900, 70ms, u"the disk"_s, 3}}, 1500us},
            R"({"type":"HEARTBEAT_ACK","queued_us":1500,"received_us":1001,"sent_us":1002,)"
            R"("stalls":[{"begin_us":900,"duration_us":70000,"held_up":3,"thread":"STORAGE","what":"the disk"}],)"
            R"("t_us":77,"threads":[{"busy_permille":120,"longest_lag_us":250},)"
            R"({"busy_permille":800,"longest_lag_us":9000,"queued":14,"thread":"STORAGE"}]})",
            {}},
        {"STORED", Stored{lobby, messageId, 17, false, storedAt},
            R"({"type":"STORED","message_id":")" + messageIdText
                + R"(","room":"lobby","seq":17,"stored_ms":1712345678901})",
            "22220a056c6f62627912100190000000007000800000000000"
            "00ff181128b58886feea31"},
        {"STORED again", Stored{lobby, messageId, 17, true, storedAt},
            R"({"type":"STORED","duplicate":true,"message_id":")" + messageIdText
                + R"(","room":"lobby","seq":17,"stored_ms":1712345678901})",
            {}},
        {"STORED with its times", Stored{lobby, messageId, 17, false, storedAt, Ticks(310), Ticks(12)},
            R"({"type":"STORED","message_id":")" + messageIdText
                + R"(","room":"lobby","seq":17,"store_ticks":310,"stored_ms":1712345678901,"told_ticks":12})",
            "22270a056c6f62627912100190000000007000800000000000"
            "00ff181128b58886feea3130b602380c"},
        {"REFUSED", Refused{lobby, messageId, ErrorCode::Busy, u"the server is busy"_s, 500ms},
            R"({"type":"REFUSED","code":"BUSY","message_id":")" + messageIdText
                + R"(","retry_after_ms":500,"room":"lobby","text":"the server is busy"})",
            {}},
        {"EVENTS, live", Events{0, lobby, {hello}, false, 0},
            R"({"type":"EVENTS","events":[)" + helloJson + R"(],"room":"lobby"})",
            "323912056c6f6262791a30081112100190000000007000800000000000"
            "00ff1a0c08071205416c69636520c80120b58886feea312a0568656c6c6f"},
        {"EVENTS, live with a trace",
            Events{.room = lobby,
                .events = {Event{.seq = 17,
                    .messageId = messageId,
                    .author = alice,
                    .storedAt = storedAt,
                    .text = u"hello"_s,
                    .trace = {Ticks(150), Ticks(310), Ticks(12)}}},
                .sentAt = Ticks(2'097'151)},
            R"({"type":"EVENTS","events":[{"author":)" + aliceJson + R"(,"fan_out_ticks":12,"message_id":")"
                + messageIdText + R"(","sender_ticks":150,"seq":17,"store_ticks":310,"stored_ms":1712345678901,)"
                + R"("text":"hello"}],"room":"lobby","sent_at":2097151})",
            "324512056c6f6262791a38081112100190000000007000800000000000"
            "00ff1a0c08071205416c69636520c80120b58886feea312a0568656c6c6f50960158b602600c30ffff7f"},
        {"EVENTS, the last page", Events{7, lobby, {hello}, true, 17},
            R"({"type":"EVENTS","events":[)" + helloJson
                + R"(],"head_seq":17,"live":true,"request_id":7,"room":"lobby"})",
            {}},
        {"EVENTS, an edit and a deletion",
            Events{0, lobby,
                {Event{18, messageId, bob, storedAt, u"hello!"_s, EventKind::Edit, 17},
                    Event{19, messageId, bob, storedAt, {}, EventKind::Deletion, 17}},
                false, 0},
            R"({"type":"EVENTS","events":[{"author":)" + bobJson + R"(,"kind":"EDIT","message_id":")" + messageIdText
                + R"(","seq":18,"stored_ms":1712345678901,"target_seq":17,"text":"hello!"},{"author":)" + bobJson
                + R"(,"kind":"DELETION","message_id":")" + messageIdText
                + R"(","seq":19,"stored_ms":1712345678901,"target_seq":17}],"room":"lobby"})",
            {}},
        {"HISTORY", History{8, lobby, {hello}, 1, 12},
            R"({"type":"HISTORY","events":[)" + helloJson
                + R"(],"first_seq":1,"from_seq":12,"request_id":8,"room":"lobby"})",
            {}},
        {"HISTORY, a deleted message",
            History{8, lobby, {Event{17, messageId, bob, storedAt, {}, EventKind::Message, 0, 19, true}}, 1, 17},
            R"({"type":"HISTORY","events":[{"author":)" + bobJson + R"(,"changed_seq":19,"deleted":true,"message_id":")"
                + messageIdText
                + R"(","seq":17,"stored_ms":1712345678901}],"first_seq":1,"from_seq":17,"request_id":8,"room":"lobby"})",
            {}},
        {"JOINED", Joined{3, state}, R"({"type":"JOINED","request_id":3,"room":)" + stateJson + "}", {}},
        {"JOINED, with what is the user's",
            Joined{3, RoomState{lobbyInfo, 1, CursorState::None, {}, 0, 15, u"what I"_s}},
            R"({"type":"JOINED","request_id":3,"room":{"draft":"what I","first_seq":1,"info":)" + lobbyJson
                + R"(,"read_seq":15}})",
            {}},
        {"LEFT", Left{4, lobby}, R"({"type":"LEFT","request_id":4,"room":"lobby"})", {}},
        {"ROOMS", Rooms{6, {lobbyInfo}}, R"({"type":"ROOMS","request_id":6,"rooms":[)" + lobbyJson + "]}", {}},
        {"MEMBER", MemberChanged{lobby, {bob, Presence::Away}, true},
            R"({"type":"MEMBER","is_member":true,"member":{"presence":"AWAY","user":)" + bobJson
                + R"(},"room":"lobby"})",
            {}},
        {"PRESENCE", PresenceChanged{UserId(8), Presence::Online},
            R"({"type":"PRESENCE","presence":"ONLINE","user_id":8})", "620408081001"},
        {"STATUS",
            Status{.requestId = 9,
                .serverName = u"Studio"_s,
                .app = u"lanline 0.1.0"_s,
                .epoch = epoch,
                .uptime = 61s,
                .connections = 2,
                .users = 3,
                .rooms = 1,
                .received = 20,
                .stored = 17,
                .duplicates = 1,
                .refused = 2,
                .delivered = 34,
                .replayed = 5,
                .lost = 6,
                .pagesFromMemory = 7,
                .pagesFromStore = 8,
                .isReadOnly = true,
                .storedEver = 170,
                .duplicatesEver = 10,
                .longestLoopLag = 12ms},
            R"({"type":"STATUS","app":"lanline 0.1.0","connections":2,"delivered":34,"duplicates":1,)"
            R"("duplicates_ever":10,"epoch":")"
                + epochText
                + R"(","loop_lag_max_us":12000,"lost":6,"pages_from_memory":7,"pages_from_store":8,"read_only":true,"received":20,"refused":2,)"
                  R"("replayed":5,"request_id":9,"rooms":1,"server_name":"Studio",)"
                  R"("stored":17,"stored_ever":170,"uptime_ms":61000,"users":3})",
            {}},
        {"ERROR", Error{3, ErrorCode::UnknownRoom, RoomId(u"nowhere"_s), u"there is no such room"_s},
            R"({"type":"ERROR","code":"UNKNOWN_ROOM","request_id":3,"room":"nowhere","text":"there is no such room"})",
            {}},
        {"GOODBYE", Goodbye{u"restarting"_s, 2s}, R"({"type":"GOODBYE","retry_after_ms":2000,"text":"restarting"})",
            {}},
        {"STORE_STATE", StoreState{false, u"disk full"_s}, R"({"type":"STORE_STATE","text":"disk full"})", {}},
        {"PROMOTED", Promoted{4, {state}}, R"({"type":"PROMOTED","generation":4,"rooms":[)" + stateJson + "]}", {}},
        {"SESSION_CLIENTS", SessionClients{clients}, R"({"type":"SESSION_CLIENTS","clients":)" + clientsJson + "}", {}},
        {"READ_MARK", ReadMark{lobby, 17}, R"({"type":"READ_MARK","room":"lobby","seq":17})",
            "9a01090a056c6f6262791011"},
        {"DRAFT", Draft{lobby, u"what I"_s}, R"({"type":"DRAFT","room":"lobby","text":"what I"})", {}},
        {"PAIRING", Pairing{10, u"4T6K-9XQ2"_s, 300s},
            R"({"type":"PAIRING","code":"4T6K-9XQ2","request_id":10,"valid_ms":300000})", {}},
        {"TRACE",
            Trace{.requestId = 11,
                .room = lobby,
                .seq = 17,
                .sender = {Ticks(150), Ticks(30), Ticks(20), Ticks(2'097'151)},
                .readUs = 5000,
                .routedUs = 5020,
                .begunUs = 5100,
                .committedUs = 8100,
                .toldUs = 8130,
                .fannedOutUs = 8150,
                .writtenUs = 8190},
            R"({"type":"TRACE","begun_us":5100,"committed_us":8100,"disk_ticks":30,"fanned_out_us":8150,)"
            R"("held_ticks":20,"read_us":5000,"request_id":11,"room":"lobby","routed_us":5020,"sender_ticks":150,)"
            R"("sent_at":2097151,"seq":17,"told_us":8130,"written_us":8190})",
            {}},
        {"TRACE of what is not known", Trace{.requestId = 11, .room = lobby, .seq = 17},
            R"({"type":"TRACE","request_id":11,"room":"lobby","seq":17})", "b2010b080b12056c6f6262791811"},
        {"FAULTS", Faults{12, {{FaultKind::SlowDisk, 80ms, 29s}}},
            R"({"type":"FAULTS","faults":[{"amount_ms":80,"kind":"SLOW_DISK","left_ms":29000}],"request_id":12})",
            "ba010c080c12080806105018c8e201"},
        {"UNKNOWN", Unknown{}, R"({"type":"UNKNOWN"})", "980601"},
    };
}

} // namespace lanline::protocol
