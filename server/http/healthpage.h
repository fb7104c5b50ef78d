#pragma once

#include "server/http/httpendpoint.h"

#include <QString>

namespace lanline::server {

/// Plain HTTP, for whoever watches over a server.
inline constexpr QByteArrayView healthPath = "/healthz";

/// 200 as long as the server serves; else 503 and what is wrong.
class HealthPage final : public HttpEndpoint
{
public:
    /// English; empty: all is well.
    void setProblem(const QString &sentence) { m_problem = sentence; }
    void serve(const HttpRequest &request, const HttpReply &reply) override;

private:
    QString m_problem;
};

} // namespace lanline::server
