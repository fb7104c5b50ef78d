#include "tests/support/serverbench.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::server;
using protocol::ErrorCode;
using protocol::Event;
using protocol::EventKind;

/// Edits and deletions, from SEND to every page that tells them.
class tst_Changes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void editIsToldAndShownInPages_data();
    void editIsToldAndShownInPages();
    void deletionLeavesNothingOfTheText_data();
    void deletionLeavesNothingOfTheText();
    void targetMayBeUnderWay();
    void refuses_data();
    void refuses();
    void repeatedEditIsADuplicate();
    void changesOfOldMessages();
    void scrollsBackOverChanges_data();
    void scrollsBackOverChanges();
    void missedMessagesAreCounted();
    void tellsItsServerId();
};

namespace {

MessageId newId()
{
    static qint64 time = 0;
    return makeMessageId(++time);
}

protocol::Send message(const QString &text, const RoomId &room = lobbyId)
{
    return {room, newId(), text};
}

protocol::Send edit(quint64 target, const QString &text)
{
    return {lobbyId, newId(), text, EventKind::Edit, target};
}

protocol::Send deletion(quint64 target)
{
    return {lobbyId, newId(), {}, EventKind::Deletion, target};
}

/// A server with Ann, live in the lobby.
struct Lobby
{
    explicit Lobby(const protocol::Limits &limits = {})
        : bench(limits)
    {
        bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
        bench.goLive(ann, lobbyId);
    }

    void send(const protocol::Send &send)
    {
        ann.send(send);
        bench.commit();
    }
    QList<Event> events(quint64 after, quint64 targetsUntil = 0)
    {
        ann.send(protocol::EventsGet{9, lobbyId, after, targetsUntil});
        bench.readPages();
        return ann.all<protocol::Events>().constLast().events;
    }
    protocol::History history(quint64 before = 0, quint32 count = 0)
    {
        ann.send(protocol::HistoryGet{9, lobbyId, before, count});
        bench.readPages();
        return ann.all<protocol::History>().constLast();
    }
    ErrorCode refusal() const
    {
        const auto refused = ann.all<protocol::Refused>();
        return refused.isEmpty() ? ErrorCode::Unspecified : refused.constLast().code;
    }

    ServerBench bench;
    FakePeer ann;
};

/// From memory or from the store, the pages are the same.
void addTails()
{
    QTest::addColumn<int>("tail");
    QTest::newRow("from memory") << 100;
    QTest::newRow("from the store") << 0;
}

protocol::Limits limitsWithTail(int tail)
{
    protocol::Limits limits;
    limits.tailEvents = tail;
    return limits;
}

QString kindsOf(const QList<Event> &events)
{
    QString kinds;
    for (const Event &event : events)
        kinds += u"MED?"_s.at(qsizetype(event.kind));
    return kinds;
}

} // namespace

void tst_Changes::editIsToldAndShownInPages_data()
{
    addTails();
}

void tst_Changes::editIsToldAndShownInPages()
{
    QFETCH(int, tail);
    Lobby lobby(limitsWithTail(tail));
    lobby.send(message(u"one"_s));
    lobby.send(message(u"two"_s));
    const protocol::Send command = edit(1, u"one, mended"_s);
    lobby.send(command);

    QCOMPARE(lobby.ann.all<protocol::Stored>().constLast().seq, 3ull);
    const Event live = lobby.ann.all<protocol::Events>().constLast().events.constLast();
    QCOMPARE(live.seq, 3ull);
    QCOMPARE(live.messageId, command.messageId);
    QCOMPARE(live.kind, EventKind::Edit);
    QCOMPARE(live.targetSeq, 1ull);
    QCOMPARE(live.text, u"one, mended"_s);
    QCOMPARE(live.author.name, u"Ann"_s);

    const auto events = lobby.events(0);
    QCOMPARE(kindsOf(events), u"MME"_s);
    QCOMPARE(events.at(0).text, u"one, mended"_s);
    QCOMPARE(events.at(0).changedSeq, 3ull);
    QCOMPARE(events.at(1).changedSeq, 0ull);
    QCOMPARE(events.at(2), live);
    const auto history = lobby.history();
    QCOMPARE(history.events, events.first(2));
    QCOMPARE(history.fromSeq, 1ull);
    QCOMPARE(lobby.bench.ledger.pagesFromStore > 0, tail == 0);
}

void tst_Changes::deletionLeavesNothingOfTheText_data()
{
    addTails();
}

