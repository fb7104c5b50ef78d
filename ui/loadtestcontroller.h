#pragma once

#include "core/histogram.h"
#include "core/result.h"
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

    /// Messages per second, over all clients.
    double wished() const { return double(clients) * messagesPerSecond; }
};

/// One step of the ramp.
struct LoadTestStep
{
    double offered = 0; ///< messages per second that were to be sent
    double stored = 0; ///< messages per second that were acknowledged
    quint64 sent = 0;
    quint64 succeeded = 0; ///< of them stored in time, and delivered to all
    quint64 delivered = 0; ///< events that arrived, over all clients
    Histogram delivery; ///< sent until delivered, over all clients
    double serverBusy = -1; ///< share of the time; below 0: not known
    quint64 refused = 0; ///< that the server would not take for now
    double generatorBusy = -1; ///< likewise, of the thread that all clients share
    std::chrono::milliseconds time{}; ///< in which was sent
    WallTime longestAt; ///< when the longest delivery came

    /// Share of what was sent.
    double success() const { return sent == 0 ? 1 : double(succeeded) / double(sent); }
    /// Deliveries per second.
    double throughput() const
    {
        return time.count() == 0 ? 0 : double(delivered) / std::chrono::duration<double>(time).count();
    }
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
    std::chrono::microseconds membersWorst{}; ///< the longest round trip of the person's own link during the run
    double busyShare = 0; ///< of MembersSuffered: the server's thread was busy for this share of its time; 0: not that
    bool isGeneratorBound = false; ///< the ramp ended because this computer could not send and read more
    QString serverName;
    QString note; ///< the person's own words about the run

    friend bool operator==(const LoadTestReport &left, const LoadTestReport &right)
    {
        return left.beganAt == right.beganAt;
    }
};

/// A load test against the server that the person is connected to, as the face needs it: values only.
class LoadTestController : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    static constexpr int mostClients = 200;
    static constexpr int mostMessagesPerSecond = 50'000; ///< over all clients
    static constexpr int mostPerClient = 500; ///< messages per second of one
    static constexpr int leastPayload = 32; ///< bytes: the stamp
    static constexpr int mostPayload = 4096;
    static constexpr std::chrono::seconds shortest{5};
    static constexpr std::chrono::seconds longest{120};
    static constexpr qint64 mostBytes = 128LL << 20; ///< of text in a run, which the host keeps
    static constexpr int reportsKept = 20;
    /// Where it happens: a room of its own.
    static constexpr auto room = "load-test";

    /// The nearest plan within the bounds.
    static LoadTestPlan bounded(LoadTestPlan plan);

    /// Answers with progressed() and finished(). Within the bounds, whatever is asked for.
    virtual void start(const LoadTestPlan &plan) = 0;
    virtual void stop() = 0;
    virtual bool isRunning() const = 0;
    /// Of this profile, the newest first; those of earlier starts too.
    virtual QList<LoadTestReport> reports() const = 0;
    /// Of the report of that run; kept with it.
    virtual void setNote(WallTime beganAt, const QString &note) = 0;
    /// One self-contained HTML file; replaces it as a whole. The error is a sentence.
    virtual Result<void, QString> saveHtml(const LoadTestReport &report, const QString &path) = 0;

Q_SIGNALS:
    /// Several times a second. The last step is the one that runs; share: of the run, 0 to 1.
    void progressed(const lanline::ui::LoadTestReport &soFar, double share);
    void finished(const lanline::ui::LoadTestReport &report);
};

} // namespace lanline::ui
