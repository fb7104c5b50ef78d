#include "core/crossing.h"

#include <QCoreApplication>
#include <QObject>
#include <QThread>

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

/// Sends samples from its own thread, and keeps the latest where nobody else may look.
class Talker : public QObject
{
    Q_OBJECT

public:
    void talk()
    {
        for (int number = 1; number <= messages; ++number) {
            latest = {number, number * number};
            Q_EMIT said(latest);
        }
    }

    Sample latest;

Q_SIGNALS:
    void said(const Crossing<Sample> &sample);
};

} // namespace

// Proves that the TSan run sees what it is there for. `planted_race bare` reads, at each message, a value of another
// thread past its envelope: TSan has to report it. `planted_race wrapped` does the same work with what came in the
// envelope: TSan has to stay silent.
int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const bool bare = argc == 2 && std::string_view(argv[1]) == "bare";

    Talker talker;
    QObject listener;
    int heard = 0;
    bool intact = true;
    QObject::connect(&talker, &Talker::said, &listener, [&](const Crossing<Sample> &sample) {
        const Sample read = bare ? talker.latest : *sample;
        intact = intact && (bare || read.square == read.number * read.number);
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

    std::printf("heard %d samples\n", heard);
    return intact ? 0 : 1;
}

#include "planted_race.moc"
