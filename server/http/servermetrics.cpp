#include "server/http/servermetrics.h"

#include "server/http/processfigures.h"

#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <sstream>

namespace lanline::server {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using std::chrono::duration;
using std::chrono::microseconds;
using Labels = std::vector<ClientMetric::Label>;

constexpr auto contentType = "text/plain; version=0.0.4; charset=utf-8";

/// Upper bounds of the buckets, in seconds: from what an idle machine needs to what nobody waits for.
constexpr std::array secondsBounds{
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0};
constexpr std::array commandsBounds{1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0};

double seconds(microseconds time)
{
    return duration<double>(time).count();
}

/// Families in the order in which they are added.
class Families
{
public:
    void gauge(const char *name, const char *help, double value)
    {
        begin(name, help, MetricType::Gauge);
        add({}, value);
    }
    void counter(const char *name, const char *help, double value)
    {
        begin(name, help, MetricType::Counter);
        add({}, value);
    }

    void begin(const char *name, const char *help, MetricType type) { m_families.push_back({name, help, type, {}}); }
    /// To the family that was begun last.
    void add(Labels labels, double value)
    {
        ClientMetric metric;
        metric.label = std::move(labels);
        metric.counter.value = value;
        metric.gauge.value = value;
        m_families.back().metric.push_back(std::move(metric));
    }
    void add(Labels labels, const Histogram &values)
    {
        ClientMetric metric;
        metric.label = std::move(labels);
        metric.histogram.sample_count = values.count();
        metric.histogram.sample_sum = seconds(values.sum());
        for (const double bound : secondsBounds) {
            const auto upTo = std::chrono::round<microseconds>(duration<double>(bound));
            metric.histogram.bucket.push_back({values.countAtMost(upTo), bound});
        }
        metric.histogram.bucket.push_back({values.count(), std::numeric_limits<double>::infinity()});
        m_families.back().metric.push_back(std::move(metric));
    }

    std::vector<MetricFamily> take() { return std::move(m_families); }

private:
    std::vector<MetricFamily> m_families;
};

void addMessages(Families &to, const protocol::Status &status)
{
    to.counter("lanline_messages_received_total", "Messages and changes of messages that clients have sent.",
        double(status.received));
    to.counter("lanline_messages_stored_total", "Of these, those that are on the disk.", double(status.stored));
    to.counter(
        "lanline_messages_duplicate_total", "Of these, those that had been stored before.", double(status.duplicates));
    to.counter("lanline_messages_refused_total", "Of these, those that were refused, for now or for good.",
        double(status.refused));
    to.counter(
        "lanline_events_delivered_total", "Events written to clients as they happened.", double(status.delivered));
    to.counter("lanline_events_replayed_total", "Events written to clients that caught up.", double(status.replayed));
    to.begin("lanline_pages_total", "Pages of history told to clients that caught up.", MetricType::Counter);
    to.add({{"from", "memory"}}, double(status.pagesFromMemory));
    to.add({{"from", "store"}}, double(status.pagesFromStore));
    to.gauge(
        "lanline_events_lost", "Events that were missing in the database when it was opened.", double(status.lost));
}

void addPeople(Families &to, const ServerFigures &figures)
{
    to.gauge("lanline_connections", "TCP connections, whatever they speak.", double(figures.connections));
    to.begin("lanline_links", "Connections of clients that have logged in.", MetricType::Gauge);
    to.add({{"kind", "primary"}}, double(figures.primaryLinks));
    to.add({{"kind", "standby"}}, double(figures.standbyLinks));
    to.gauge("lanline_users_online", "People with at least one link.", double(figures.status.users));
    to.gauge("lanline_rooms", "Rooms.", double(figures.status.rooms));
    to.gauge("lanline_output_queue_bytes", "What waits to be sent, over all links.", double(figures.queuedBytes));
    to.gauge("lanline_output_queue_longest_bytes", "What waits to be sent on the link where most waits.",
        double(figures.longestQueueBytes));
}

void addTimes(Families &to, const ServerFigures &figures)
{
    to.gauge("lanline_store_writable", "1 while messages can be stored, else 0.", figures.status.isReadOnly ? 0 : 1);
    to.begin("lanline_event_loop_lag_seconds", "How late a thread's event loop was, 20 times a second.",
        MetricType::Histogram);
    for (const ServerFigures::Lag &lag : figures.lags)
        to.add({{"thread", lag.thread.toStdString()}}, lag.lags);
}

void addDelivery(Families &to, const DeliveryTimes &times)
{
    to.begin("lanline_delivery_store_seconds", "From a message's reading off its socket to its being on the disk.",
        MetricType::Histogram);
    to.add({}, times.readToStored);
    to.begin("lanline_delivery_fanout_seconds",
        "From a message's being on the disk to its being written to the sockets of all who hear it.",
        MetricType::Histogram);
    to.add({}, times.storedToWritten);
}

void addProcess(Families &to, const ProcessFigures &process)
{
    to.counter("process_cpu_seconds_total", "CPU time of the process, user and system.", process.cpuSeconds);
    to.gauge("process_start_time_seconds", "When the process was started, since 1970.", process.startedAt);
    to.gauge("process_resident_memory_bytes", "Memory that is in RAM.", double(process.residentBytes));
    to.gauge("process_virtual_memory_bytes", "Memory that has addresses.", double(process.virtualBytes));
    to.gauge("process_open_fds", "Open descriptors.", double(process.openDescriptors));
    to.gauge("process_max_fds", "Descriptors that the process may have.", double(process.mostDescriptors));
    to.gauge("process_threads", "Threads.", double(process.threads));
}

template <size_t N>
prometheus::Histogram::BucketBoundaries bounds(const std::array<double, N> &values)
{
    return {values.begin(), values.end()};
}

} // namespace

