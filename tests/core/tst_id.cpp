#include "core/id.h"

#include <QSet>
#include <QTest>

#include <rapidcheck.h>

using namespace Qt::StringLiterals;
using namespace lanline;

namespace {

constexpr qint64 latestMs = (qint64(1) << 48) - 1;

/// The first 48 bits, big-endian.
qint64 timePart(const MessageId &id)
{
    const QByteArray bytes = id.value().toRfc4122();
    qint64 time = 0;
    for (int i = 0; i < 6; ++i)
        time = (time << 8) | uchar(bytes.at(i));
    return time;
}

} // namespace

class TestId final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kindsDoNotMix()
    {
        static_assert(!std::is_convertible_v<QString, RoomId>);
        static_assert(!std::is_convertible_v<RoomId, QString>);
        static_assert(!std::is_constructible_v<RoomId, ClientId>);
        static_assert(!std::equality_comparable_with<RoomId, ClientId>);
        static_assert(!std::equality_comparable_with<DeviceId, Epoch>);
    }

    void aNullOneIsTheDefault()
    {
        QVERIFY(RoomId().isNull());
        QVERIFY(RoomId(QString()).isNull());
        QVERIFY(UserId(0).isNull());
        QVERIFY(MessageId().isNull());
        QVERIFY(!RoomId(u"lobby"_s).isNull());
        QVERIFY(!makeMessageId(0).isNull());
    }

    void comparesAndHashesByValue()
    {
        const RoomId lobby(u"lobby"_s);
        QCOMPARE(lobby, RoomId(u"lobby"_s));
        QCOMPARE(qHash(lobby), qHash(RoomId(u"lobby"_s)));
        QVERIFY(lobby != RoomId(u"ops"_s));
        QVERIFY(lobby < RoomId(u"ops"_s));
        const QHash<RoomId, int> rooms{{lobby, 1}, {RoomId(u"ops"_s), 2}};
        QCOMPARE(rooms.value(RoomId(u"ops"_s)), 2);
        const QSet<UserId> users{UserId(1), UserId(2), UserId(1)};
        QCOMPARE(users.size(), 2);
        QVERIFY(!users.contains(UserId(3)));
    }

    void messageIdsAreUuidsOfVersion7()
    {
        QVERIFY(rc::check("version, variant and time are where RFC 9562 has them", [] {
            const auto time = *rc::gen::inRange<qint64>(0, latestMs);
            const MessageId id = makeMessageId(time);
            const QByteArray bytes = id.value().toRfc4122();
            RC_ASSERT((uchar(bytes.at(6)) >> 4) == 7);
            RC_ASSERT((uchar(bytes.at(8)) >> 6) == 2);
            RC_ASSERT(timePart(id) == time);
        }));
        QCOMPARE(timePart(makeMessageId(latestMs)), latestMs);
        // The example of RFC 9562, appendix A.6.
        QVERIFY(makeMessageId(0x017F22E279B0).value().toString(QUuid::WithoutBraces).startsWith(u"017f22e2-79b0-7"_s));
    }

    void messageIdsSortByTime()
    {
        QVERIFY(rc::check("a later one has the greater text", [] {
            const auto first = *rc::gen::inRange<qint64>(0, latestMs - 1);
            const auto later = *rc::gen::inRange<qint64>(first + 1, latestMs);
            RC_ASSERT(makeMessageId(first).value().toString() < makeMessageId(later).value().toString());
        }));
    }

    void messageIdsOfOneMillisecondDiffer()
    {
        QSet<MessageId> ids;
        QByteArray setBits(16, '\0');
        QByteArray clearBits(16, '\0');
        for (int i = 0; i < 10'000; ++i) {
            const MessageId id = makeMessageId(1'712'345'678'901);
            ids.insert(id);
            const QByteArray bytes = id.value().toRfc4122();
            for (int at = 0; at < 16; ++at) {
                setBits[at] = char(setBits.at(at) | bytes.at(at));
                clearBits[at] = char(clearBits.at(at) | ~bytes.at(at));
            }
        }
        QCOMPARE(ids.size(), 10'000);
        // Each of the 74 random bits has been seen both ways.
        const QByteArray random = QByteArray::fromHex("0fff3fffffffffffffff");
        for (int at = 6; at < 16; ++at) {
            const char mask = random.at(at - 6);
            QCOMPARE(char(setBits.at(at) & clearBits.at(at) & mask), mask);
        }
    }
};

QTEST_GUILESS_MAIN(TestId)
#include "tst_id.moc"
