#include "server/hub/room.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::server;

class tst_Room : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pages_data();
    void pages();
    void keepsOnlyTheNewest();
    void pageEndsAtItsBytes();
    void pageTellsAnEventOverItsBytes();
};

namespace {

protocol::Event eventAt(quint64 seq, const QString &text = u"x"_s)
{
    protocol::Event event;
    event.seq = seq;
    event.text = text;
    return event;
}

Room roomWith(quint64 events, const protocol::Limits &limits, quint64 headBefore = 0)
{
    Room room({RoomId(u"r"_s), u"R"_s, headBefore, 1, {}}, limits);
    for (quint64 i = 1; i <= events; ++i)
        room.append(eventAt(headBefore + i));
    return room;
}

std::optional<QList<protocol::Event>> messagesBefore(const Room &room, quint64 seq, int count)
{
    const auto page = room.pageBefore(seq, count);
    return page ? std::optional(page->messages) : std::nullopt;
}

/// "5-7", "" for an empty page, "store" where memory does not have it.
QString describe(const std::optional<QList<protocol::Event>> &page)
{
    if (!page)
        return u"store"_s;
    if (page->isEmpty())
        return {};
    for (qsizetype i = 1; i < page->size(); ++i) {
        if (page->at(i).seq != page->at(i - 1).seq + 1)
            return u"gap"_s;
    }
    return u"%1-%2"_s.arg(page->first().seq).arg(page->last().seq);
}

} // namespace

void tst_Room::pages_data()
{
    QTest::addColumn<quint64>("headBefore"); // events that only the store has
    QTest::addColumn<quint64>("appended");
    QTest::addColumn<bool>("isAfter");
    QTest::addColumn<quint64>("from");
    QTest::addColumn<QString>("expected");

    QTest::newRow("after, empty room") << 0ull << 0ull << true << 0ull << u""_s;
    QTest::newRow("after, all") << 0ull << 3ull << true << 0ull << u"1-3"_s;
    QTest::newRow("after, at the head") << 0ull << 3ull << true << 3ull << u""_s;
    QTest::newRow("after, beyond the head") << 0ull << 3ull << true << 4ull << u"store"_s;
    QTest::newRow("after, a page of four") << 0ull << 8ull << true << 1ull << u"2-5"_s;
    QTest::newRow("after, the tail begins here") << 10ull << 3ull << true << 10ull << u"11-13"_s;
    QTest::newRow("after, one below the tail") << 10ull << 3ull << true << 9ull << u"store"_s;
    QTest::newRow("after, restarted, at the head") << 10ull << 0ull << true << 10ull << u""_s;
    QTest::newRow("after, restarted, behind") << 10ull << 0ull << true << 9ull << u"store"_s;
    QTest::newRow("before, empty room") << 0ull << 0ull << false << 1ull << u""_s;
    QTest::newRow("before, fewer than a page") << 0ull << 3ull << false << 4ull << u"1-3"_s;
    QTest::newRow("before, a page of four") << 0ull << 8ull << false << 9ull << u"5-8"_s;
    QTest::newRow("before the first") << 0ull << 3ull << false << 1ull << u""_s;
    QTest::newRow("before, beyond the head") << 0ull << 3ull << false << 99ull << u"1-3"_s;
    QTest::newRow("before, only partly in memory") << 10ull << 3ull << false << 14ull << u"store"_s;
}

void tst_Room::pages()
{
    QFETCH(quint64, headBefore);
    QFETCH(quint64, appended);
    QFETCH(bool, isAfter);
    QFETCH(quint64, from);
    QFETCH(QString, expected);
    protocol::Limits limits;
    limits.pageEvents = 4;
    const Room room = roomWith(appended, limits, headBefore);
    QCOMPARE(describe(isAfter ? room.pageAfter(from) : messagesBefore(room, from, limits.pageEvents)), expected);
}

void tst_Room::keepsOnlyTheNewest()
{
    protocol::Limits limits;
    limits.tailEvents = 5;
    const Room room = roomWith(20, limits);
    QCOMPARE(room.headSeq(), 20ull);
    QCOMPARE(describe(room.pageAfter(15)), u"16-20"_s);
    QCOMPARE(describe(room.pageAfter(14)), u"store"_s);
}

void tst_Room::pageEndsAtItsBytes()
{
    protocol::Limits limits;
    limits.pageBytes = 9;
    Room room = roomWith(0, limits);
    for (quint64 seq = 1; seq <= 4; ++seq)
        room.append(eventAt(seq, u"中"_s)); // three bytes
    QCOMPARE(describe(room.pageAfter(0)), u"1-3"_s);
    QCOMPARE(describe(messagesBefore(room, 5, 4)), u"2-4"_s);
}

void tst_Room::pageTellsAnEventOverItsBytes()
{
    protocol::Limits limits;
    limits.pageBytes = 2;
    Room room = roomWith(0, limits);
    room.append(eventAt(1, u"longer than a page"_s));
    room.append(eventAt(2, u"this one too"_s));
    QCOMPARE(describe(room.pageAfter(0)), u"1-1"_s);
    QCOMPARE(describe(messagesBefore(room, 3, 2)), u"2-2"_s);
}

QTEST_GUILESS_MAIN(tst_Room)
#include "tst_room.moc"
