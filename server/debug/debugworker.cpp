#include "server/debug/debugworker.h"

#include "server/debug/cpuprofile.h"
#include "server/debug/flamegraph.h"
#include "server/debug/symboltable.h"
#include "server/debug/threadstacks.h"

#include <QDir>

#include <csignal>

namespace lanline::server {

namespace {

constexpr auto binary = "application/octet-stream";
/// Of an answer with names, which may be long.
constexpr qsizetype mostSymbolBytes = 16 * 1024 * 1024;

QByteArray hex(quint64 address)
{
    return "0x" + QByteArray::number(address, 16);
}

HttpResponse symbolsOf(const QByteArray &addresses)
{
    SymbolTable table;
    HttpResponse response;
    for (const QByteArray &text : addresses.split('+')) {
        bool isNumber = false;
        const quint64 address = text.trimmed().toULongLong(&isNumber, 16); // with or without 0x
        if (!isNumber)
            return HttpResponse::sentence(400, "Addresses are wanted, such as 0x4711+0x4712.");
        if (const QByteArray name = table.nameOf(address); !name.isEmpty())
            response.body += hex(address) + '\t' + name + '\n';
        if (response.body.size() > mostSymbolBytes)
            return HttpResponse::sentence(413, "The names of so many addresses are too long for one answer.");
    }
    return response;
}

/// As pprof reads it too, with the functions' names for people.
HttpResponse threads()
{
    SymbolTable table;
    HttpResponse response;
    response.body = "--- threadz 1 ---\n\n";
    for (const ThreadStack &thread : readThreadStacks()) {
        const QByteArray id = QByteArray::number(thread.id);
        response.body +=
            "--- Thread " + QByteArray::number(thread.id, 16) + " (name: " + thread.name + '/' + id + ") stack: ---\n";
        for (size_t i = 0; i < thread.addresses.size(); ++i) {
            const quint64 address = thread.addresses[i];
            response.body += "  " + hex(address) + "  " + table.nameOf(address - (i > 0 ? 1 : 0)) + '\n';
        }
        if (thread.addresses.empty())
            response.body += "  (no answer)\n";
        response.body += '\n';
    }
    QFile maps(QStringLiteral("/proc/self/maps"));
    response.body += "--- Memory map: ---\n";
    if (maps.open(QIODevice::ReadOnly))
        response.body += maps.readAll();
    return response;
}

/// This thread goes through the list of libraries, under the loader's lock; the profiler does so in the handler of its
/// signal, under a lock of its own. Were this one interrupted there, each could wait for the other for good.
void keepOutOfProfiles()
{
    sigset_t signal;
    sigemptyset(&signal);
    sigaddset(&signal, SIGPROF);
    ::pthread_sigmask(SIG_BLOCK, &signal, nullptr);
}

HttpResponse flameGraphOf(const QByteArray &bytes, std::chrono::seconds duration)
{
    const auto profile = CpuProfile::parse(bytes);
    if (!profile)
        return HttpResponse::sentence(500, "The profile cannot be read.");
    SymbolTable table;
    HttpResponse response;
    response.contentType = "image/svg+xml";
    response.body = drawFlameGraph(*profile, "CPU time of " + QByteArray::number(qint64(duration.count())) + " s",
        [&table](quint64 address) { return table.nameOf(address); });
    return response;
}

} // namespace

DebugWorker::DebugWorker(std::shared_ptr<Profiler> profiler)
    : m_profiler(std::move(profiler))
{ }

DebugWorker::~DebugWorker()
{
    if (m_running)
        m_profiler->stopCpu();
}

void DebugWorker::run(const Crossing<DebugTask> &task)
{
    keepOutOfProfiles();
    using Kind = DebugTask::Kind;
    switch (task->kind) {
    case Kind::Profile:
    case Kind::FlameGraph:
        beginProfile(*task);
        break;
    case Kind::Heap:
        answer(task->id, heap());
        break;
    case Kind::Threads:
        answer(task->id, threads());
        break;
    case Kind::Symbols:
        answer(task->id, symbolsOf(task->body));
        break;
    }
}

HttpResponse DebugWorker::withoutProfiler()
{
    return HttpResponse::sentence(
        501, "This program has no profiler: it was built without gperftools, or its library is not here.");
}

HttpResponse DebugWorker::heap()
{
    if (!m_profiler)
        return withoutProfiler();
    auto sample = m_profiler->heap();
    if (!sample)
        return HttpResponse::sentence(501, sample.error());
    return {200, *std::move(sample)};
}

void DebugWorker::beginProfile(const DebugTask &task)
{
    if (!m_profiler) {
        answer(task.id, withoutProfiler());
        return;
    }
    if (m_running) {
        answer(task.id, HttpResponse::sentence(409, "A profile is being taken already: one at a time."));
        return;
    }
    Running running{task, std::make_unique<QTemporaryFile>(QDir::temp().filePath(QStringLiteral("lanline-profile"))),
        std::make_unique<QTimer>()};
    if (!running.file->open() || !m_profiler->startCpu(running.file->fileName().toLocal8Bit())) {
        answer(
            task.id, HttpResponse::sentence(500, "The profile cannot be written to the folder for temporary files."));
        return;
    }
    running.timer->setSingleShot(true);
    running.timer->setTimerType(Qt::PreciseTimer);
    connect(running.timer.get(), &QTimer::timeout, this, &DebugWorker::endProfile);
    running.timer->start(task.duration);
    m_running = std::move(running);
}

void DebugWorker::endProfile()
{
    m_profiler->stopCpu();
    const Running ended = std::move(*std::exchange(m_running, std::nullopt));
    const QByteArray bytes = ended.file->readAll();
    const bool isPicture = ended.task.kind == DebugTask::Kind::FlameGraph;
    answer(ended.task.id, isPicture ? flameGraphOf(bytes, ended.task.duration) : HttpResponse{200, bytes, binary});
}

void DebugWorker::cancel(quint64 id)
{
    if (!m_running || m_running->task.id != id)
        return;
    m_profiler->stopCpu();
    m_running.reset();
    answer(id, HttpResponse::sentence(503, "The profile was given up."));
}

} // namespace lanline::server
