#include "clientset.h"

#include <QRandomGenerator>

#include <array>
#include <sys/epoll.h>
#include <unistd.h>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

constexpr size_t readBytes = 64 * 1024;
constexpr int eventsPerTurn = 512;
/// Connections on their way at a time: some servers drop what does not fit a short queue.
constexpr int connectingAtOnce = 16;
constexpr auto patience = 10s;
constexpr qsizetype longestAnswer = 16 * 1024;

/// "with code 1009 (message too big)"
QString describeClose(QByteArrayView payload)
{
    constexpr int codeBytes = 2;
    if (payload.size() < codeBytes)
        return u"without a code"_s;
    const int code = quint8(payload[0]) << 8 | quint8(payload[1]);
    const QString text = QString::fromUtf8(payload.sliced(codeBytes));
    return text.isEmpty() ? u"with code %1"_s.arg(code) : u"with code %1 (%2)"_s.arg(code).arg(text);
}

QByteArray freshKey()
{
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    return QByteArray(reinterpret_cast<const char *>(random.data()), sizeof random).toBase64();
}

} // namespace

ClientSet::ClientSet(bool spins)
    : m_buffer(readBytes)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_spins(spins)
{ }

ClientSet::~ClientSet()
{
    m_clients.clear();
    ::close(m_epoll);
}

void ClientSet::fail(const QString &why)
{
    if (m_failure.isEmpty())
        m_failure = why;
}

// ---- connecting ---------------------------------------------------------------------------------------------------

RawClient &ClientSet::add(const Endpoint &endpoint)
{
    // Those of one endpoint share it.
    const bool isKnown = !m_clients.empty() && m_clients.back()->m_endpoint->name == endpoint.name;
    auto client = std::make_unique<RawClient>();
    client->m_endpoint = isKnown ? m_clients.back()->m_endpoint : std::make_shared<const Endpoint>(endpoint);
    client->m_number = int(m_clients.size());
    m_clients.push_back(std::move(client));
    return *m_clients.back();
}

void ClientSet::connect(RawClient &client)
{
    client.m_walker = {};
    client.m_walker.setWhole(client.m_isWhole);
    client.m_out.clear();
    client.m_answer.clear();
    client.m_watched = 0;
    client.m_state = RawClient::State::Connecting;
    ++m_unopened;
    if (!client.m_socket.open(*client.m_endpoint, client.m_number)) {
        end(client, client.m_socket.error());
        return;
    }
    watch(client, EPOLLOUT);
}

Result<void, QString> ClientSet::open(const Endpoint &endpoint, int count)
{
    int begun = 0;
    int lastUnopened = -1;
    SteadyTime giveUp = steady_clock::now() + patience;
    while (begun < count || m_unopened > 0) {
        while (begun < count && m_unopened < connectingAtOnce) {
            connect(add(endpoint));
            ++begun;
        }
        const auto now = steady_clock::now();
        if (std::exchange(lastUnopened, begun - m_unopened) != begun - m_unopened)
            giveUp = now + patience;
        else if (now > giveUp)
            fail(u"%1: %2 of %3 connections do not open"_s.arg(endpoint.name).arg(m_unopened).arg(count));
        if (!poll(giveUp))
            return unexpected(m_failure);
    }
    if (!m_failure.isEmpty())
        return unexpected(m_failure);
    return {};
}

void ClientSet::closeAll()
{
    constexpr int normal = 1000;
    const std::array<char, 2> code{char(normal >> 8), char(normal & 0xff)};
    for (const auto &client : m_clients) {
        if (client->isOpen())
            send(*client, Opcode::Close, QByteArrayView(code.data(), qsizetype(code.size())));
        client->m_socket.close();
    }
    m_clients.clear();
    m_unopened = 0;
}

void ClientSet::goOnConnecting(RawClient &client)
{
    const Transfer done = client.m_socket.connectFurther();
    switch (done.state) {
    case Transfer::State::Done:
        break;
    case Transfer::State::WantsRead:
        watch(client, EPOLLIN);
        return;
    case Transfer::State::WantsWrite:
        watch(client, EPOLLOUT);
        return;
    default:
        end(client, client.m_socket.error());
        return;
    }
    client.m_state = RawClient::State::Upgrading;
    client.m_key = freshKey();
    const Endpoint &endpoint = *client.m_endpoint;
    client.m_out = upgradeRequest(endpoint.host, endpoint.path, endpoint.subprotocol, client.m_key).toStdString();
    flush(client);
}

