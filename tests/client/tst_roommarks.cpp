#include "client/roommarks.h"
#include "tests/support/faketime.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::client;

class tst_RoomMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serversAccountIsToldOnce();
    void readMarkGoesForwardAndNotTooOften();
    void readingOfflineIsMadeUpFor();
    void readMarkOfAnotherHistoryIsDropped();
    void othersChangesAreTold();
    void draftAfterAnOutage_data();
    void draftAfterAnOutage();
    void draftThatTheOldLinkSwallowedGoesAgain_data();
    void draftThatTheOldLinkSwallowedGoesAgain();
    void draftOfLongAgoDoesNotComeBack();
    void draftBeforeTheFirstWelcome();
    void roomThatIsGoneIsForgotten();
};

namespace {

const RoomId lobby{u"lobby"_s};
const RoomId ops{u"ops"_s};

struct Bench
{
    FakeTime time;
    bool isInUse = true;
    QList<protocol::MarkRead> sentMarks;
    QStringList sentDrafts;
    QStringList toldDrafts;
    QList<quint64> toldMarks;
    RoomMarks marks{time,
        {[this](const protocol::ClientCommand &command) {
             if (const auto *draft = std::get_if<protocol::SetDraft>(&command))
                 sentDrafts.append(draft->text);
             else
                 sentMarks.append(std::get<protocol::MarkRead>(command));
         },
            [this](const Notice &notice) {
                if (const auto *draft = std::get_if<protocol::Draft>(&notice))
                    toldDrafts.append(draft->text);
                else
                    toldMarks.append(std::get<protocol::ReadMark>(notice).seq);
            },
            [this] { return isInUse; }}};

    /// The server's account of the lobby, 100 events long.
    static protocol::RoomState state(quint64 readSeq, const QString &draft)
    {
        protocol::RoomState room;
        room.info.id = lobby;
        room.info.headSeq = 100;
        room.readSeq = readSeq;
        room.draft = draft;
        return room;
    }
    void forget()
    {
        sentMarks.clear();
        sentDrafts.clear();
        toldDrafts.clear();
        toldMarks.clear();
    }
};

} // namespace

void tst_RoomMarks::serversAccountIsToldOnce()
{
    Bench bench;
    bench.marks.linkUp({Bench::state(40, u"begun"_s)});
    bench.marks.linkUp({Bench::state(40, u"begun"_s)});
    QCOMPARE(bench.toldMarks, QList<quint64>{40});
    QCOMPARE(bench.toldDrafts, QStringList{u"begun"_s});
    QVERIFY(bench.sentDrafts.isEmpty());
    QVERIFY(bench.sentMarks.isEmpty());
}

void tst_RoomMarks::readMarkGoesForwardAndNotTooOften()
{
    Bench bench;
    bench.marks.linkUp({Bench::state(40, {})});
    bench.marks.markRead({lobby, 39});
    bench.marks.markRead({lobby, 40});
    QVERIFY(bench.sentMarks.isEmpty());
    // The first at once, and of the rest what has come of it.
    for (quint64 seq = 41; seq <= 60; ++seq)
        bench.marks.markRead({lobby, seq});
    QCOMPARE(bench.sentMarks, (QList<protocol::MarkRead>{{lobby, 41}}));
    bench.time.advance(1s);
    QCOMPARE(bench.sentMarks, (QList<protocol::MarkRead>{{lobby, 41}, {lobby, 60}}));
    bench.time.advance(1s);
    bench.marks.markRead({lobby, 61});
    QCOMPARE(bench.sentMarks.size(), 3);
    QVERIFY(bench.toldMarks == QList<quint64>{40});
}

void tst_RoomMarks::readingOfflineIsMadeUpFor()
{
    Bench bench;
    bench.marks.linkUp({Bench::state(40, {})});
    bench.marks.markRead({lobby, 41});
    bench.marks.markRead({lobby, 50}); // waits for its turn, and the link is gone first
    bench.marks.linkDown();
    bench.marks.markRead({lobby, 70});
    bench.time.advance(1s);
    bench.forget();
    bench.marks.linkUp({Bench::state(45, {})});
    QCOMPARE(bench.sentMarks, (QList<protocol::MarkRead>{{lobby, 70}}));
    QVERIFY(bench.toldMarks.isEmpty());
}

void tst_RoomMarks::readMarkOfAnotherHistoryIsDropped()
{
    Bench bench;
    bench.marks.linkUp({Bench::state(40, {})});
    bench.marks.markRead({lobby, 90});
    bench.marks.linkDown();
    bench.forget();
    auto shorter = Bench::state(3, {});
    shorter.info.headSeq = 5;
    bench.marks.linkUp({shorter});
    QVERIFY(bench.sentMarks.isEmpty());
    QCOMPARE(bench.toldMarks, QList<quint64>{3});
}

void tst_RoomMarks::othersChangesAreTold()
{
    Bench bench;
    bench.marks.linkUp({Bench::state(40, {})});
    bench.forget();
    bench.marks.onReadMark({lobby, 50});
    bench.marks.onReadMark({lobby, 45});
    bench.marks.onDraft({lobby, u"from my desk"_s});
    QCOMPARE(bench.toldMarks, QList<quint64>{50});
    QCOMPARE(bench.toldDrafts, QStringList{u"from my desk"_s});
    // Both are known now: neither is sent back, nor told again.
    bench.marks.markRead({lobby, 50});
    bench.marks.setDraft({lobby, u"from my desk"_s});
    QVERIFY(bench.sentMarks.isEmpty());
    QVERIFY(bench.sentDrafts.isEmpty());
}

