#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

/// People who chat through the real server, over real sockets, each with a network thread of their own.
class TestChatting final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void twoSessionsChat();
    void manyMessagesArriveInOneOrder();
    void roomsAreCreatedJoinedAndLeft();
    void comingAndGoingIsSeen();
    void anUnknownRoomIsRefused();
    void aTextOverTheLimitFailsAlone();
    void aMessageToAForeignRoomFailsAlone();
    void aLateGuestLoadsHistoryPageByPage();
    void connectStepsAndRoundTripsAreMeasured();
    void aDeviceKeepsItsName();
    void statusCounts();

private:
    std::unique_ptr<ClientHost> m_host;
};

void TestChatting::init()
{
    m_host.reset();
    m_host = std::make_unique<ClientHost>();
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
}

void TestChatting::twoSessionsChat()
{
    ClientProbe ann(u"Ann"_s);
    ClientProbe bob(u"Bob"_s);
    ann.session().open(m_host->url());
    bob.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline() && bob.isOnline());
    QCOMPARE(ann.session().state().serverName, u"Kitchen"_s);
    QCOMPARE(ann.session().state().self.name, u"Ann"_s);

    ann.session().send(RoomId(u"lobby"_s), u"Hello Bob"_s);
    QTRY_COMPARE(bob.texts(), QStringList{u"Hello Bob"_s});
    bob.session().send(RoomId(u"lobby"_s), u"Hello Ann 👋 会议"_s);
    QTRY_COMPARE(ann.texts(), (QStringList{u"Hello Bob"_s, u"Hello Ann 👋 会议"_s}));
    QTRY_COMPARE(bob.texts(), ann.texts());
    QCOMPARE(bob.timeline()[0].author.name, u"Ann"_s);
    QVERIFY(bob.timeline()[0].author.isGuest);
    QTRY_COMPARE(ann.stored().size(), 1);
    QCOMPARE(ann.stored()[0].seq, quint64(1));
}

void TestChatting::manyMessagesArriveInOneOrder()
{
    constexpr int each = 300;
    ClientProbe ann(u"Ann"_s);
    ClientProbe bob(u"Bob"_s);
    ann.session().open(m_host->url());
    bob.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline() && bob.isOnline());
    for (int i = 0; i < each; ++i) {
        ann.session().send(RoomId(u"lobby"_s), u"a%1"_s.arg(i));
        bob.session().send(RoomId(u"lobby"_s), u"b%1"_s.arg(i));
    }
    QTRY_COMPARE_WITH_TIMEOUT(ann.timeline().size(), 2 * each, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(bob.timeline().size(), 2 * each, 30'000);
    QCOMPARE(ann.texts(), bob.texts());
    QVERIFY(ann.isTimelineSound());
    for (const QChar author : u"ab"_s) {
        int next = 0;
        for (const QString &text : ann.texts()) {
            if (text.startsWith(author))
                QCOMPARE(text, author + QString::number(next++));
        }
        QCOMPARE(next, each);
    }
    QTRY_COMPARE(ann.session().state().waiting, 0);
}

void TestChatting::roomsAreCreatedJoinedAndLeft()
{
    const RoomId ops(u"ops"_s);
    ClientProbe ann(u"Ann"_s);
    ClientProbe bob(u"Bob"_s);
    ann.session().open(m_host->url());
    bob.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline() && bob.isOnline());

    ann.session().createRoom(ops, u"Operations"_s);
    QTRY_VERIFY(ann.rooms().contains(u"ops"_s));
    ann.session().send(ops, u"before Bob"_s);
    QTRY_COMPARE(ann.texts(u"ops"_s), QStringList{u"before Bob"_s});

    bob.session().join(ops);
    QTRY_COMPARE(bob.texts(u"ops"_s), QStringList{u"before Bob"_s});
    QTRY_COMPARE(ann.members(u"ops"_s), (QStringList{u"Ann"_s, u"Bob"_s}));
    QCOMPARE(bob.members(u"ops"_s), (QStringList{u"Ann"_s, u"Bob"_s}));

    bob.session().listRooms();
    QTRY_VERIFY(bob.listedRooms().size() >= 2);
    bob.session().leave(ops);
    QTRY_VERIFY(!bob.rooms().contains(u"ops"_s));
    QTRY_COMPARE(ann.members(u"ops"_s), QStringList{u"Ann"_s});

    ann.session().createRoom(ops, u"Once more"_s);
    QTRY_COMPARE(ann.failures().size(), 1);
    QCOMPARE(ann.failures()[0].code, protocol::ErrorCode::RoomExists);
}

void TestChatting::comingAndGoingIsSeen()
{
    ClientProbe ann(u"Ann"_s);
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    {
        ClientProbe bob(u"Bob"_s);
        bob.session().open(m_host->url());
        QTRY_COMPARE(ann.presenceOf(u"Bob"_s), protocol::Presence::Online);
    }
    // The probe's end said BYE, so Bob is not merely away.
    QTRY_COMPARE(ann.presenceOf(u"Bob"_s), protocol::Presence::Offline);
}

