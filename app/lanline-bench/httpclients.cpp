#include "httpclients.h"

#include <array>
#include <sys/epoll.h>
#include <unistd.h>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using State = Transfer::State;

namespace {

constexpr size_t readBytes = 64 * 1024;
constexpr int eventsPerTurn = 512;
/// Connections on their way at a time: some servers drop what does not fit a short queue.
constexpr int connectingAtOnce = 16;
constexpr auto patience = 10s;
constexpr qsizetype longestAnswer = 16 * 1024 * 1024;
constexpr int ok = 200;
constexpr QByteArrayView lineEnd("\r\n");
constexpr QByteArrayView headEnd("\r\n\r\n");

/// What a field of the head says; empty if it is not there.
QByteArray fieldOf(const QByteArray &head, const QByteArray &name)
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

/// A body in chunks, and how much was taken for it with all that stands around the chunks.
struct Chunked
{
    QByteArray body;
    qsizetype bytes = 0;
};

Result<std::optional<Chunked>, QString> readChunks(QByteArrayView bytes)
{
    constexpr int sixteen = 16;
    Chunked chunked;
    for (;;) {
        const qsizetype end = bytes.indexOf(lineEnd, chunked.bytes);
        if (end < 0)
            return std::nullopt;
        bool isNumber = false;
        const qsizetype size =
            bytes.sliced(chunked.bytes, end - chunked.bytes).toByteArray().toLongLong(&isNumber, sixteen);
        if (!isNumber || size < 0 || size > longestAnswer)
            return unexpected(u"a chunk of the answer has no length"_s);
        const qsizetype begin = end + lineEnd.size();
        if (bytes.size() < begin + size + lineEnd.size())
            return std::nullopt;
        chunked.body += bytes.sliced(begin, size);
        chunked.bytes = begin + size + lineEnd.size();
        if (size == 0)
            return chunked;
    }
}

} // namespace

Result<std::optional<HttpAnswer>, QString> takeAnswer(QByteArray &bytes)
{
    if (bytes.size() > longestAnswer)
        return unexpected(u"the server's answer has no end"_s);
    const qsizetype end = bytes.indexOf(headEnd);
    if (end < 0)
        return std::nullopt;
    const QByteArray head = bytes.first(end);
    const QList<QByteArray> words = head.first(std::max<qsizetype>(head.indexOf('\r'), 0)).split(' ');
    if (words.size() < 2 || words.first() != "HTTP/1.1")
        return unexpected(u"the server does not answer in HTTP/1.1"_s);
    const int status = words.at(1).toInt();
    const qsizetype begin = end + headEnd.size();
    if (fieldOf(head, "Transfer-Encoding").toLower() == "chunked") {
        auto chunked = readChunks(QByteArrayView(bytes).sliced(begin));
        if (!chunked)
            return unexpected(chunked.error());
        if (!*chunked)
            return std::nullopt;
        bytes.remove(0, begin + (*chunked)->bytes);
        return HttpAnswer{status, (*chunked)->body};
    }
    bool isNumber = false;
    const qsizetype size = fieldOf(head, "Content-Length").toLongLong(&isNumber);
    if (!isNumber || size < 0 || size > longestAnswer)
        return unexpected(u"the server's answer has no length"_s);
    if (bytes.size() < begin + size)
        return std::nullopt;
    HttpAnswer answer{status, bytes.sliced(begin, size)};
    bytes.remove(0, begin + size);
    return answer;
}

HttpClients::HttpClients(Endpoint endpoint, bool spins)
    : m_endpoint(std::move(endpoint))
    , m_buffer(readBytes)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_spins(spins)
{ }

HttpClients::~HttpClients()
{
    m_clients.clear();
    ::close(m_epoll);
}

void HttpClients::fail(const QString &why)
{
    if (m_failure.isEmpty())
        m_failure = why;
}

void HttpClients::failClient(const HttpClient &client, const QString &why)
{
    fail(u"%1, connection %2: %3"_s.arg(m_endpoint.name).arg(client.number()).arg(why));
}

