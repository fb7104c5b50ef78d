#include "protocol/codec.h"
#include "tests/protocol/examples.h"

#include <QTest>
#include <QThread>

using namespace lanline;
using namespace lanline::protocol;

/// The server's thread and the network thread of one process both use the codec, and its tables are made at first use.
class TestCodecThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codecIsUsedByThreadsAtOnce();
};

void TestCodecThreads::codecIsUsedByThreadsAtOnce()
{
    constexpr int threadCount = 4;
    constexpr int rounds = 20;
    std::vector<std::unique_ptr<QThread>> threads;
    threads.reserve(threadCount);
    std::vector<int> failures(threadCount, 0);
    for (int &failed : failures) {
        threads.emplace_back(QThread::create([&failed] {
            for (int i = 0; i < rounds; ++i) {
                for (const Encoding encoding : {Encoding::Json, Encoding::Protobuf}) {
                    for (const auto &example : commandExamples())
                        failed += decodeCommand(encoding, encode(encoding, example.value), {}) != example.value;
                    for (const auto &example : messageExamples())
                        failed += decodeMessage(encoding, encode(encoding, example.value), {}) != example.value;
                    failed += decodeCommand(encoding, "\xff\xff", {}).has_value();
                }
            }
        }));
    }
    for (const auto &thread : threads)
        thread->start();
    for (const auto &thread : threads)
        QVERIFY(thread->wait());
    QCOMPARE(failures, std::vector<int>(threadCount, 0));
}

QTEST_GUILESS_MAIN(TestCodecThreads)
#include "tst_codecthreads.moc"
