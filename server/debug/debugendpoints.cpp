#include "server/debug/debugendpoints.h"

#include "server/debug/debugworker.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

constexpr QByteArrayView indexPage = R"(<!doctype html>
<meta charset="utf-8"><title>Lanline: /debug/pprof/</title>
<style>body{font:15px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}code{font-size:90%}
dt{margin-top:1em}:root{color-scheme:light dark}</style>
<h1>/debug/pprof/</h1>
<dl>
<dt><a href="/debug/pprof/flamegraph?seconds=10">flamegraph?seconds=10</a>
<dd>Where the CPU time of the next seconds goes, as a picture. At most 60.
<dt><a href="/debug/pprof/threads">threads</a>
<dd>Where each thread is now.
<dt><a href="/debug/pprof/profile?seconds=10">profile?seconds=10</a>
<dd>The CPU profile, for <code>google-pprof --text --seconds=10 URL</code> or <code>go tool pprof -top URL</code>.
<dt><a href="/debug/pprof/heap">heap</a>
<dd>A sample of the memory that is in use, for the same programs.
<dt><a href="/debug/pprof/symbol">symbol</a>
<dd>Names of addresses that are posted, such as <code>0x4711+0x4712</code>.
<dt><a href="/debug/pprof/cmdline">cmdline</a>
<dd>How this program was started.
</dl>
)";

/// What is asked for, of a path and its query.
struct Page
{
    QByteArray name;
    QByteArray seconds;
};

Page pageOf(const HttpRequest &request)
{
    // google-pprof puts the name of the page it wants behind whatever URL it was given, a query included:
    // /debug/pprof/profile?seconds=5/pprof/symbol.
    constexpr QByteArrayView mark = "/pprof/";
    QByteArray name = request.head.path.sliced(qMin(debugPath.size(), request.head.path.size()));
    QByteArray seconds = request.queryValue("seconds");
    if (const qsizetype at = request.head.query.lastIndexOf(mark); at >= 0)
        name = request.head.query.sliced(at + mark.size()).split('?').first();
    if (const qsizetype at = seconds.indexOf('/'); at >= 0)
        seconds.truncate(at);
    return {name, seconds};
}

QByteArray commandLine()
{
    QByteArrayList words;
    for (const QString &word : QCoreApplication::arguments())
        words.append(word.toUtf8());
    return words.join('\0') + '\n';
}

} // namespace

DebugEndpoints::DebugEndpoints(std::shared_ptr<Profiler> profiler)
    : m_thread(u"debug"_s)
{
    auto *worker = new DebugWorker(std::move(profiler));
    connect(this, &DebugEndpoints::asked, worker, &DebugWorker::run);
    connect(this, &DebugEndpoints::cancelled, worker, &DebugWorker::cancel);
    connect(worker, &DebugWorker::answered, this, &DebugEndpoints::onAnswered);
    m_thread.start(worker);
}

DebugEndpoints::~DebugEndpoints() = default;

bool DebugEndpoints::takes(const QByteArray &method) const
{
    return method == "GET" || method == "HEAD" || method == "POST";
}

void DebugEndpoints::serve(const HttpRequest &request, const HttpReply &reply)
{
    using Kind = DebugTask::Kind;
    const Page page = pageOf(request);
    if (page.name.isEmpty()) {
        reply.send({200, indexPage.toByteArray(), "text/html; charset=utf-8"});
    } else if (page.name == "cmdline") {
        reply.send({200, commandLine()});
    } else if (page.name == "symbol") {
        if (request.body.isEmpty())
            reply.send({200, "num_symbols: 1\n"}); // it has some: that is all the number is for
        else
            ask({0, Kind::Symbols, {}, request.body}, reply);
    } else if (page.name == "threads") {
        ask({0, Kind::Threads}, reply);
    } else if (page.name == "heap") {
        ask({0, Kind::Heap}, reply);
    } else if (page.name == "profile" || page.name == "flamegraph") {
        bool isNumber = true;
        const std::chrono::seconds duration(
            page.seconds.isEmpty() ? usualProfile.count() : page.seconds.toInt(&isNumber));
        if (!isNumber || duration.count() < 1 || duration > longestProfile) {
            reply.send(HttpResponse::sentence(400, "seconds is a number from 1 to 60."));
        } else if (request.head.method != "GET") {
            reply.send(HttpResponse::sentence(405, "That would take its time for nothing.", "Allow: GET\r\n"));
        } else {
            ask({0, page.name == "profile" ? Kind::Profile : Kind::FlameGraph, duration}, reply);
        }
    } else {
        reply.send(HttpResponse::sentence(404, "There is no such page here. See /debug/pprof/."));
    }
}

void DebugEndpoints::ask(DebugTask task, const HttpReply &reply)
{
    if (m_underWay >= mostTasks) {
        reply.send(HttpResponse::sentence(503, "Too many ask at once.", "Retry-After: 5\r\n"));
        return;
    }
    ++m_underWay;
    task.id = ++m_lastId;
    m_waiting.emplace(task.id, reply);
    reply.whenGone([this, id = task.id] {
        m_waiting.erase(id);
        Q_EMIT cancelled(id);
    });
    Q_EMIT asked(std::move(task));
}

void DebugEndpoints::onAnswered(const Crossing<DebugAnswer> &answer)
{
    --m_underWay;
    const auto found = m_waiting.find(answer->id);
    if (found == m_waiting.end())
        return;
    const HttpReply reply = found->second;
    m_waiting.erase(found);
    reply.send(answer->response);
}

} // namespace lanline::server
