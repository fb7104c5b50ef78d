#pragma once

#include "ui/loadtestcontroller.h"

#include <cmath>

namespace lanline::test {

/// Load tests without a load: remembers what it was asked, and answers when the test says so.
class FakeLoadTestController final : public ui::LoadTestController
{
public:
    using LoadTestController::LoadTestController;

    void start(const ui::LoadTestPlan &plan) override
    {
        starts.append(plan);
        m_isRunning = true;
    }
    void stop() override { ++stops; }
    bool isRunning() const override { return m_isRunning; }
    QList<ui::LoadTestReport> reports() const override { return m_reports; }
    void setNote(WallTime beganAt, const QString &note) override { notes.append({beganAt, note}); }
    Result<void, QString> saveHtml(const ui::LoadTestReport &report, const QString &path) override
    {
        saved.append({report, path});
        return {};
    }

    void setReports(const QList<ui::LoadTestReport> &reports) { m_reports = reports; }
    void tell(const ui::LoadTestReport &soFar, double share) { Q_EMIT progressed(soFar, share); }
    void finish(const ui::LoadTestReport &report)
    {
        m_isRunning = false;
        m_reports.prepend(report);
        Q_EMIT finished(report);
    }

    /// A step of `offered` messages per second to `clients`, for 3 s, with times around `median`.
    static ui::LoadTestStep step(double offered, int clients, std::chrono::microseconds median)
    {
        ui::LoadTestStep step;
        step.time = std::chrono::seconds(3);
        step.offered = offered;
        step.stored = offered;
        step.sent = quint64(offered) * 3;
        step.succeeded = step.sent;
        step.delivered = step.sent * quint64(clients);
        step.longestAt = WallTime(std::chrono::milliseconds(1'795'000'017'000));
        step.serverBusy = 0.11;
        step.generatorBusy = 0.3;
        // The sums of dice make a bell, and its logarithm a tail.
        quint32 state = 12345;
        for (int i = 0; i < 40'000; ++i) {
            double bell = 0;
            for (int die = 0; die < 6; ++die) {
                state = state * 1664525U + 1013904223U;
                bell += double(state >> 8) / double(1U << 24) - 0.5;
            }
            const double factor = std::exp(bell * (bell > 0 ? 1.6 : 1.1));
            step.delivery.record(std::chrono::microseconds(qint64(double(median.count()) * factor)));
        }
        return step;
    }

    /// A run of 50 clients with 20 messages/s each that met its knee at four times that.
    static ui::LoadTestReport report()
    {
        ui::LoadTestReport report;
        report.beganAt = WallTime(std::chrono::milliseconds(1'795'000'000'000));
        report.endedAt = report.beganAt + std::chrono::seconds(28);
        const int clients = report.plan.clients;
        using std::chrono::microseconds;
        report.steps = {step(250, clients, microseconds(420)), step(500, clients, microseconds(450)),
            step(750, clients, microseconds(500)), step(1000, clients, microseconds(580)),
            step(1500, clients, microseconds(700)), step(2000, clients, microseconds(900)),
            step(3000, clients, microseconds(1300)), step(4000, clients, microseconds(2100)),
            step(6000, clients, microseconds(18'000))};
        report.knee = 7;
        report.isSameMachine = true;
        report.serverCpuPerDelivery = std::chrono::nanoseconds(2100);
        report.membersBefore = microseconds(900);
        report.membersDuring = microseconds(1400);
        report.membersWorst = microseconds(6000);
        report.machine = QStringLiteral("studio, Debian GNU/Linux 12, 8 × x86_64");
        report.serverName = QStringLiteral("Studio LAN");
        return report;
    }

    QList<ui::LoadTestPlan> starts;
    int stops = 0;
    QList<std::pair<WallTime, QString>> notes;
    QList<std::pair<ui::LoadTestReport, QString>> saved;

private:
    bool m_isRunning = false;
    QList<ui::LoadTestReport> m_reports;
};

} // namespace lanline::test