void tst_Changes::deletionLeavesNothingOfTheText()
{
    QFETCH(int, tail);
    Lobby lobby(limitsWithTail(tail));
    const protocol::Send secret = message(u"secret"_s);
    lobby.send(secret);
    lobby.send(edit(1, u"still secret"_s));
    lobby.send(message(u"open"_s));
    lobby.send(deletion(1));

    const auto events = lobby.events(0);
    QCOMPARE(kindsOf(events), u"MDMD"_s);
    for (const Event &event : events)
        QVERIFY(event.seq == 3 || event.text.isEmpty());
    QVERIFY(events.at(0).isDeleted);
    QCOMPARE(events.at(0).changedSeq, 4ull);
    QCOMPARE(events.at(0).messageId, secret.messageId);
    QCOMPARE(events.at(1).targetSeq, 1ull);
    QVERIFY(lobby.history().events.constFirst().isDeleted);

    // The tombstone keeps the id: the same message again is a duplicate, and does not come back.
    lobby.send(secret);
    QVERIFY(lobby.ann.all<protocol::Stored>().constLast().isDuplicate);
    QCOMPARE(lobby.ann.all<protocol::Stored>().constLast().seq, 1ull);
    QCOMPARE(lobby.events(0), events);
}

void tst_Changes::targetMayBeUnderWay()
{
    Lobby lobby;
    const protocol::Send first = message(u"helo"_s);
    protocol::Send mended = edit(0, u"hello"_s);
    mended.targetId = first.messageId;
    protocol::Send gone = deletion(0);
    gone.targetId = first.messageId;
    lobby.ann.send(first);
    lobby.ann.send(mended);
    lobby.bench.commit(); // one transaction
    QCOMPARE(lobby.history().events.constFirst().text, u"hello"_s);
    QCOMPARE(lobby.events(0).at(1).targetSeq, 1ull);
    lobby.send(gone);
    QVERIFY(lobby.history().events.constFirst().isDeleted);
}

void tst_Changes::refuses_data()
{
    QTest::addColumn<protocol::Send>("command");
    QTest::addColumn<ErrorCode>("code");
    const auto byId = [](EventKind kind, const QString &text) {
        return protocol::Send{lobbyId, newId(), text, kind, 0, newId()};
    };
    QTest::newRow("edit of another's") << edit(1, u"x"_s) << ErrorCode::NotYours;
    QTest::newRow("deletion of another's") << deletion(1) << ErrorCode::NotYours;
    QTest::newRow("absent") << edit(99, u"x"_s) << ErrorCode::UnknownMessage;
    QTest::newRow("an edit, not a message") << edit(3, u"x"_s) << ErrorCode::UnknownMessage;
    QTest::newRow("deleted: edit") << edit(4, u"x"_s) << ErrorCode::UnknownMessage;
    QTest::newRow("deleted: deletion") << deletion(4) << ErrorCode::UnknownMessage;
    QTest::newRow("no such id: edit") << byId(EventKind::Edit, u"x"_s) << ErrorCode::UnknownMessage;
    QTest::newRow("no such id: deletion") << byId(EventKind::Deletion, {}) << ErrorCode::UnknownMessage;
    QTest::newRow("no target") << edit(0, u"x"_s) << ErrorCode::BadRequest;
    QTest::newRow("deletion without a target") << deletion(0) << ErrorCode::BadRequest;
    QTest::newRow("deletion with a text")
        << protocol::Send{lobbyId, newId(), u"x"_s, EventKind::Deletion, 2} << ErrorCode::BadRequest;
    QTest::newRow("empty edit") << edit(2, u" "_s) << ErrorCode::TextEmpty;
    QTest::newRow("another kind") << protocol::Send{lobbyId, newId(), u"x"_s, EventKind::Other, 2}
                                  << ErrorCode::BadRequest;
    QTest::newRow("unknown room") << protocol::Send{RoomId(u"nowhere"_s), newId(), u"x"_s, EventKind::Edit, 2}
                                  << ErrorCode::UnknownRoom;
}

void tst_Changes::refuses()
{
    QFETCH(protocol::Send, command);
    QFETCH(ErrorCode, code);
    Lobby lobby;
    FakePeer bob;
    lobby.bench.logIn(bob, DeviceKey::generate(), u"Bob"_s);
    bob.send(message(u"Bob's"_s));
    lobby.bench.commit();
    lobby.send(message(u"Ann's"_s));
    lobby.send(edit(2, u"Ann's edit"_s));
    lobby.send(message(u"going"_s));
    lobby.send(deletion(4));
    const auto before = lobby.events(0);
    QCOMPARE(before.size(), 5);
    QCOMPARE(lobby.refusal(), ErrorCode::Unspecified);

    lobby.send(command);
    QCOMPARE(lobby.refusal(), code);
    QCOMPARE(lobby.ann.all<protocol::Refused>().constLast().retryAfter.count(), 0);
    QCOMPARE(lobby.events(0), before);
    // What is behind it passes, and takes the next seq.
    lobby.send(message(u"next"_s));
    QCOMPARE(lobby.ann.all<protocol::Stored>().constLast().seq, 6ull);
}

