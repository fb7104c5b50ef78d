#pragma once

#include "server/http/httpaccess.h"
#include "server/http/httpendpoint.h"
#include "server/net/connection.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace lanline::server {

/// Answers plain HTTP requests, one a connection: takes a connection whose request head has been read, reads the body
/// that it announces, asks the endpoint, sends the answer whenever that has it, and ends. Lives in the server thread.
class HttpDesk
{
public:
    /// Of a request's body.
    static constexpr qint64 longestBody = 1024 * 1024;
    /// Operators' requests under way at one time; what is more is told to come back. Strangers count towards the limits
    /// of connections alone: they must not keep an operator out.
    static constexpr int mostExchanges = 64;
    /// What a client may say behind its request while it waits for the answer.
    static constexpr qint64 mostBehind = 64 * 1024;

    HttpDesk(Turn &turn, const QByteArray &adminToken);
    ~HttpDesk();

    /// `path` that ends with a slash is for all below it as well. The endpoint outlives the desk or clear().
    void serve(const QByteArray &path, HttpAudience audience, HttpEndpoint &endpoint);
    bool serves(const QByteArray &path) const { return find(path) != nullptr; }
    /// `head` is of a path that is served. What follows the head comes to the connection's next user.
    void accept(std::unique_ptr<Connection> connection, RequestHead head);
    /// Forgets the endpoints and drops everyone.
    void clear();

private:
    class Exchange;
    struct Place
    {
        QByteArray path;
        HttpAudience audience = HttpAudience::Operator;
        HttpEndpoint *endpoint = nullptr;
    };

    const Place *find(const QByteArray &path) const;

    Turn &m_turn;
    HttpAccess m_access;
    std::vector<Place> m_places;
    int m_operators = 0; ///< exchanges with those who may ask everything
    std::unordered_map<Exchange *, std::unique_ptr<Exchange>> m_exchanges;
};

} // namespace lanline::server
