#include "server/session/sessiontable.h"
#include "tests/support/fakestore.h"
#include "tests/support/faketime.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
namespace reason = lanline::protocol::close;
using protocol::LinkRole;

/// What a HELLO is bound to, decided without a server around it.
class tst_SessionTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void judgingChangesNothing();
    void ownLeftoverIsTakenOver();
    void evictsTheLongestGone();
    void anotherDeviceMayBringTheSameNameItself();
    void findsBothWays();
};

namespace {

const UserId ann{1};
const UserId bob{2};
const DeviceId desk(QByteArray(16, 'd'));
const DeviceId phone(QByteArray(16, 'p'));
const ClientId window{u"c_1"_s};
const ClientId other{u"c_2"_s};

class FakeSessionLink final : public SessionLink
{
public:
    explicit FakeSessionLink(UserId user)
        : m_user(user)
    { }
    UserId userId() const override { return m_user; }
    protocol::WireFormat format() const override { return {}; }
    void deliver(const SharedFrame &) override { ++delivered; }
    void onReleased(const protocol::CloseReason &reason) override { releasedWith = reason; }

    int delivered = 0;
    std::optional<protocol::CloseReason> releasedWith;

private:
    UserId m_user;
};

/// Two users who have logged in once.
struct Fixture
{
    explicit Fixture(const protocol::Limits &limits = {})
        : store(time)
        , hub(limits, ledger)
        , wheel(time)
        , table(limits, hub, store, time, wheel)
    {
        Snapshot snapshot;
        snapshot.users = {{ann, u"Ann"_s, false, 1}, {bob, u"Bob"_s, false, 2}};
        snapshot.rooms = {{lobbyId, u"Lobby"_s, 0, 1, {ann, bob}}};
        hub.load(snapshot);
    }

    Session &bind(FakeSessionLink &link, const Claim &claim)
    {
        return table.bind(link, claim, *table.judge(claim), u"test 1"_s, {});
    }

    Ledger ledger;
    FakeTime time;
    FakeStore store;
    Hub hub;
    TimerWheel wheel;
    SessionTable table;
};

} // namespace

void tst_SessionTable::judges_data()
{
    QTest::addColumn<UserId>("user");
    QTest::addColumn<DeviceId>("device");
    QTest::addColumn<ClientId>("client");
    QTest::addColumn<QString>("session"); // "": asks for none, "own", "bobs", "unknown", "wrong token", "no token"
    QTest::addColumn<quint64>("generation");
    QTest::addColumn<LinkRole>("role");
    QTest::addColumn<int>("code"); // 0: it is bound
    QTest::addColumn<bool>("isNewClient");
    QTest::addColumn<quint64>("boundGeneration");
    QTest::addColumn<bool>("isResumed");
    const auto row = [](const char *name, UserId user, const DeviceId &device, const ClientId &client,
                         const QString &session, quint64 generation, LinkRole role, int code, bool isNewClient = false,
                         quint64 bound = 0, bool isResumed = false) {
        QTest::newRow(name) << user << device << client << session << generation << role << code << isNewClient << bound
                            << isResumed;
    };
    const auto primary = LinkRole::Primary;
    const auto standby = LinkRole::Standby;
    // Ann's desk is there as c_1 with generation 3, and Bob.
    row("asks for none", ann, desk, other, {}, 0, primary, 0, true, 1, false);
    row("asks for none, as one that is there", ann, desk, window, {}, 0, primary, 0, true, 1, false);
    row("newer primary", ann, desk, window, u"own"_s, 4, primary, 0, false, 4, true);
    row("much newer primary", ann, desk, window, u"own"_s, 1'000, primary, 0, false, 1'000, true);
    row("same generation", ann, desk, window, u"own"_s, 3, primary, reason::Superseded.code);
    row("older generation", ann, desk, window, u"own"_s, 2, primary, reason::Superseded.code);
    row("standby", ann, desk, window, u"own"_s, 0, standby, 0, false, 3, true);
    row("standby, whatever its generation", ann, desk, window, u"own"_s, 9, standby, 0, false, 3, true);
    row("new client", ann, desk, other, u"own"_s, 5, primary, 0, true, 5, true);
    row("new client of another device", ann, phone, other, u"own"_s, 0, primary, 0, true, 1, true);
    row("standby of a new client", ann, desk, other, u"own"_s, 5, standby, reason::SessionGone.code);
    row("another device's client", ann, phone, window, u"own"_s, 9, primary, reason::AuthRefused.code);
    row("another device's client, standby", ann, phone, window, u"own"_s, 9, standby, reason::AuthRefused.code);
    row("wrong token", ann, desk, window, u"wrong token"_s, 9, primary, reason::AuthRefused.code);
    row("no token", ann, desk, window, u"no token"_s, 9, primary, reason::AuthRefused.code);
    row("wrong token, standby", ann, desk, window, u"wrong token"_s, 9, standby, reason::AuthRefused.code);
    row("another's session", ann, desk, window, u"bobs"_s, 9, primary, reason::AuthRefused.code);
    row("another's session, standby", ann, desk, window, u"bobs"_s, 9, standby, reason::AuthRefused.code);
    row("unknown session", ann, desk, other, u"unknown"_s, 9, primary, 0, true, 9, false);
    row("unknown session, standby", ann, desk, window, u"unknown"_s, 9, standby, reason::SessionGone.code);
}

