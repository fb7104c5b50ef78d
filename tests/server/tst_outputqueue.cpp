#include "server/net/outputqueue.h"

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

QTEST_GUILESS_MAIN(tst_OutputQueue)
#include "tst_outputqueue.moc"