void tst_Changes::repeatedEditIsADuplicate()
{
    Lobby lobby;
    const protocol::Send first = message(u"one"_s);
    lobby.send(first);
    lobby.send(message(u"two"_s));
    protocol::Send command = edit(0, u"mended"_s);
    command.targetId = first.messageId;
    lobby.send(command);
    lobby.send(edit(1, u"mended again"_s));

    // The author has learnt the seq of the target meanwhile.
    command.targetId = {};
    command.targetSeq = 1;
    lobby.send(command);
    QVERIFY(lobby.ann.all<protocol::Stored>().constLast().isDuplicate);
    QCOMPARE(lobby.ann.all<protocol::Stored>().constLast().seq, 3ull);
    QCOMPARE(lobby.history().events.constFirst().text, u"mended again"_s);

    command.targetSeq = 2;
    lobby.send(command);
    QCOMPARE(lobby.refusal(), ErrorCode::MessageIdReused);
    command.targetSeq = 1;
    command.kind = EventKind::Message;
    lobby.send(command);
    QCOMPARE(lobby.refusal(), ErrorCode::MessageIdReused);
    QCOMPARE(lobby.bench.ledger.ever.duplicates, 1ull);
    QCOMPARE(lobby.bench.ledger.ever.stored, 4ull);
}

void tst_Changes::changesOfOldMessages()
{
    protocol::Limits limits;
    limits.pageEvents = 2;
    Lobby lobby(limits);
    for (int i = 1; i <= 4; ++i)
        lobby.send(message(QString::number(i)));
    lobby.send(edit(1, u"1'"_s)); // 5
    lobby.send(edit(4, u"4'"_s)); // 6
    lobby.send(deletion(2)); // 7
    lobby.send(edit(1, u"1''"_s)); // 8

    const auto seqs = [&](quint64 after, quint64 until) {
        QList<quint64> found;
        for (const Event &event : lobby.events(after, until))
            found.append(event.seq);
        return found;
    };
    QCOMPARE(seqs(3, 3), (QList<quint64>{5, 7}));
    QCOMPARE(seqs(7, 3), QList<quint64>{8});
    QVERIFY(seqs(8, 3).isEmpty());
    QCOMPARE(seqs(0, 4), (QList<quint64>{5, 6}));
    for (const auto &page : lobby.ann.all<protocol::Events>().last(4))
        QVERIFY(!page.live);
}

void tst_Changes::scrollsBackOverChanges_data()
{
    addTails();
}

void tst_Changes::scrollsBackOverChanges()
{
    QFETCH(int, tail);
    Lobby lobby(limitsWithTail(tail));
    lobby.send(message(u"1"_s)); // 1
    lobby.send(edit(1, u"1'"_s)); // 2
    lobby.send(edit(1, u"1''"_s)); // 3
    lobby.send(message(u"4"_s)); // 4
    lobby.send(message(u"5"_s)); // 5
    lobby.send(edit(4, u"4'"_s)); // 6

    auto page = lobby.history(0, 2);
    QCOMPARE(page.events.size(), 2);
    QCOMPARE(page.events.constFirst().seq, 4ull);
    QCOMPARE(page.fromSeq, 4ull);
    page = lobby.history(page.fromSeq, 2);
    QCOMPARE(page.events.size(), 1);
    QCOMPARE(page.events.constFirst().text, u"1''"_s);
    QCOMPARE(page.fromSeq, 1ull);
    page = lobby.history(1, 2);
    QVERIFY(page.events.isEmpty());
    QCOMPARE(page.fromSeq, 1ull);
}

void tst_Changes::missedMessagesAreCounted()
{
    Lobby lobby;
    const protocol::Send first = message(u"1"_s);
    lobby.send(first);
    lobby.send(edit(1, u"1'"_s));
    lobby.send(message(u"2"_s));
    lobby.send(message(u"3"_s));
    lobby.send(deletion(4));

    FakePeer bob;
    lobby.bench.accept(bob);
    auto hello = lobby.bench.hello(bob, DeviceKey::generate(), u"Bob"_s);
    hello.epoch = lobby.bench.store.snapshot().epoch;
    hello.cursors = {{lobbyId, 1, first.messageId}};
    bob.send(hello);
    lobby.bench.commit();
    const auto state = bob.all<protocol::Welcome>().constFirst().rooms.constFirst();
    QCOMPARE(state.cursor, protocol::CursorState::Valid);
    QCOMPARE(state.missedMessages, 2ull);
    QCOMPARE(state.info.headSeq, 5ull);
}

void tst_Changes::tellsItsServerId()
{
    Lobby lobby;
    const auto ready = lobby.ann.all<protocol::Ready>().constFirst();
    QCOMPARE(ready.serverId.value().size(), 16);
    QCOMPARE(ready.serverId, lobby.bench.store.snapshot().serverId);
}

QTEST_GUILESS_MAIN(tst_Changes)
#include "tst_changes.moc"