void tst_SessionTable::judges()
{
    QFETCH(QString, session);
    QFETCH(quint64, generation);
    QFETCH(LinkRole, role);
    QFETCH(int, code);
    Fixture fixture;
    FakeSessionLink annLink(ann);
    FakeSessionLink bobLink(bob);
    const Session &own = fixture.bind(annLink, {ann, desk, window, protocol::Resume{{}, {}, 3, LinkRole::Primary}});
    const Session &bobs = fixture.bind(bobLink, {bob, phone, other, {}});

    QFETCH(UserId, user);
    QFETCH(DeviceId, device);
    QFETCH(ClientId, client);
    Claim claim{user, device, client, {}};
    if (!session.isEmpty()) {
        const Session &wanted = session == u"bobs" ? bobs : own;
        claim.resume = protocol::Resume{
            session == u"unknown" ? SessionId(QByteArray(16, 'x')) : wanted.id(), wanted.token(), generation, role};
        if (session == u"wrong token")
            claim.resume->token.back() = char(claim.resume->token.back() ^ 1);
        if (session == u"no token")
            claim.resume->token.clear();
    }
    const auto binding = fixture.table.judge(claim);
    if (code != 0) {
        QVERIFY(!binding);
        QCOMPARE(int(binding.error().code), code);
        return;
    }
    QVERIFY(binding);
    QTEST(binding->client == 0, "isNewClient");
    QTEST(binding->generation, "boundGeneration");
    QTEST(binding->isResumed, "isResumed");
    QCOMPARE(binding->role, role);
    QCOMPARE(binding->user, user);
    QCOMPARE(binding->evicted, 0ull);
    if (binding->client != 0)
        QCOMPARE(binding->client, own.clientOf(annLink).number);
}

void tst_SessionTable::judgingChangesNothing()
{
    Fixture fixture;
    QVERIFY(fixture.table.judge({ann, desk, window, {}}));
    QVERIFY(!fixture.table.find(ann));
    FakeSessionLink link(ann);
    const Session &session = fixture.bind(link, {ann, desk, window, {}});
    const protocol::Resume resume{session.id(), session.token(), 9, LinkRole::Primary};
    QVERIFY(fixture.table.judge({ann, desk, window, resume}));
    QVERIFY(fixture.table.judge({ann, desk, other, resume}));
    QCOMPARE(session.clients().size(), size_t(1));
    QCOMPARE(session.clientOf(link).generation, 1ull);
    QVERIFY(!link.releasedWith);
}

void tst_SessionTable::ownLeftoverIsTakenOver()
{
    Fixture fixture;
    FakeSessionLink before(ann);
    FakeSessionLink after(ann);
    Session &session = fixture.bind(before, {ann, desk, window, {}});
    const quint64 number = session.clientOf(before).number;
    session.onLost(before);
    // Another device that calls its client the same is another one.
    QCOMPARE(fixture.table.judge({ann, phone, window, {}})->client, 0ull);
    QCOMPARE(fixture.table.judge({ann, desk, window, {}})->client, number);
    fixture.bind(after, {ann, desk, window, {}});
    QCOMPARE(session.clients().size(), size_t(1));
    QCOMPARE(session.clientOf(after).number, number);
}

void tst_SessionTable::evictsTheLongestGone()
{
    protocol::Limits limits;
    limits.clientsPerSession = 3;
    Fixture fixture(limits);
    FakeSessionLink first(ann);
    FakeSessionLink second(ann);
    FakeSessionLink third(ann);
    Session &session = fixture.bind(first, {ann, desk, ClientId(u"c_a"_s), {}});
    fixture.bind(second, {ann, desk, ClientId(u"c_b"_s), {}});
    fixture.bind(third, {ann, desk, ClientId(u"c_c"_s), {}});
    const Claim claim{ann, phone, ClientId(u"c_d"_s), {}};
    QCOMPARE(fixture.table.judge(claim).error(), reason::ServerFull);
    const quint64 longestGone = session.clientOf(second).number;
    session.onLost(second);
    fixture.time.advance(1s);
    session.onLost(first);
    QCOMPARE(fixture.table.judge(claim)->evicted, longestGone);
}

void tst_SessionTable::anotherDeviceMayBringTheSameNameItself()
{
    Fixture fixture;
    FakeSessionLink onDesk(ann);
    FakeSessionLink onPhone(ann);
    Session &session = fixture.bind(onDesk, {ann, desk, window, {}});
    fixture.bind(onPhone, {ann, phone, window, {}});
    const auto judged = [&](const DeviceId &device) {
        return fixture.table.judge(
            {ann, device, window, protocol::Resume{session.id(), session.token(), 0, LinkRole::Standby}});
    };
    QCOMPARE(judged(desk)->client, session.clientOf(onDesk).number);
    QCOMPARE(judged(phone)->client, session.clientOf(onPhone).number);
    QCOMPARE(judged(DeviceId(QByteArray(16, 'x'))).error(), reason::AuthRefused);
}

void tst_SessionTable::findsBothWays()
{
    Fixture fixture;
    FakeSessionLink link(ann);
    Session &session = fixture.bind(link, {ann, desk, window, {}});
    const SessionId id = session.id();
    QCOMPARE(fixture.table.find(ann), &session);
    QCOMPARE(fixture.table.find(id), &session);
    // The first half of an id is not enough.
    QVERIFY(!fixture.table.find(SessionId(id.value().first(8) + QByteArray(8, 'x'))));
    QVERIFY(!fixture.table.find(SessionId(id.value().first(8))));
    QVERIFY(!fixture.table.find(SessionId()));
    session.onBye(link);
    QVERIFY(!fixture.table.find(ann));
    QVERIFY(!fixture.table.find(id));
}

QTEST_GUILESS_MAIN(tst_SessionTable)
#include "tst_sessiontable.moc"
