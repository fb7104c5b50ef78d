#include "server/net/fanoutbuffer.h"

#include <QTest>

#include <rapidcheck.h>

using namespace lanline::server;

class tst_OutputQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatItWasGiven();
    void sharesWhatIsLarge();
    void holdsNothingWhenEmpty();
    void broadcastLiesInOnePlaceForAll();
    void slowConnectionKeepsNoPlaceAlive();
    void placesAreUsedAgainWhenNobodyNeedsThem();
};

void tst_OutputQueue::givesBackWhatItWasGiven()
{
    BufferPool pool;
    QVERIFY(rc::check("whatever is queued and however little is sent at a time", [&pool] {
        OutputQueue queue(pool);
        QByteArray given;
        QByteArray taken;
        const int steps = *rc::gen::inRange(1, 60);
        for (int i = 0; i < steps; ++i) {
            if (*rc::gen::inRange(0, 3) > 0) {
                const QByteArray payload(*rc::gen::inRange(0, 20'000), char('a' + i % 26));
                const qsizetype offset = payload.size() / 3;
                queue.append("head", payload, offset, payload.size() - offset);
                given += "head" + payload.sliced(offset);
            } else if (!queue.isEmpty()) {
                std::array<QByteArrayView, 3> pieces;
                const size_t count = queue.front(pieces);
                QByteArray front;
                for (size_t piece = 0; piece < count; ++piece)
                    front += pieces.at(piece);
                const qsizetype sent = *rc::gen::inRange<qsizetype>(1, front.size() + 1);
                taken += front.first(sent);
                queue.drop(sent);
            }
            RC_ASSERT(queue.bytes() == given.size() - taken.size());
        }
        RC_ASSERT(given.startsWith(taken));
        while (!queue.isEmpty()) {
            std::array<QByteArrayView, 64> pieces;
            RC_ASSERT(queue.front(pieces) > 0);
            taken += pieces.front();
            queue.drop(pieces.front().size());
        }
        RC_ASSERT(given == taken);
    }));
}

void tst_OutputQueue::sharesWhatIsLarge()
{
    BufferPool pool;
    OutputQueue first(pool);
    OutputQueue second(pool);
    const QByteArray payload(100'000, 'x');
    for (OutputQueue *queue : {&first, &second}) {
        queue->append("h", payload, 0, payload.size());
        std::array<QByteArrayView, 2> pieces;
        QCOMPARE(queue->front(pieces), size_t(2));
        QCOMPARE(static_cast<const void *>(pieces[1].data()), static_cast<const void *>(payload.constData()));
    }
}

void tst_OutputQueue::holdsNothingWhenEmpty()
{
    BufferPool pool;
    OutputQueue queue(pool);
    const QByteArray payload(100'000, 'x');
    queue.append("h", payload, 0, payload.size());
    QVERIFY(!payload.isDetached());
    queue.drop(queue.bytes());
    QVERIFY(payload.isDetached());
    std::array<QByteArrayView, 1> pieces;
    QCOMPARE(queue.front(pieces), size_t(0));
}

void tst_OutputQueue::broadcastLiesInOnePlaceForAll()
{
    BufferPool pool;
    FanOutBuffer fanOut;
    std::array<std::unique_ptr<OutputQueue>, 3> queues;
    for (auto &queue : queues)
        queue = std::make_unique<OutputQueue>(pool);
    QByteArray expected;
    for (int i = 0; i < 100; ++i) {
        const SharedFrame frame{lanline::protocol::Encoding::Json, QByteArray::number(i).repeated(20)};
        expected += "h" + frame.payload;
        for (const auto &queue : queues) {
            if (const SharedPlace *place = fanOut.placeOf(frame, "h"))
                queue->append(*place);
            else
                queue->append("h", frame.payload, 0, frame.payload.size());
        }
    }
    std::array<QByteArrayView, 2> pieces;
    for (const auto &queue : queues) {
        QCOMPARE(queue->front(pieces), size_t(1));
        QCOMPARE(pieces[0].toByteArray(), expected);
    }
    const char *second = (queues[1]->front(pieces), pieces[0].data());
    const char *third = (queues[2]->front(pieces), pieces[0].data());
    QCOMPARE(static_cast<const void *>(second), static_cast<const void *>(third));
}

void tst_OutputQueue::slowConnectionKeepsNoPlaceAlive()
{
    BufferPool pool;
    OutputQueue queue(pool);
    const auto bytes = std::make_shared<SharedBytes>();
    std::copy_n("shared", 6, bytes->bytes.data());
    queue.append("own ");
    queue.append(SharedPlace{bytes, 0, 6});
    queue.append(" own");
    queue.drop(2);
    queue.ownPlaces();
    QCOMPARE(bytes.use_count(), 1L);
    QCOMPARE(queue.bytes(), qint64(12));
    QByteArray all;
    std::array<QByteArrayView, 4> pieces;
    for (size_t i = 0, count = queue.front(pieces); i < count; ++i)
        all += pieces.at(i);
    QCOMPARE(all, QByteArray("n shared own"));
}

void tst_OutputQueue::placesAreUsedAgainWhenNobodyNeedsThem()
{
    BufferPool pool;
    FanOutBuffer fanOut;
    const char *where = nullptr;
    for (int i = 0; i < 10'000; ++i) {
        OutputQueue queue(pool);
        const SharedFrame frame{lanline::protocol::Encoding::Protobuf, QByteArray(3'000, char(i))};
        QVERIFY(!fanOut.placeOf(frame, "head"));
        const SharedPlace *place = fanOut.placeOf(frame, "head");
        QVERIFY(place);
        QCOMPARE(place->end - place->begin, qsizetype(3'004));
        queue.append(*place);
        std::array<QByteArrayView, 1> pieces;
        queue.front(pieces);
        if (where)
            QCOMPARE(static_cast<const void *>(pieces[0].data()), static_cast<const void *>(where));
        where = pieces[0].data();
    }
}

QTEST_GUILESS_MAIN(tst_OutputQueue)
#include "tst_outputqueue.moc"
