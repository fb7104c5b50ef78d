#pragma once

#include "core/crossing.h"
#include "server/debug/debugtask.h"
#include "server/debug/profiler.h"

#include <QObject>
#include <QTemporaryFile>
#include <QTimer>

#include <memory>
#include <optional>

namespace lanline::server {

/// Looks at this process from within. Lives in a thread of its own, for reading symbols and profiles takes its time.
class DebugWorker final : public QObject
{
    Q_OBJECT

public:
    /// `profiler` null: this program has none.
    explicit DebugWorker(std::shared_ptr<Profiler> profiler);
    ~DebugWorker() override;

    /// Answers each with answered(), once.
    void run(const Crossing<DebugTask> &task);
    /// Nobody waits for that answer any more: it comes at once if it is a profile's that is being taken.
    void cancel(quint64 id);

Q_SIGNALS:
    void answered(const Crossing<DebugAnswer> &answer);

private:
    /// A profile that is being taken.
    struct Running
    {
        DebugTask task;
        std::unique_ptr<QTemporaryFile> file; ///< private to this user; removed with this
        std::unique_ptr<QTimer> timer;
    };

    void answer(quint64 id, const HttpResponse &response) { Q_EMIT answered(DebugAnswer{id, response}); }
    void beginProfile(const DebugTask &task);
    void endProfile();
    HttpResponse heap();
    static HttpResponse withoutProfiler();

    std::shared_ptr<Profiler> m_profiler;
    std::optional<Running> m_running;
};

} // namespace lanline::server
