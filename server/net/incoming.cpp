#include "server/net/incoming.h"

namespace lanline::server {

Incoming::Incoming(std::unique_ptr<Connection> connection, const HttpRules &rules, const Handlers &handlers)
    : m_connection(std::move(connection))
    , m_rules(rules)
    , m_handlers(handlers)
{
    m_connection->setUser(*this);
    m_connection->expectWithin(m_connection->net().limits.handshakeTimeout);
}

qsizetype Incoming::onBytes(std::span<char> bytes)
{
    constexpr QByteArrayView headEnd("\r\n\r\n");
    const QByteArrayView start(bytes.data(), qMin(qsizetype(bytes.size()), maxRequestHeadBytes));
    const qsizetype end = start.indexOf(headEnd);
    if (end < 0) {
        if (start.size() >= maxRequestHeadBytes)
            refuse(refusalOfLongHead());
        return 0;
    }
    const qsizetype length = end + headEnd.size();
    if (auto head = readRequest(start.first(end), m_rules))
        m_handlers.asked(*this, *std::move(head), start.first(length).toByteArray());
    else
        refuse(head.error());
    return length;
}

void Incoming::refuse(const QByteArray &answer)
{
    m_connection->output().append(answer);
    m_connection->finish();
}

void Incoming::onTooLate()
{
    m_connection->abort();
}

void Incoming::onGone()
{
    m_handlers.gone(*this);
}

} // namespace lanline::server