/// What is counted as it happens, for nothing else in the server counts it.
class ServerMetrics::Observed
{
public:
    Observed()
    {
        prometheus::BuildGauge()
            .Name("lanline_build_info")
            .Help("1, with what this server is in its labels.")
            .Register(registry)
            .Add({{"version", LANLINE_VERSION}, {"qt", qVersion()}})
            .Set(1);
    }

    prometheus::Registry registry;
    prometheus::Histogram &commitSeconds =
        prometheus::BuildHistogram()
            .Name("lanline_store_commit_seconds")
            .Help("How long a transaction of the store takes, until it is on the disk.")
            .Register(registry)
            .Add({}, bounds(secondsBounds));
    prometheus::Histogram &commitCommands = prometheus::BuildHistogram()
                                                .Name("lanline_store_commit_commands")
                                                .Help("How many commands share a transaction of the store.")
                                                .Register(registry)
                                                .Add({}, bounds(commandsBounds));
};

ServerMetrics::ServerMetrics(std::function<ServerFigures()> gather)
    : m_gather(std::move(gather))
    , m_observed(std::make_unique<Observed>())
{ }

ServerMetrics::~ServerMetrics() = default;

void ServerMetrics::onCommit(microseconds took, qsizetype commands)
{
    m_observed->commitSeconds.Observe(seconds(took));
    m_observed->commitCommands.Observe(double(commands));
}

void ServerMetrics::serve(const HttpRequest &, const HttpReply &reply)
{
    Families families;
    const ServerFigures figures = m_gather();
    addMessages(families, figures.status);
    addPeople(families, figures);
    addTimes(families, figures);
    addDelivery(families, m_times);
    addProcess(families, readProcessFigures());
    std::ostringstream text;
    const prometheus::TextSerializer serializer;
    serializer.Serialize(text, m_observed->registry.Collect());
    serializer.Serialize(text, families.take());
    reply.send({200, QByteArray::fromStdString(text.str()), contentType, "Cache-Control: no-store\r\n"});
}

} // namespace lanline::server
