#pragma once

#include "protocol/messages.h"
#include "server/http/httpendpoint.h"
#include "server/trace/tracer.h"

#include <QList>

#include <functional>
#include <memory>
#include <vector>

namespace lanline::server {

/// What a server has to tell about itself at one moment.
struct ServerFigures
{
    struct Lag
    {
        QByteArray thread;
        Histogram lags; ///< of its event loop, since the start
    };

    protocol::Status status;
    qint64 connections = 0; ///< of all kinds
    qint64 primaryLinks = 0; ///< that have logged in
    qint64 standbyLinks = 0;
    qint64 queuedBytes = 0; ///< to all links
    qint64 longestQueueBytes = 0; ///< to one of them
    QList<Lag> lags;
};

/// /metrics, in Prometheus' text format. What the server counts anyway is gathered when somebody asks; what it does not
/// is observed once a batch. Lives in the server thread.
class ServerMetrics final : public HttpEndpoint
{
public:
    explicit ServerMetrics(std::function<ServerFigures()> gather);
    ~ServerMetrics() override;

    /// Filled by whoever delivers.
    DeliveryTimes &times() { return m_times; }
    /// One transaction of the store: how long it took, COMMIT included, and how many commands it had.
    void onCommit(std::chrono::microseconds took, qsizetype commands);

    void serve(const HttpRequest &request, const HttpReply &reply) override;

private:
    class Observed;

    std::function<ServerFigures()> m_gather;
    DeliveryTimes m_times;
    std::unique_ptr<Observed> m_observed;
};

} // namespace lanline::server
