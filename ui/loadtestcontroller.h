#pragma once

#include "core/histogram.h"
#include "core/timing.h"

#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <optional>

namespace lanline::ui {

struct LoadTestPlan
{
    int clients = 50;
    int messagesPerSecond = 20; ///< each client
    int payload = 256; ///< bytes of text
    std::chrono::seconds duration{30}; ///< of the whole ramp

    friend bool operator==(const LoadTestPlan &, const LoadTestPlan &) = default;
};

/// One step of the ramp.
struct LoadTestStep
{
    double offered = 0; ///< messages per second that were to be sent
    double stored = 0; ///< messages per second that were acknowledged
    quint64 sent = 0;
    quint64 succeeded = 0; ///< of them stored in time
    quint64 delivered = 0; ///< events that arrived, over all clients
    Histogram delivery; ///< sent until delivered, over all clients
    double serverBusy = -1; ///< share of the time; below 0: not known
};

struct LoadTestReport
{
    enum class End : quint8 { Done, Stopped, MembersSuffered, Failed };

    LoadTestPlan plan;
    End end = End::Done;
    QString problem; ///< of Failed: a sentence
    WallTime beganAt;
    WallTime endedAt;
    QList<LoadTestStep> steps; ///< in the order in which they ran
    std::optional<int> knee; ///< index of the last step before latency or success got worse; none: there was no knee
    quint64 lost = 0; ///< acknowledged and not delivered to somebody who was there
    std::optional<std::chrono::nanoseconds> serverCpuPerDelivery; ///< none: not known
    std::chrono::microseconds membersBefore{}; ///< round trip of the person's own link, median
    std::chrono::microseconds membersDuring{}; ///< likewise, during the run
    bool isSameMachine = false; ///< generator and server share it: the figures are of both
    QString machine;
};

/// A load test against the server that the person is connected to, as the face needs it: values only.
class LoadTestController : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    static constexpr int mostClients = 200;
    static constexpr int mostMessagesPerSecond = 50'000; ///< over all clients

    /// Answers with progressed() and finished().
    virtual void start(const LoadTestPlan &plan) = 0;
    virtual void stop() = 0;
    virtual bool isRunning() const = 0;
    /// Of this profile, the newest first; those of earlier starts too.
    virtual QList<LoadTestReport> reports() const = 0;

Q_SIGNALS:
    void progressed(const lanline::ui::LoadTestReport &soFar, double share);
    void finished(const lanline::ui::LoadTestReport &report);
};

} // namespace lanline::ui
