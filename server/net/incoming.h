#pragma once

#include "server/net/connection.h"
#include "server/net/handshake.h"

#include <functional>

namespace lanline::server {

/// A connection of which it is not known yet what it wants: reads the head of its HTTP request under a deadline,
/// answers what is no upgrade, and gives away what is one. Lives in the server thread.
class Incoming final : private ConnectionUser
{
public:
    struct Handlers
    {
        /// A request that calls this server by its name, and its head's text with its empty line. The connection is
        /// the caller's from here on.
        std::function<void(Incoming &, RequestHead head, const QByteArray &text)> asked;
        std::function<void(Incoming &)> gone;
    };

    /// What is referred to outlives this.
    Incoming(std::unique_ptr<Connection> connection, const HttpRules &rules, const Handlers &handlers);

    /// Answers instead, and ends.
    void refuse(const QByteArray &answer);
    Connection &connection() const { return *m_connection; }
    std::unique_ptr<Connection> takeConnection() { return std::move(m_connection); }

private:
    qsizetype onBytes(std::span<char> bytes) override;
    void onWritten() override { }
    void onTooLate() override;
    void onGone() override;

    std::unique_ptr<Connection> m_connection;
    const HttpRules &m_rules;
    const Handlers &m_handlers;
};

} // namespace lanline::server
