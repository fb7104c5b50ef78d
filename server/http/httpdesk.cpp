#include "server/http/httpdesk.h"

#include <algorithm>
#include <optional>

namespace lanline::server {

// ---- one request and its answer -----------------------------------------------------------------------------------

class HttpDesk::Exchange final : private ConnectionUser
{
public:
    Exchange(HttpDesk &desk, std::unique_ptr<Connection> connection, RequestHead head)
        : m_desk(desk)
        , m_connection(std::move(connection))
        , m_asker(std::make_shared<Asker>(*this))
        , m_request{std::move(head), {}, m_connection->stream().peerAddress()}
    { }

    ~Exchange() override;

    /// May answer at once.
    void begin(const Place &place);

private:
    class Asker final : public HttpAsker
    {
    public:
        explicit Asker(Exchange &exchange)
            : m_exchange(exchange)
        { }
        void answer(const HttpResponse &response) override { m_exchange.answer(response); }

    private:
        Exchange &m_exchange;
    };

    std::optional<HttpResponse> refusal(const Place &place) const;
    /// Nothing when the request's head says it in a way that could be understood differently.
    std::optional<qint64> announcedBody() const;
    void serve();
    void answer(const HttpResponse &response);

    // ConnectionUser
    qsizetype onBytes(std::span<char> bytes) override;
    void onWritten() override { }
    void onTooLate() override { answer(HttpResponse::sentence(400, "The request's body did not come in time.")); }
    void onGone() override;

    HttpDesk &m_desk;
    std::unique_ptr<Connection> m_connection;
    std::shared_ptr<Asker> m_asker; ///< gone with the answer
    HttpRequest m_request;
    HttpEndpoint *m_endpoint = nullptr;
    qint64 m_bodyBytes = 0;
    qint64 m_bytesBehind = 0;
    bool m_isServed = false;
    bool m_isOperators = false; ///< and counted as that
};

HttpDesk::Exchange::~Exchange()
{
    if (m_isOperators)
        --m_desk.m_operators;
}

std::optional<qint64> HttpDesk::Exchange::announcedBody() const
{
    const QByteArrayList lengths = m_request.head.values("content-length");
    if (lengths.isEmpty())
        return 0;
    const QByteArray &text = lengths.first();
    const bool isDigits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    bool isNumber = false;
    const qint64 length = text.toLongLong(&isNumber);
    if (lengths.size() > 1 || !isDigits || !isNumber)
        return std::nullopt;
    return length;
}

std::optional<HttpResponse> HttpDesk::Exchange::refusal(const Place &place) const
{
    const RequestHead &head = m_request.head;
    if (place.audience == HttpAudience::Operator) {
        if (auto refused = m_desk.m_access.refusalOf(m_request))
            return refused;
    }
    if (!place.endpoint->takes(head.method)) {
        const bool canPost = place.endpoint->takes("POST");
        return HttpResponse::sentence(
            405, "That method means nothing here.", canPost ? "Allow: GET, HEAD, POST\r\n" : "Allow: GET, HEAD\r\n");
    }
    if (!head.values("transfer-encoding").isEmpty())
        return HttpResponse::sentence(411, "A body needs a Content-Length here.");
    const auto length = announcedBody();
    if (!length)
        return HttpResponse::sentence(400, "Exactly one Content-Length is needed, a number.");
    if (*length > longestBody)
        return HttpResponse::sentence(413, "The request is too long.");
    if (place.audience == HttpAudience::Operator && m_desk.m_operators >= mostExchanges)
        return HttpResponse::sentence(503, "Too many ask at once.", "Retry-After: 5\r\n");
    return std::nullopt;
}

void HttpDesk::Exchange::begin(const Place &place)
{
    m_connection->setUser(*this);
    if (const auto refused = refusal(place)) {
        answer(*refused);
        return;
    }
    m_isOperators = place.audience == HttpAudience::Operator;
    m_desk.m_operators += int(m_isOperators);
    m_endpoint = place.endpoint;
    // What nobody looks at is not waited for, nor kept.
    m_bodyBytes = m_endpoint->takes("POST") ? announcedBody().value_or(0) : 0;
    if (m_bodyBytes == 0) {
        serve();
        return;
    }
    if (m_request.head.hasItem("expect", "100-continue"))
        m_connection->output().append("HTTP/1.1 100 Continue\r\n\r\n");
    m_connection->expectWithin(m_connection->net().limits.handshakeTimeout);
}

qsizetype HttpDesk::Exchange::onBytes(std::span<char> bytes)
{
    const auto count = qsizetype(bytes.size());
    if (m_isServed || !m_asker) {
        // It has been understood already; who goes on talking is no client that waits.
        m_bytesBehind += count;
        if (m_bytesBehind > mostBehind)
            m_connection->abort();
        return count;
    }
    const qsizetype wanted = qMin(count, qsizetype(m_bodyBytes) - m_request.body.size());
    m_request.body.append(bytes.data(), wanted);
    if (m_request.body.size() == m_bodyBytes)
        serve();
    return wanted;
}

void HttpDesk::Exchange::serve()
{
    m_isServed = true;
    m_connection->stopExpecting();
    m_endpoint->serve(m_request, HttpReply(m_asker));
}

void HttpDesk::Exchange::answer(const HttpResponse &response)
{
    if (!std::exchange(m_asker, nullptr))
        return;
    const bool wantsBody = m_request.head.method != "HEAD";
    m_connection->output().append(response.head(), response.body, 0, wantsBody ? response.body.size() : 0);
    m_connection->finish();
}

void HttpDesk::Exchange::onGone()
{
    if (const auto asker = std::exchange(m_asker, nullptr); asker && asker->onGone)
        asker->onGone();
    const auto found = m_desk.m_exchanges.find(this);
    if (found == m_desk.m_exchanges.end())
        return;
    m_desk.m_turn.bury(std::move(found->second));
    m_desk.m_exchanges.erase(found);
}

// ---- the desk -----------------------------------------------------------------------------------------------------

HttpDesk::HttpDesk(Turn &turn, const QByteArray &adminToken)
    : m_turn(turn)
    , m_access(adminToken)
{ }

HttpDesk::~HttpDesk() = default;

void HttpDesk::serve(const QByteArray &path, HttpAudience audience, HttpEndpoint &endpoint)
{
    m_places.push_back({path, audience, &endpoint});
}

const HttpDesk::Place *HttpDesk::find(const QByteArray &path) const
{
    const auto found = std::ranges::find_if(m_places, [&path](const Place &place) {
        return place.path == path || (place.path.endsWith('/') && path.startsWith(place.path));
    });
    return found == m_places.end() ? nullptr : &*found;
}

void HttpDesk::accept(std::unique_ptr<Connection> connection, RequestHead head)
{
    const Place *place = find(head.path);
    auto exchange = std::make_unique<Exchange>(*this, std::move(connection), std::move(head));
    Exchange &begun = *exchange;
    m_exchanges.emplace(&begun, std::move(exchange));
    begun.begin(*place);
}

void HttpDesk::clear()
{
    m_places.clear();
    for (auto &[key, exchange] : std::exchange(m_exchanges, {}))
        m_turn.bury(std::move(exchange));
}

} // namespace lanline::server