void TestChatting::anUnknownRoomIsRefused()
{
    ClientProbe ann(u"Ann"_s);
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    ann.session().join(RoomId(u"nowhere"_s));
    QTRY_COMPARE(ann.failures().size(), 1);
    QCOMPARE(ann.failures()[0].code, protocol::ErrorCode::UnknownRoom);
    QCOMPARE(ann.failures()[0].room, RoomId(u"nowhere"_s));
    QVERIFY(ann.isOnline());
}

void TestChatting::aTextOverTheLimitFailsAlone()
{
    ClientProbe ann(u"Ann"_s);
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    ann.session().send(RoomId(u"lobby"_s), QString(8192, u'x'));
    ann.session().send(RoomId(u"lobby"_s), QString(8193, u'y'));
    ann.session().send(RoomId(u"lobby"_s), u"after it"_s);
    QTRY_COMPARE(ann.texts().size(), 2);
    QCOMPARE(ann.texts()[1], u"after it"_s);
    QCOMPARE(ann.failed().size(), 1);
    QCOMPARE(ann.failed()[0].code, protocol::ErrorCode::TextTooLong);
    QCOMPARE(ann.linkEvents().size(), 1);
}

void TestChatting::aMessageToAForeignRoomFailsAlone()
{
    ClientProbe ann(u"Ann"_s);
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    ann.session().send(RoomId(u"nowhere"_s), u"lost"_s);
    ann.session().send(RoomId(u"lobby"_s), u"kept"_s);
    QTRY_COMPARE(ann.texts(), QStringList{u"kept"_s});
    QTRY_COMPARE(ann.failed().size(), 1);
    QVERIFY(!ann.failed()[0].reason.isEmpty());
    QVERIFY(ann.isOnline());
}

void TestChatting::aLateGuestLoadsHistoryPageByPage()
{
    constexpr int count = 450;
    const RoomId lobby(u"lobby"_s);
    ClientProbe ann(u"Ann"_s);
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    for (int i = 1; i <= count; ++i)
        ann.session().send(lobby, QString::number(i));
    QTRY_COMPARE_WITH_TIMEOUT(ann.timeline().size(), count, 30'000);

    ClientProbe bob(u"Bob"_s);
    bob.session().open(m_host->url());
    QTRY_VERIFY(bob.isOnline());
    QCOMPARE(bob.timeline().size(), 200);
    QCOMPARE(bob.texts().last(), QString::number(count));
    bob.session().loadOlder(lobby, 0);
    QTRY_COMPARE(bob.timeline().size(), 400);
    bob.session().loadOlder(lobby, 0);
    QTRY_COMPARE(bob.timeline().size(), count);
    QVERIFY(bob.isTimelineSound());
    QCOMPARE(bob.texts().first(), u"1"_s);

    // From the very first on, however far.
    ClientProbe reader(u"Reader"_s);
    reader.session().follow(lobby, 0);
    reader.session().open(m_host->url());
    QTRY_COMPARE(reader.texts(), ann.texts());
}

void TestChatting::connectStepsAndRoundTripsAreMeasured()
{
    ClientProbe ann(u"Ann"_s);
    ann.session().setHeartbeatInterval(1s);
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    QTRY_VERIFY(ann.roundTrips().size() >= 2);
    for (const RoundTrip &trip : ann.roundTrips()) {
        QVERIFY(trip.rtt > 0us);
        QVERIFY(trip.serverTime >= 0us && trip.serverTime <= trip.rtt);
    }
    QCOMPARE(ann.connectSteps().size(), 1);
    QVERIFY(ann.connectSteps()[0].tcp > 0us);
    QVERIFY(ann.connectSteps()[0].upgrade > 0us);
    QVERIFY(ann.connectSteps()[0].welcome > 0us);
}

void TestChatting::aDeviceKeepsItsName()
{
    QTemporaryDir keys;
    {
        ClientProbe ann(u"Ann"_s, keys.filePath(u"ann.key"_s));
        ann.session().open(m_host->url());
        QTRY_VERIFY(ann.isOnline());
        QVERIFY(!ann.session().state().self.isGuest);
        ann.session().send(RoomId(u"lobby"_s), u"mine"_s);
        QTRY_COMPARE(ann.stored().size(), 1);
    }
    ClientProbe impostor(u"Ann"_s, keys.filePath(u"impostor.key"_s));
    impostor.session().open(m_host->url());
    QTRY_COMPARE(impostor.problem(), Problem::NameTaken);
    QCOMPARE(impostor.phase(), Phase::Offline);

    ClientProbe again(u"Ann"_s, keys.filePath(u"ann.key"_s));
    again.session().open(m_host->url());
    QTRY_VERIFY(again.isOnline());
    QCOMPARE(again.timeline()[0].author, again.session().state().self);
}

void TestChatting::statusCounts()
{
    ClientProbe ann(u"Ann"_s);
    protocol::Status status;
    connect(&ann.session(), &ChatSession::statusReceived, this, [&](const protocol::Status &told) { status = told; });
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    ann.session().send(RoomId(u"lobby"_s), u"one"_s);
    QTRY_COMPARE(ann.stored().size(), 1);
    ann.session().requestStatus();
    QTRY_COMPARE(status.stored, quint64(1));
    QCOMPARE(status.serverName, u"Kitchen"_s);
    QCOMPARE(status.connections, quint32(1));
}

QTEST_GUILESS_MAIN(TestChatting)
#include "tst_chatting.moc"
