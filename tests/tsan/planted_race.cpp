#include "core/crossing.h"

#include <QCoreApplication>
#include <QObject>
#include <QThread>

#include <array>
#include <cstdio>
#include <string_view>

using lanline::Crossing;

namespace {

constexpr int messages = 500;

struct Sample
{
    int number = 0;
    int square = 0;
};

/// Sends samples from its own thread, and keeps a copy of each where nobody else may look.
class Talker : public QObject
{
    Q_OBJECT

public:
    void talk()
    {
        for (int number = 1; number <= messages; ++number) {
            const Sample sample{number, number * number};
            Q_EMIT said(sample);
            // The envelope has left: what is written now is ordered before nothing.
            kept[size_t(number - 1)] = sample;
        }
    }

    std::array<Sample, messages> kept;

Q_SIGNALS:
    void said(const Crossing<Sample> &sample);
};

} // namespace

// Proves that the TSan run sees what it is there for. `planted_race bare` reads, at each message, the copy in the other
// thread past its envelope: TSan has to report it. `planted_race wrapped` does the same work with what came in the
// envelope: TSan has to stay silent. A race on one place alone would be one chance per run, and TSan misses some of
// those; here it has one per message.
int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const bool bare = argc == 2 && std::string_view(argv[1]) == "bare";

    Talker talker;
    QObject listener;
    size_t heard = 0;
    int wrong = 0;
    QObject::connect(&talker, &Talker::said, &listener, [&](const Crossing<Sample> &sample) {
        const Sample read = bare ? talker.kept[heard] : *sample;
        wrong += read.square != int((heard + 1) * (heard + 1));
        if (++heard == messages)
            QCoreApplication::quit();
    });

    QThread thread;
    talker.moveToThread(&thread);
    QObject::connect(&thread, &QThread::started, &talker, &Talker::talk);
    thread.start();
    QCoreApplication::exec();
    thread.quit();
    thread.wait();

    std::printf("heard %zu samples, %d of them wrong\n", heard, wrong);
    return bare || wrong == 0 ? 0 : 1;
}

#include "planted_race.moc"