void tst_RoomMarks::draftAfterAnOutage_data()
{
    QTest::addColumn<QString>("changedOffline");
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("isInUse");
    QTest::addColumn<QStringList>("sent");
    QTest::addColumn<QStringList>("told");
    const QString same = u"before"_s;
    const QString ours = u"ours"_s;
    const QString theirs = u"theirs"_s;

    QTest::newRow("nothing changed") << same << same << true << QStringList() << QStringList();
    QTest::newRow("only here") << ours << same << true << QStringList{ours} << QStringList();
    QTest::newRow("only here, with another client in hand")
        << ours << same << false << QStringList{ours} << QStringList();
    QTest::newRow("only there") << same << theirs << true << QStringList() << QStringList{theirs};
    QTest::newRow("both, this one in hand") << ours << theirs << true << QStringList{ours} << QStringList();
    QTest::newRow("both, the other in hand") << ours << theirs << false << QStringList() << QStringList{theirs};
    QTest::newRow("both alike") << ours << ours << false << QStringList() << QStringList();
    QTest::newRow("emptied here") << u""_s << same << false << QStringList{u""_s} << QStringList();
    QTest::newRow("emptied there") << same << u""_s << true << QStringList() << QStringList{u""_s};
}

void tst_RoomMarks::draftAfterAnOutage()
{
    QFETCH(QString, changedOffline);
    QFETCH(QString, server);
    QFETCH(bool, isInUse);
    QFETCH(QStringList, sent);
    QFETCH(QStringList, told);
    Bench bench;
    bench.isInUse = isInUse;
    bench.marks.linkUp({Bench::state(0, u"before"_s)});
    bench.marks.linkDown();
    bench.forget();
    bench.marks.setDraft({lobby, changedOffline});
    QVERIFY(bench.sentDrafts.isEmpty());
    bench.marks.linkUp({Bench::state(0, server)});
    QCOMPARE(bench.sentDrafts, sent);
    QCOMPARE(bench.toldDrafts, told);
    // Once settled it stays so.
    bench.forget();
    bench.marks.linkUp({Bench::state(0, sent.isEmpty() ? server : sent.constFirst())});
    QVERIFY(bench.sentDrafts.isEmpty());
    QVERIFY(bench.toldDrafts.isEmpty());
}

void tst_RoomMarks::draftThatTheOldLinkSwallowedGoesAgain_data()
{
    QTest::addColumn<bool>("isInUse");
    QTest::newRow("in hand") << true;
    // As well may another device have gone back to it.
    QTest::newRow("another one in hand") << false;
}

void tst_RoomMarks::draftThatTheOldLinkSwallowedGoesAgain()
{
    QFETCH(bool, isInUse);
    Bench bench;
    bench.isInUse = isInUse;
    bench.marks.linkUp({Bench::state(0, u"a"_s)});
    for (const QString &text : {u"ab"_s, u"abc"_s, u"abcd"_s}) {
        bench.marks.setDraft({lobby, text});
        bench.time.advance(1s);
    }
    bench.forget();
    // The standby takes over: of three the server has read one.
    bench.marks.linkUp({Bench::state(0, u"ab"_s)});
    QCOMPARE(bench.sentDrafts, isInUse ? QStringList{u"abcd"_s} : QStringList());
    QCOMPARE(bench.toldDrafts, isInUse ? QStringList() : QStringList{u"ab"_s});
}

void tst_RoomMarks::draftOfLongAgoDoesNotComeBack()
{
    Bench bench;
    bench.marks.linkUp({Bench::state(0, {})});
    bench.marks.setDraft({lobby, u"x"_s});
    bench.time.advance(10min);
    bench.marks.setDraft({lobby, u"xy"_s});
    bench.time.advance(10min);
    bench.marks.setDraft({lobby, u"xyz"_s});
    bench.time.advance(10min);
    bench.marks.linkDown();
    bench.forget();
    // Another device has sent it as a message meanwhile: that the field was empty once is long ago.
    bench.marks.linkUp({Bench::state(0, {})});
    QVERIFY(bench.sentDrafts.isEmpty());
    QCOMPARE(bench.toldDrafts, QStringList{QString()});

    bench.marks.linkUp({Bench::state(0, u"xyz"_s)});
    bench.forget();
    bench.marks.linkDown();
    bench.marks.linkUp({Bench::state(0, u"xy"_s)});
    QCOMPARE(bench.toldDrafts, QStringList{u"xy"_s});
}

void tst_RoomMarks::draftBeforeTheFirstWelcome()
{
    Bench bench;
    bench.marks.setDraft({lobby, u"typed while connecting"_s});
    bench.marks.linkUp({Bench::state(0, {})});
    QCOMPARE(bench.sentDrafts, QStringList{u"typed while connecting"_s});
    QVERIFY(bench.toldDrafts.isEmpty());
}

void tst_RoomMarks::roomThatIsGoneIsForgotten()
{
    Bench bench;
    auto other = Bench::state(7, u"of ops"_s);
    other.info.id = ops;
    bench.marks.linkUp({Bench::state(9, u"of lobby"_s), other});
    bench.marks.onLeft(ops);
    bench.marks.linkDown();
    bench.marks.setDraft({lobby, u"changed"_s});
    bench.forget();
    bench.marks.linkUp({other});
    QVERIFY(bench.sentDrafts.isEmpty());
    QCOMPARE(bench.toldDrafts, QStringList{u"of ops"_s});
    bench.forget();
    bench.marks.onJoined(Bench::state(9, u"of lobby"_s));
    QVERIFY(bench.sentDrafts.isEmpty());
    QCOMPARE(bench.toldDrafts, QStringList{u"of lobby"_s});
    QCOMPARE(bench.toldMarks, QList<quint64>{9});
}

QTEST_GUILESS_MAIN(tst_RoomMarks)
#include "tst_roommarks.moc"
