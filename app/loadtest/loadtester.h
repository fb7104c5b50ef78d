#pragma once

#include "app/loadtest/loadreports.h"
#include "client/values.h"
#include "core/crossing.h"
#include "ui/loadtestcontroller.h"

#include <QPointer>
#include <QThread>

#include <atomic>
#include <chrono>

namespace lanline::client {
class ChatSession;
}

namespace lanline::loadtest {

class LoadRun;

/// Load tests for the face, of the server that a session is connected to. Lives in the GUI thread; a run has a thread
/// of its own. While one runs the session beats every second, for its round trips tell whether members suffer.
class LoadTester final : public ui::LoadTestController
{
    Q_OBJECT

public:
    /// `session` outlives it. `folder`: the profile's, where reports are kept; empty: they end with this object.
    LoadTester(client::ChatSession &session, const QString &folder, QObject *parent = nullptr);
    ~LoadTester() override;

    void start(const ui::LoadTestPlan &plan) override;
    void stop() override;
    bool isRunning() const override { return m_isRunning; }
    QList<ui::LoadTestReport> reports() const override { return m_reports.all(); }
    void setNote(WallTime beganAt, const QString &note) override;
    Result<void, QString> saveHtml(const ui::LoadTestReport &report, const QString &path) override;

Q_SIGNALS:
    /// The session must beat every second now; no more, if false.
    void measuringWanted(bool isWanted);

    // Into the run's thread; not for others.
    void stopRequested(QPrivateSignal);
    void roundTripTold(const lanline::Crossing<std::chrono::microseconds> &roundTrip, QPrivateSignal);

private:
    void onRoundTrip(const client::RoundTrip &roundTrip);
    void onProgressed(const Crossing<ui::LoadTestReport> &soFar, double share);
    void onGuestsKnown(const Crossing<QList<QByteArray>> &secrets);
    void onFinished(const Crossing<ui::LoadTestReport> &report);
    void conclude(ui::LoadTestReport report);
    void endThread();

    client::ChatSession &m_session;
    LoadReports m_reports;
    QThread m_thread; ///< of the run
    std::atomic_bool m_hasRunGone = true; ///< told by its thread, last of all
    LoadRun *m_run = nullptr; ///< lives there
    ServerId m_server; ///< that is tested
    QString m_serverName;
    bool m_isRunning = false;
};

} // namespace lanline::loadtest
