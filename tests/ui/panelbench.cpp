// What an open diagnostics panel costs: panel_bench [SECONDS]. Fills a record with a full hour, 36,000 messages, 3,600
// heartbeats and 600 stalls, and lets more come while the panel is on the screen, as a busy room would. Tells, for each
// window of time and pace, the GUI thread's processor time in percent of a core: of recording alone, with the panel
// closed, and of the panel.

#include "client/chatsession.h"
#include "linkstory.h"
#include "ui/models/diagnosis.h"
#include "ui/models/diagnosticsrecord.h"
#include "ui/panels/diagnosticspanel.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QThread>
#include <QTimer>

#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;

namespace {

double threadMs()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

class Bench
{
public:
    Bench()
        : m_session({u"Alice"_s, {}}, &m_network)
    {
        m_network.start();
        m_record.follow(m_session);
        test::LinkStory story(m_session);
        story.online(u"Alice"_s, u"Studio LAN"_s);
        for (int i = 0; i < messages; ++i) {
            const double ago = hour * double(messages - i) / messages;
            if (i % 10 == 0)
                story.roundTrip(ago, std::chrono::microseconds(qRound64(about(4) * 1000)));
            if (i % 60 == 0)
                story.stall(ThreadKind::Gui, ago, 60ms);
            message(story, ago);
        }
    }
    ~Bench()
    {
        m_network.quit();
        m_network.wait();
    }

    /// Percent of a core.
    double measure(ui::DiagnosticsPanel *panel, int perSecond, std::chrono::seconds time)
    {
        const int framesBefore = m_frames;
        QTimer pace;
        pace.setTimerType(Qt::PreciseTimer);
        QObject::connect(&pace, &QTimer::timeout, &pace, [this] {
            test::LinkStory now(m_session, ++m_told);
            message(now, 0);
        });
        if (panel)
            panel->show();
        run(1s); // what is new only once
        pace.start(1000 / perSecond);
        const double before = threadMs();
        QElapsedTimer timer;
        timer.start();
        run(time);
        const double percent = (threadMs() - before) / double(timer.elapsed()) * 100;
        m_framesPerSecond = double(m_frames - framesBefore) / std::chrono::duration<double>(time + 1s).count();
        if (panel)
            panel->hide();
        return percent;
    }

    /// Microseconds for each call of a question that every refresh asks.
    template <class Ask>
    double cost(const Ask &ask)
    {
        constexpr int times = 50;
        const double before = threadMs();
        for (int i = 0; i < times; ++i)
            ask(m_record, ui::TimeRange{m_record.now() - 1h, m_record.now()});
        return (threadMs() - before) * 1000 / times;
    }

    ui::DiagnosticsRecord &record() { return m_record; }
    void count(ui::DiagnosticsPanel &panel)
    {
        QObject::connect(&panel, &ui::DiagnosticsPanel::refreshed, &panel, [this] { ++m_frames; });
    }
    double framesPerSecond() const { return m_framesPerSecond; } ///< of the last measure()

private:
    static constexpr int messages = 36'000;
    static constexpr double hour = 3'590;

    double about(double ms) { return ms * std::exp(m_noise(m_random)); }
    void message(test::LinkStory &story, double ago)
    {
        story.message(ago, m_random() % 2 == 0,
            {about(0.4), about(0.9), about(2), about(0.2), about(2), about(0.3), about(0.6), about(4), about(0.8),
                about(2), about(0.1), about(0.3), about(0.5)});
    }
    static void run(std::chrono::milliseconds time)
    {
        QEventLoop loop; // the application's own would close the panel when it ends
        QTimer::singleShot(time, &loop, &QEventLoop::quit);
        loop.exec();
    }

    std::mt19937 m_random{7};
    std::normal_distribution<double> m_noise{0, 0.5};
    QThread m_network;
    client::ChatSession m_session;
    ui::DiagnosticsRecord m_record;
    quint64 m_told = messages;
    int m_frames = 0;
    double m_framesPerSecond = 0;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const std::chrono::seconds time(QCoreApplication::arguments().value(1, u"10"_s).toInt());
    ui::ThemeController themes;
    Bench bench;
    QApplication::setQuitOnLastWindowClosed(false);
    std::printf("of an hour, microseconds each: figures %.0f, slowest twentieth %.0f, verdict %.0f\n",
        bench.cost([](const auto &record, const auto &range) { return record.traces().summary(range).count; }),
        bench.cost([](const auto &record, const auto &range) { return record.traces().slowest(range, 1800).size(); }),
        bench.cost([](const auto &record, const auto &range) { return diagnose(record, range).shares[0]; }));
    ui::DiagnosticsPanel panel(bench.record(), themes);
    bench.count(panel);
    std::printf("window  messages/s  recording  with panel  (percent of a core, GUI thread)  frames/s\n");
    for (const int perSecond : {10, 30}) {
        const double alone = bench.measure(nullptr, perSecond, time);
        for (const std::chrono::seconds window : {10s, 60s, 300s, 3600s}) {
            panel.setWindow(window);
            const double open = bench.measure(&panel, perSecond, time);
            std::printf("%4lld s  %10d  %9.2f  %10.2f  %38.1f\n", static_cast<long long>(window.count()), perSecond,
                alone, open, bench.framesPerSecond());
            std::fflush(stdout);
        }
    }
    return 0;
}
