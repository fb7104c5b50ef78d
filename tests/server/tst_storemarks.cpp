#include "core/migrations.h"
#include "server/store/schema.h"
#include "server/store/storefiles.h"
#include "tests/support/storelife.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;

/// What the store keeps for all devices of a user, and how it knows which devices are theirs. Real SQLite.
class tst_StoreMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksOutliveARestart();
    void readMarkOnlyGoesForward();
    void emptyDraftIsNone();
    void marksGoWithTheMembership();
    void marksAreTheirUsersOnly();
    void failedWriteIsToldAndMayBeTriedAgain();
    void knownDeviceGetsItsMarksWhileNothingCanBeWritten();
    void pairedDeviceIsTheUsers();
    void deviceOfAnotherIsNotPaired();
    void guestIsNobodysSecondDevice();
    void deviceAsksForANameOnce();
    void versionTwoIsMigrated();
};

namespace {

const RoomId ops{u"ops"_s};

SaveMarks readUpTo(UserId user, const RoomId &room, quint64 seq)
{
    return {user, room, seq, std::nullopt};
}

SaveMarks draft(UserId user, const RoomId &room, const QString &text)
{
    return {user, room, std::nullopt, text};
}

/// A life of a store whose answers are looked at one by one.
struct Life : StoreLife
{
    using StoreLife::StoreLife;

    /// Fails the test by an outcome of another kind, or none.
    template <class Outcome>
    Outcome ask(const StoreCommand &command)
    {
        const qsizetype before = listener.outcomes.size();
        if (!store.submit(command) || !waitForOutcomes(before + 1))
            return {};
        const auto *outcome = std::get_if<Outcome>(&listener.outcomes.at(before));
        return outcome ? *outcome : Outcome{};
    }
    LoggedIn logIn(const DeviceKey &key, const QString &name, std::optional<UserId> pairWith = {})
    {
        LogIn command = testLogIn(key, name);
        command.pairWith = pairWith;
        return ask<LoggedIn>(command);
    }
};

} // namespace

void tst_StoreMarks::marksOutliveARestart()
{
    const QTemporaryDir dir;
    const DeviceKey key = DeviceKey::generate();
    {
        Life life(dir.path());
        QVERIFY(life.open());
        const UserId ann = life.logIn(key, u"Ann"_s).user.id;
        QCOMPARE(life.ask<RoomCreated>(CreateRoom{{1, 1}, ann, ops, u"Ops"_s}).room, ops);
        for (int i = 0; i < 3; ++i)
            life.ask<Appended>(testAppend(0, lobbyId, u"x"_s));
        QVERIFY(life.store.submit(readUpTo(ann, lobbyId, 2)));
        QVERIFY(life.store.submit(draft(ann, lobbyId, u"half a sen"_s)));
        QVERIFY(life.store.submit(SaveMarks{ann, ops, 0, u"会议 🙂"_s}));
        QVERIFY(life.close());
        QCOMPARE(life.listener.all<MarksSaved>().size(), 3);
        for (const MarksSaved &saved : life.listener.all<MarksSaved>())
            QVERIFY(saved.isSaved);
    }
    Life life(dir.path());
    QVERIFY(life.open());
    QCOMPARE(
        life.logIn(key, u"Ann"_s).marks, (QList<RoomMarks>{{lobbyId, 2, u"half a sen"_s}, {ops, 0, u"会议 🙂"_s}}));
}

void tst_StoreMarks::readMarkOnlyGoesForward()
{
    const QTemporaryDir dir;
    Life life(dir.path());
    QVERIFY(life.open());
    const DeviceKey key = DeviceKey::generate();
    const UserId ann = life.logIn(key, u"Ann"_s).user.id;
    for (const quint64 seq : {5, 3, 7, 6})
        QVERIFY(life.ask<MarksSaved>(readUpTo(ann, lobbyId, seq)).isSaved);
    QCOMPARE(life.logIn(key, u"Ann"_s).marks.constFirst().readSeq, 7ull);
}

void tst_StoreMarks::emptyDraftIsNone()
{
    const QTemporaryDir dir;
    Life life(dir.path());
    QVERIFY(life.open());
    const DeviceKey key = DeviceKey::generate();
    const UserId ann = life.logIn(key, u"Ann"_s).user.id;
    life.ask<MarksSaved>(draft(ann, lobbyId, u"one"_s));
    life.ask<MarksSaved>(draft(ann, lobbyId, u"two"_s));
    QCOMPARE(life.logIn(key, u"Ann"_s).marks, (QList<RoomMarks>{{lobbyId, 0, u"two"_s}}));
    life.ask<MarksSaved>(draft(ann, lobbyId, {}));
    QVERIFY(life.logIn(key, u"Ann"_s).marks.isEmpty());
}