Result<void, QString> HttpClients::open(int count)
{
    const auto giveUp = steady_clock::now() + patience;
    while (m_connected < count) {
        while (size() < count && size() - m_connected < connectingAtOnce) {
            m_clients.push_back(std::make_unique<HttpClient>());
            HttpClient &client = *m_clients.back();
            client.m_number = int(m_clients.size()) - 1;
            if (client.m_socket.open(m_endpoint, client.m_number))
                watch(client, EPOLLOUT);
            else
                failClient(client, client.m_socket.error());
        }
        if (steady_clock::now() > giveUp)
            fail(u"%1: %2 of %3 connections do not open"_s.arg(m_endpoint.name).arg(count - m_connected).arg(count));
        if (!poll(giveUp))
            return unexpected(m_failure);
    }
    return {};
}

void HttpClients::get(HttpClient &client, const QByteArray &path)
{
    ask(client, "GET " + path + " HTTP/1.1\r\nHost: " + m_endpoint.host + "\r\n\r\n");
}

void HttpClients::post(HttpClient &client, const QByteArray &path, const QByteArray &body)
{
    ask(client,
        "POST " + path + " HTTP/1.1\r\nHost: " + m_endpoint.host
            + "\r\nContent-Type: text/plain\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

void HttpClients::ask(HttpClient &client, const QByteArray &request)
{
    Q_ASSERT(client.isIdle());
    client.m_isAsking = true;
    client.m_out.append(request.constData(), size_t(request.size()));
    ++m_requests;
    flush(client);
}

quint64 HttpClients::wireBytes() const
{
    quint64 sum = 0;
    for (const auto &client : m_clients)
        sum += client->m_socket.movedBytes();
    return sum;
}

bool HttpClients::poll(SteadyTime until)
{
    std::array<epoll_event, eventsPerTurn> events{};
    const int count = waitForEvents(m_epoll, events, m_spins ? SteadyTime() : until);
    for (int i = 0; i < count; ++i)
        onEvent(*static_cast<HttpClient *>(events[size_t(i)].data.ptr), events[size_t(i)].events);
    return m_failure.isEmpty();
}

void HttpClients::onEvent(HttpClient &client, quint32 events)
{
    if (!client.m_isConnected) {
        goOnConnecting(client);
        return;
    }
    if (events & EPOLLOUT)
        flush(client);
    if (events & ~quint32(EPOLLOUT))
        read(client);
}

void HttpClients::goOnConnecting(HttpClient &client)
{
    const Transfer done = client.m_socket.connectFurther();
    if (done.state == State::Done) {
        client.m_isConnected = true;
        ++m_connected;
        watch(client, EPOLLIN);
    } else if (done.state == State::Failed) {
        watch(client, 0);
        failClient(client, client.m_socket.error());
    }
}

void HttpClients::read(HttpClient &client)
{
    const Transfer got = client.m_socket.read(m_buffer);
    if (got.state == State::Ended || got.state == State::Failed) {
        watch(client, 0);
        failClient(client, got.state == State::Ended ? u"the server ended the connection"_s : client.m_socket.error());
        return;
    }
    if (got.state != State::Done)
        return;
    client.m_in.append(m_buffer.data(), qsizetype(got.bytes));
    const auto answer = takeAnswer(client.m_in);
    if (!answer) {
        failClient(client, answer.error());
    } else if (*answer) {
        if (!client.m_isAsking || !client.m_in.isEmpty())
            failClient(client, u"the server says more than it was asked"_s);
        else if ((*answer)->status != ok)
            failClient(client, u"the server answers with status %1"_s.arg((*answer)->status));
        client.m_isAsking = false;
        if (m_failure.isEmpty() && m_onAnswer)
            m_onAnswer(client, (*answer)->body);
    }
}

void HttpClients::flush(HttpClient &client)
{
    size_t done = 0;
    while (done < client.m_out.size()) {
        const Transfer sent = client.m_socket.write(std::span<const char>(client.m_out).subspan(done));
        if (sent.state == State::Failed)
            client.m_out.clear(); // what the server said before it went is still to be read, and tells more
        if (sent.state != State::Done)
            break;
        done += sent.bytes;
    }
    client.m_out.erase(0, done);
    watch(client, client.m_out.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT);
}

void HttpClients::watch(HttpClient &client, quint32 events)
{
    if (client.m_watched == events)
        return;
    epoll_event event{};
    event.events = events;
    event.data.ptr = &client;
    const int operation = client.m_watched == 0 ? EPOLL_CTL_ADD : events == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
    ::epoll_ctl(m_epoll, operation, client.m_socket.descriptor(), &event);
    client.m_watched = events;
}

} // namespace lanline::bench
