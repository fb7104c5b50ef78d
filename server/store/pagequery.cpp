#include "server/store/pagequery.h"

#include "core/text.h"
#include "server/store/schema.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

using Kind = PageRequest::Kind;

Result<SqlStatement *, SqlError> PageQuery::rowsOf(const PageRequest &request)
{
    const QString select = u"SELECT %1 FROM events WHERE room = (SELECT id FROM rooms WHERE name = ?)"
                           " AND seq <= ? AND "_s.arg(eventColumns);
    const QVariantList values{
        request.room.value(), qint64(request.head), qint64(request.from), qint64(request.maxEvents)};
    switch (request.kind) {
    case Kind::Events:
        return m_statements.rows(select + u"seq > ? ORDER BY seq LIMIT ?"_s, values);
    case Kind::Messages:
        return m_statements.rows(select + u"seq < ? AND kind = 0 ORDER BY seq DESC LIMIT ?"_s, values);
    case Kind::Changes:
        break;
    }
    return m_statements.rows(select + u"kind <> 0 AND seq > ? AND target_seq BETWEEN 1 AND ? ORDER BY seq LIMIT ?"_s,
        {values.at(0), values.at(1), values.at(2), qint64(request.targetsUntil), values.at(3)});
}

Result<Page, SqlError> PageQuery::read(const PageRequest &request)
{
    Page page{request.origin, request.room, request.kind, true, false, {}, 0};
    auto row = rowsOf(request);
    if (!row)
        return unexpected(row.error());

    qint64 bytes = 0;
    bool isCut = false; // by its size: there is more
    while (!isCut && (*row)->next()) {
        protocol::Event event = eventFrom(**row);
        bytes += utf8Size(event.text);
        isCut = bytes > request.maxBytes && !page.events.isEmpty();
        if (!isCut)
            page.events.append(std::move(event));
    }
    if ((*row)->error())
        return unexpected(*(*row)->error());
    m_statements.finish();

    if (request.kind == Kind::Messages) {
        std::reverse(page.events.begin(), page.events.end());
        if (isCut || page.events.size() >= request.maxEvents)
            page.fromSeq = page.events.constFirst().seq;
    } else if (request.kind == Kind::Events) {
        // Retention may have taken the events meanwhile, ahead of what the hub knows.
        page.isExpired =
            page.events.isEmpty() ? request.from < request.head : page.events.constFirst().seq != request.from + 1;
    }
    return page;
}

} // namespace lanline::server
