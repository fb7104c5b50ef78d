#pragma once

#include "app/loadtest/loadrun.h"

#include <QTest>
#include <QThread>

#include <chrono>
#include <optional>

namespace lanline::loadtest {

/// A run in its thread, and what it told.
class RunningTest final : public QObject
{
public:
    explicit RunningTest(const LoadRunSetup &setup)
        : m_run(new LoadRun(setup))
    {
        m_run->moveToThread(&m_thread);
        connect(&m_thread, &QThread::started, m_run, &LoadRun::begin);
        connect(&m_thread, &QThread::finished, m_run, &QObject::deleteLater);
        connect(m_run, &LoadRun::progressed, this, &RunningTest::onProgressed);
        connect(m_run, &LoadRun::guestsKnown, this, &RunningTest::onGuestsKnown);
        connect(m_run, &LoadRun::finished, this, &RunningTest::onFinished);
        m_thread.start();
    }
    ~RunningTest() override
    {
        m_thread.quit();
        m_thread.wait();
    }
    RunningTest(const RunningTest &) = delete;
    RunningTest &operator=(const RunningTest &) = delete;

    void stop() { QMetaObject::invokeMethod(m_run, &LoadRun::stop); }
    void tellRoundTrip(std::chrono::microseconds roundTrip)
    {
        QMetaObject::invokeMethod(
            m_run, [run = m_run, told = Crossing<std::chrono::microseconds>(roundTrip)] { run->noteRoundTrip(told); });
    }
    bool isSending() const { return progress && !progress->steps.isEmpty() && progress->steps.constLast().sent > 0; }
    bool waitForEnd() const
    {
        return QTest::qWaitFor([this] { return report.has_value(); }, 20'000);
    }

    std::optional<ui::LoadTestReport> report;
    std::optional<ui::LoadTestReport> progress;
    double share = 0;
    QList<QByteArray> secrets;

private:
    void onProgressed(const Crossing<ui::LoadTestReport> &soFar, double how)
    {
        progress = *soFar;
        share = how;
    }
    void onGuestsKnown(const Crossing<QList<QByteArray>> &known) { secrets = *known; }
    void onFinished(const Crossing<ui::LoadTestReport> &told) { report = *told; }

    QThread m_thread;
    LoadRun *m_run;
};

/// A short one, of a server at `url`.
inline LoadRunSetup shortTest(const QUrl &url, int clients, std::chrono::seconds duration = std::chrono::seconds(2))
{
    LoadRunSetup setup;
    setup.url = url;
    setup.plan = {clients, 10, 64, duration};
    setup.app = QStringLiteral("test");
    setup.guestName = QStringLiteral("Load test");
    setup.roomTitle = QStringLiteral("Load test");
    setup.watchesMembers = false;
    return setup;
}

} // namespace lanline::loadtest