void tst_StoreMarks::marksGoWithTheMembership()
{
    const QTemporaryDir dir;
    Life life(dir.path());
    QVERIFY(life.open());
    const DeviceKey key = DeviceKey::generate();
    const UserId ann = life.logIn(key, u"Ann"_s).user.id;
    life.ask<MarksSaved>(SaveMarks{ann, lobbyId, 4, u"not said"_s});
    life.ask<MembershipChanged>(ChangeMembership{{1, 1}, ann, lobbyId, false});
    // What was under way when she left has nowhere to go, and takes nothing else with it.
    QVERIFY(life.ask<MarksSaved>(SaveMarks{ann, lobbyId, 5, u"too late"_s}).isSaved);
    QVERIFY(life.ask<MarksSaved>(SaveMarks{ann, RoomId(u"nowhere"_s), 5, u"x"_s}).isSaved);
    life.ask<MembershipChanged>(ChangeMembership{{1, 2}, ann, lobbyId, true});
    QVERIFY(life.logIn(key, u"Ann"_s).marks.isEmpty());
}

void tst_StoreMarks::marksAreTheirUsersOnly()
{
    const QTemporaryDir dir;
    Life life(dir.path());
    QVERIFY(life.open());
    const DeviceKey bobsKey = DeviceKey::generate();
    const UserId ann = life.logIn(DeviceKey::generate(), u"Ann"_s).user.id;
    life.logIn(bobsKey, u"Bob"_s);
    life.ask<MarksSaved>(SaveMarks{ann, lobbyId, 4, u"hers"_s});
    QVERIFY(life.logIn(bobsKey, u"Bob"_s).marks.isEmpty());
}

void tst_StoreMarks::failedWriteIsToldAndMayBeTriedAgain()
{
    const QTemporaryDir dir;
    StoreOptions options{dir.path(), {}};
    options.probeInterval = 10ms;
    Life life(options);
    QVERIFY(life.open());
    const DeviceKey key = DeviceKey::generate();
    const UserId ann = life.logIn(key, u"Ann"_s).user.id;
    auto other = SqlDatabase::open(databasePath(dir.path()));
    QVERIFY(other);
    QVERIFY(other->execute(u"ALTER TABLE drafts RENAME TO gone"_s));
    const auto refused = life.ask<MarksSaved>(draft(ann, lobbyId, u"x"_s));
    QCOMPARE(refused.user, ann);
    QCOMPARE(refused.room, lobbyId);
    QVERIFY(!refused.isSaved);

    QVERIFY(other->execute(u"ALTER TABLE gone RENAME TO drafts"_s));
    QVERIFY(QTest::qWaitFor(
        [&] { return !life.listener.states.isEmpty() && life.listener.states.constLast().isWritable; }));
    QVERIFY(life.ask<MarksSaved>(draft(ann, lobbyId, u"x"_s)).isSaved);
    QCOMPARE(life.logIn(key, u"Ann"_s).marks.constFirst().draft, u"x"_s);
}

void tst_StoreMarks::knownDeviceGetsItsMarksWhileNothingCanBeWritten()
{
    const QTemporaryDir dir;
    StoreOptions options{dir.path(), {}};
    options.probeInterval = 1h;
    Life life(options);
    QVERIFY(life.open());
    const DeviceKey key = DeviceKey::generate();
    const UserId ann = life.logIn(key, u"Ann"_s).user.id;
    QVERIFY(life.ask<MarksSaved>(SaveMarks{ann, lobbyId, 3, u"kept"_s}).isSaved);
    auto other = SqlDatabase::open(databasePath(dir.path()));
    QVERIFY(other);
    QVERIFY(other->execute(u"ALTER TABLE accepted RENAME TO gone"_s));
    QCOMPARE(life.ask<AppendRefused>(testAppend(0, lobbyId, u"x"_s)).code, protocol::ErrorCode::ReadOnly);
    QCOMPARE(life.logIn(key, u"Ann"_s).marks, (QList<RoomMarks>{{lobbyId, 3, u"kept"_s}}));
    // A device that has to be written down does not get in.
    QCOMPARE(life.ask<LogInRefused>([&] {
                     LogIn command = testLogIn(DeviceKey::generate(), u"Ann"_s);
                     command.pairWith = ann;
                     return command;
                 }())
                 .why,
        LogInRefused::Why::StoreFailed);
    QCOMPARE(life.listener.all<LogInRefused>().size(), 1);
}

void tst_StoreMarks::pairedDeviceIsTheUsers()
{
    const QTemporaryDir dir;
    const DeviceKey laptop = DeviceKey::generate();
    const DeviceKey desk = DeviceKey::generate();
    Life life(dir.path());
    QVERIFY(life.open());
    const protocol::User ann = life.logIn(laptop, u"Ann"_s).user;
    life.ask<MarksSaved>(draft(ann.id, lobbyId, u"begun elsewhere"_s));

    // The name that the new device brings is nobody's, taken by another, or the user's own: it does not matter.
    const LoggedIn paired = life.logIn(desk, u"ann's desk"_s, ann.id);
    QCOMPARE(paired.user, ann);
    QCOMPARE(paired.device, desk.deviceId());
    QVERIFY(!paired.isNew);
    QCOMPARE(paired.marks.constFirst().draft, u"begun elsewhere"_s);
    // From then on it needs no code, and its name of then renames nobody.
    QCOMPARE(life.logIn(desk, u"ann's desk"_s).user, ann);
    QCOMPARE(life.logIn(laptop, u"Ann"_s).user, ann);
    // The same code once more, as after an answer that was lost.
    QCOMPARE(life.logIn(desk, u"ann's desk"_s, ann.id).user, ann);
    // Ids of messages are each device's own.
    const Append message = testAppend(0, lobbyId, u"x"_s);
    QVERIFY(!life.ask<Appended>(message).isDuplicate);
    QVERIFY(!life.ask<Appended>(testAppend(1, lobbyId, u"x"_s, message.messageId)).isDuplicate);
}

