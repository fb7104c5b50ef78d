#include "historyscenario.h"

#include "core/histogram.h"
#include "longhistory.h"
#include "windowprobe.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>
#include <fcntl.h>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int openings = 5;
constexpr int screens = 200;
/// The window over the history is full by then: from here on memory has no reason to grow.
constexpr int pagesToFill = 25;
constexpr double bytesPerMib = 1024.0 * 1024.0;

double inMs(Histogram::Duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

qint64 residentBytes()
{
    constexpr qint64 bytesPerKib = 1024;
    return procValue(u"/proc/self/status"_s, "VmRSS").section(u' ', 0, 0).toLongLong() * bytesPerKib;
}

QString inMib(qint64 bytes)
{
    return number(double(bytes) / bytesPerMib, 1);
}

/// Where nobody listens: what the window shows comes from the disk.
QUrl unusedAddress()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return QUrl(u"ws://127.0.0.1:%1/"_s.arg(server.serverPort()));
}

class HistoryBench
{
public:
    explicit HistoryBench(const Options &options)
        : m_options(options)
        , m_dir(QDir(options.dataDir).filePath(u"lanline-bench-XXXXXX"_s))
        , m_url(unusedAddress())
    { }
    ~HistoryBench()
    {
        m_probe.reset();
        m_network.quit();
        m_network.wait();
    }
    HistoryBench(const HistoryBench &) = delete;
    HistoryBench &operator=(const HistoryBench &) = delete;

    Result<void, QString> prepare();
    Result<void, QString> openSeveralTimes();
    Result<void, QString> scrollBack();
    Report report() const;

private:
    void forgetCachedFile() const;
    Result<WindowProbe::Step, QString> counted(Result<WindowProbe::Step, QString> step);
    QList<Goal> goals() const;

    Options m_options;
    QTemporaryDir m_dir;
    QUrl m_url;
    Machine m_machine;
    client::Identity m_identity;
    QThread m_network;
    ui::ThemeController m_themes;
    std::unique_ptr<WindowProbe> m_probe;

    Histogram m_openings;
    Histogram m_screens; ///< Page Up that needed nothing from the disk
    Histogram m_pages; ///< a step that brought an older page
    int m_pagesLoaded = 0;
    int m_mostRows = 0;
    quint64 m_oldest = 0;
    qint64 m_bytesAtStart = 0;
    qint64 m_bytesWhenFull = 0;
    qint64 m_bytesAtEnd = 0;
};

Result<void, QString> HistoryBench::prepare()
{
    if (!m_dir.isValid())
        return unexpected(u"no folder can be made in %1: %2"_s.arg(m_options.dataDir, m_dir.errorString()));
    m_machine = describeMachine(m_dir.path());
    m_identity = {u"Bench"_s, m_dir.filePath(u"device.key"_s), m_dir.filePath(u"profile.sqlite"_s)};
    std::fprintf(stderr, "writing %lld messages\n", qint64(m_options.messages));
    m_network.start();
    return writeLongHistory(m_identity.storePath, m_url, RoomId(u"lobby"_s), m_options.messages);
}

void HistoryBench::forgetCachedFile() const
{
    QFile file(m_identity.storePath);
    if (file.open(QIODevice::ReadOnly))
        ::posix_fadvise(file.handle(), 0, 0, POSIX_FADV_DONTNEED);
}

Result<void, QString> HistoryBench::openSeveralTimes()
{
    for (int i = 0; i < openings; ++i) {
        m_probe.reset();
        forgetCachedFile();
        m_probe = std::make_unique<WindowProbe>(m_themes);
        const auto time = m_probe->open(m_identity, &m_network, m_url, m_options.messages);
        if (!time)
            return unexpected(time.error());
        std::fprintf(stderr, "opened in %.1f ms\n", inMs(*time));
        m_openings.record(*time);
    }
    return {};
}

Result<WindowProbe::Step, QString> HistoryBench::counted(Result<WindowProbe::Step, QString> step)
{
    if (step) {
        (step->hasLoaded ? m_pages : m_screens).record(step->guiTime);
        m_pagesLoaded += step->hasLoaded;
        m_mostRows = std::max(m_mostRows, m_probe->rowsLoaded());
    }
    return step;
}

