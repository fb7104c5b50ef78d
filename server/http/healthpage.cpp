#include "server/http/healthpage.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

void HealthPage::serve(const HttpRequest &, const HttpReply &reply)
{
    HttpResponse response;
    response.contentType = "application/json";
    response.headers = "Cache-Control: no-store\r\n";
    QJsonObject body{{u"status"_s, m_problem.isEmpty() ? u"ok"_s : u"unavailable"_s}};
    if (!m_problem.isEmpty()) {
        response.status = 503;
        body.insert(u"reason"_s, m_problem);
    }
    response.body = QJsonDocument(body).toJson(QJsonDocument::Compact) + '\n';
    reply.send(response);
}

} // namespace lanline::server