void tst_StoreMarks::deviceOfAnotherIsNotPaired()
{
    const QTemporaryDir dir;
    const DeviceKey bobsKey = DeviceKey::generate();
    Life life(dir.path());
    QVERIFY(life.open());
    const UserId ann = life.logIn(DeviceKey::generate(), u"Ann"_s).user.id;
    const protocol::User bob = life.logIn(bobsKey, u"Bob"_s).user;
    LogIn command = testLogIn(bobsKey, u"Bob"_s);
    command.pairWith = ann;
    QCOMPARE(life.ask<LogInRefused>(command).why, LogInRefused::Why::DeviceOfAnother);
    QCOMPARE(life.logIn(bobsKey, u"Bob"_s).user, bob);
}

void tst_StoreMarks::guestIsNobodysSecondDevice()
{
    const QTemporaryDir dir;
    Life life(dir.path());
    QVERIFY(life.open());
    const UserId ann = life.logIn(DeviceKey::generate(), u"Ann"_s).user.id;
    LogIn guest{{1, 0}, protocol::GuestAuth{}, u"Gus"_s, {}, {}};
    const UserId gus = life.ask<LoggedIn>(guest).user.id;
    QVERIFY(!gus.isNull());
    guest.pairWith = ann;
    QCOMPARE(life.ask<LogInRefused>(guest).why, LogInRefused::Why::DeviceOfAnother);
    LogIn withGuest = testLogIn(DeviceKey::generate(), u"Bob"_s);
    withGuest.pairWith = gus;
    QCOMPARE(life.ask<LogInRefused>(withGuest).why, LogInRefused::Why::DeviceOfAnother);
    QCOMPARE(life.listener.all<LogInRefused>().size(), 2);
}

void tst_StoreMarks::deviceAsksForANameOnce()
{
    const QTemporaryDir dir;
    const DeviceKey laptop = DeviceKey::generate();
    const DeviceKey desk = DeviceKey::generate();
    Life life(dir.path());
    QVERIFY(life.open());
    const UserId ann = life.logIn(laptop, u"Ann"_s).user.id;
    life.logIn(desk, u"Ann"_s, ann);
    QCOMPARE(life.logIn(desk, u"Anna"_s).user.name, u"Anna"_s);
    // The laptop still says what it has always said: that is no wish.
    QCOMPARE(life.logIn(laptop, u"Ann"_s).user.name, u"Anna"_s);
    QCOMPARE(life.logIn(laptop, u"Annette"_s).user.name, u"Annette"_s);
    QCOMPARE(life.logIn(desk, u"Anna"_s).user.name, u"Annette"_s);
    // Agreeing with the name of the day counts as having asked for it.
    QCOMPARE(life.logIn(desk, u"Annette"_s).user.name, u"Annette"_s);
    QCOMPARE(life.logIn(laptop, u"Ann"_s).user.name, u"Ann"_s);
    QCOMPARE(life.logIn(desk, u"Annette"_s).user.name, u"Ann"_s);
}

void tst_StoreMarks::versionTwoIsMigrated()
{
    const QTemporaryDir dir;
    const DeviceKey key = DeviceKey::generate();
    {
        auto database = SqlDatabase::open(databasePath(dir.path()));
        QVERIFY(database);
        QVERIFY(migrate(*database, storeMigrations().first(2)));
        QVERIFY(database->execute(u"INSERT INTO users VALUES (3, 'Ann', 'ann', 0, 9)"_s));
        QVERIFY(database->execute(
            u"INSERT INTO devices VALUES (?, 3, ?, NULL)"_s, {key.deviceId().value(), key.publicKey()}));
        QVERIFY(database->execute(u"INSERT INTO rooms(name, title, head_seq) VALUES ('lobby', 'Lobby', 0)"_s));
        QVERIFY(database->execute(u"INSERT INTO members VALUES (1, 3)"_s));
    }
    Life life(dir.path());
    QVERIFY2(life.open(), qUtf8Printable(life.listener.unusable));
    QCOMPARE(life.logIn(DeviceKey::generate(), u"Bob"_s, UserId(3)).user.name, u"Ann"_s);
    QCOMPARE(life.logIn(key, u"Ann"_s).user.id, UserId(3));
    QVERIFY(life.ask<MarksSaved>(SaveMarks{UserId(3), lobbyId, 1, u"x"_s}).isSaved);
    QCOMPARE(life.logIn(key, u"Ann"_s).marks, (QList<RoomMarks>{{lobbyId, 1, u"x"_s}}));
}

QTEST_GUILESS_MAIN(tst_StoreMarks)
#include "tst_storemarks.moc"