Result<void, QString> HistoryBench::scrollBack()
{
    m_bytesAtStart = residentBytes();
    for (int i = 0; i < screens; ++i) {
        if (const auto step = counted(m_probe->pageUp()); !step)
            return unexpected(step.error());
    }
    while (m_pagesLoaded < m_options.pages && m_probe->oldestLoaded() > 1) {
        if (const auto step = counted(m_probe->jumpToOldest()); !step)
            return unexpected(step.error());
        if (m_pagesLoaded <= pagesToFill)
            m_bytesWhenFull = residentBytes();
    }
    m_bytesAtEnd = residentBytes();
    m_oldest = m_probe->oldestLoaded();
    std::fprintf(stderr, "scrolled back to message %lld\n", qint64(m_oldest));
    return {};
}

QList<Goal> HistoryBench::goals() const
{
    return {
        {u"first_paint"_s, u"Opening, until the newest page is painted, at worst"_s, inMs(m_openings.max()),
            Goal::Kind::AtMost, 300, u"ms"_s},
        {u"page_back"_s, u"GUI-thread time of going back with a page from the disk, P95"_s,
            inMs(m_pages.percentile(95)), Goal::Kind::AtMost, 16, u"ms"_s},
        {u"memory_growth"_s, u"Memory gained from page %1 to page %2"_s.arg(pagesToFill).arg(m_pagesLoaded),
            double(m_bytesAtEnd - m_bytesWhenFull) / bytesPerMib, Goal::Kind::AtMost, 8, u"MiB"_s},
    };
}

Report HistoryBench::report() const
{
    Report report;
    report.scenario = u"history"_s;
    report.machine = m_machine;
    report.conditions = {
        u"%1 messages in one room, %2 MiB on disk, out of the file cache before each opening; platform %3."_s.arg(
            number(double(m_options.messages)), inMib(QFileInfo(m_identity.storePath).size()),
            QGuiApplication::platformName()),
        u"Opening: session and window made, until the newest message is painted. Nobody listens at the address."_s,
        u"Scrolled back %1 pages to message %2; at most %3 rows were loaded at a time."_s.arg(m_pagesLoaded)
            .arg(number(double(m_oldest)))
            .arg(m_mostRows),
        u"Memory (resident): %1 MiB when opened, %2 MiB after %3 pages, %4 MiB after %5."_s
            .arg(inMib(m_bytesAtStart), inMib(m_bytesWhenFull))
            .arg(pagesToFill)
            .arg(inMib(m_bytesAtEnd))
            .arg(m_pagesLoaded),
    };
    Table table;
    table.header = {u"ms"_s, u"times"_s, u"median"_s, u"P95"_s, u"max"_s};
    const auto add = [&](const QString &key, const QString &title, const Histogram &times) {
        constexpr int decimals = 2;
        table.rows.append({title, QString::number(times.count()), number(inMs(times.percentile(50)), decimals),
            number(inMs(times.percentile(95)), decimals), number(inMs(times.max()), decimals)});
        report.figures[key] =
            QJsonObject{{u"times"_s, qint64(times.count())}, {u"p50_us"_s, qint64(times.percentile(50).count())},
                {u"p95_us"_s, qint64(times.percentile(95).count())}, {u"max_us"_s, qint64(times.max().count())}};
    };
    add(u"opening"_s, u"opening to first paint, by the clock"_s, m_openings);
    add(u"screen_back"_s, u"a screen back, GUI-thread time"_s, m_screens);
    add(u"page_back"_s, u"back with a page from the disk, GUI-thread time"_s, m_pages);
    report.tables = {table};
    report.goals = goals();
    report.figures[u"memory_bytes"_s] =
        QJsonObject{{u"opened"_s, m_bytesAtStart}, {u"full"_s, m_bytesWhenFull}, {u"end"_s, m_bytesAtEnd}};
    report.figures[u"most_rows"_s] = m_mostRows;
    report.settings = {{u"messages"_s, qint64(m_options.messages)}, {u"pages"_s, m_pagesLoaded}};
    return report;
}

} // namespace

Result<Report, QString> runHistory(const Options &options)
{
    HistoryBench bench(options);
    auto done = bench.prepare();
    if (done)
        done = bench.openSeveralTimes();
    if (done)
        done = bench.scrollBack();
    if (!done)
        return unexpected(done.error());
    return bench.report();
}

} // namespace lanline::bench
