#pragma once

#include "core/crossing.h"
#include "server/debug/debugtask.h"
#include "server/debug/profiler.h"
#include "server/http/httpendpoint.h"
#include "server/workerthread.h"

#include <QObject>

#include <memory>
#include <optional>
#include <unordered_map>

namespace lanline::server {

/// Where the debug endpoints are, and all of them below it.
inline constexpr QByteArrayView debugPath = "/debug/pprof/";

/// /debug/pprof/: what google-pprof and `go tool pprof` ask a program for, and a page that leads there. Lives in the
/// server thread; the work is done in a thread of its own.
class DebugEndpoints final : public QObject, public HttpEndpoint
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds longestProfile{60};
    static constexpr std::chrono::seconds usualProfile{30};
    /// Given to the debug thread and not done yet, those of clients that have gone included; more are told to come
    /// back.
    static constexpr int mostTasks = 64;

    /// `profiler` null: this program has none, and says so.
    explicit DebugEndpoints(std::shared_ptr<Profiler> profiler);
    ~DebugEndpoints() override;

    bool takes(const QByteArray &method) const override;
    void serve(const HttpRequest &request, const HttpReply &reply) override;

Q_SIGNALS:
    void asked(const Crossing<DebugTask> &task);
    void cancelled(quint64 id);

private:
    void ask(DebugTask task, const HttpReply &reply);
    void onAnswered(const Crossing<DebugAnswer> &answer);

    WorkerThread m_thread;
    quint64 m_lastId = 0;
    int m_underWay = 0;
    std::unordered_map<quint64, HttpReply> m_waiting;
};

} // namespace lanline::server