bool ClientSet::readAnswer(RawClient &client, QByteArrayView piece)
{
    client.m_answer += piece;
    const qsizetype end = client.m_answer.indexOf("\r\n\r\n");
    if (end < 0) {
        if (client.m_answer.size() > longestAnswer)
            this->end(client, u"the server's answer has no end"_s);
        return client.m_answer.size() <= longestAnswer;
    }
    const QByteArray rest = client.m_answer.sliced(end + 4);
    const QString problem = upgradeProblem(client.m_answer.first(end), client.m_key, client.m_endpoint->subprotocol);
    client.m_answer.clear();
    if (!problem.isEmpty()) {
        this->end(client, problem);
        return false;
    }
    client.m_state = RawClient::State::Open;
    --m_unopened;
    if (m_watcher)
        m_watcher->onOpened(client);
    return rest.isEmpty() || walk(client, rest);
}

// ---- reading and writing ------------------------------------------------------------------------------------------

bool ClientSet::poll(SteadyTime until)
{
    std::array<epoll_event, eventsPerTurn> events{};
    const int count = waitForEvents(m_epoll, events, m_spins ? SteadyTime() : until);
    for (int i = 0; i < count; ++i)
        onEvent(*static_cast<RawClient *>(events[size_t(i)].data.ptr), events[size_t(i)].events);
    return m_failure.isEmpty();
}

void ClientSet::onEvent(RawClient &client, quint32 events)
{
    if (client.m_state == RawClient::State::Connecting) {
        goOnConnecting(client);
        return;
    }
    if (events & EPOLLOUT)
        flush(client);
    if ((events & ~quint32(EPOLLOUT)) && client.m_state != RawClient::State::Closed)
        read(client);
}

void ClientSet::read(RawClient &client)
{
    for (;;) {
        const Transfer got = client.m_socket.read(m_buffer);
        if (got.state == Transfer::State::Ended || got.state == Transfer::State::Failed) {
            end(client,
                got.state == Transfer::State::Ended ? u"the server ended the connection without a close frame"_s
                                                    : client.m_socket.error());
            return;
        }
        if (got.state != Transfer::State::Done)
            return;
        const QByteArrayView piece(m_buffer.data(), qsizetype(got.bytes));
        if (client.isOpen() ? !walk(client, piece) : !readAnswer(client, piece))
            return;
        if (!client.m_out.empty())
            flush(client); // TLS may have waited for just this
        // A plain one has given all that it had; TLS may keep a record back of which epoll knows nothing.
        if (!client.m_socket.isTls() && got.bytes < m_buffer.size())
            return;
    }
}

bool ClientSet::walk(RawClient &client, QByteArrayView piece)
{
    struct Sink
    {
        ClientSet &set;
        RawClient &client;
        QString closed{};

        bool onMessage(QByteArrayView message)
        {
            if (set.m_watcher)
                set.m_watcher->onMessage(client, message);
            return client.isOpen();
        }
        bool onControl(quint8 opcode, QByteArrayView payload)
        {
            if (Opcode(opcode) == Opcode::Ping)
                set.send(client, Opcode::Pong, payload);
            if (Opcode(opcode) == Opcode::Close)
                closed = u"the server closed the connection "_s + describeClose(payload);
            return closed.isEmpty() && client.isOpen();
        }
    };
    Sink sink{*this, client};
    if (client.m_walker.walk(piece, sink))
        return true;
    if (client.m_walker.problem())
        end(client, u"the server breaks the protocol: %1"_s.arg(QString::fromLatin1(client.m_walker.problem())));
    else if (!sink.closed.isEmpty())
        end(client, sink.closed);
    return false;
}

void ClientSet::flush(RawClient &client)
{
    if (client.m_state != RawClient::State::Open && client.m_state != RawClient::State::Upgrading)
        return;
    size_t done = 0;
    quint32 wanted = EPOLLIN;
    while (done < client.m_out.size()) {
        const Transfer sent = client.m_socket.write(std::span<const char>(client.m_out).subspan(done));
        if (sent.state == Transfer::State::Done) {
            done += sent.bytes;
        } else if (sent.state == Transfer::State::WantsWrite || sent.state == Transfer::State::WantsRead) {
            if (sent.state == Transfer::State::WantsWrite)
                wanted |= EPOLLOUT;
            break;
        } else {
            // What the server said before it went is still to be read, and tells more.
            client.m_out.clear();
            watch(client, EPOLLIN);
            return;
        }
    }
    client.m_out.erase(0, done);
    watch(client, wanted);
}

void ClientSet::watch(RawClient &client, quint32 events)
{
    if (client.m_watched == events)
        return;
    epoll_event event{};
    event.events = events;
    event.data.ptr = &client;
    ::epoll_ctl(m_epoll, client.m_watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, client.m_socket.descriptor(), &event);
    client.m_watched = events;
}

void ClientSet::end(RawClient &client, const QString &why)
{
    if (client.m_state == RawClient::State::Connecting || client.m_state == RawClient::State::Upgrading)
        --m_unopened;
    client.m_state = RawClient::State::Closed;
    client.m_socket.close();
    if (!m_watcher || !m_watcher->onEnded(client, why))
        fail(u"%1, connection %2: %3"_s.arg(client.m_endpoint->name).arg(client.m_number).arg(why));
}

} // namespace lanline::bench
