// A WebSocket server in C++ as people write one with Boost.Beast: asynchronous, in one thread, a session per
// connection with a queue of what is to be written, as in the library's chat example.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
namespace websocket = beast::websocket;
using net::ip::tcp;

namespace {

constexpr std::size_t largestMessage = 32 * 1024 * 1024;
constexpr int backlog = 4096;

struct Message
{
    bool isText;
    std::string data;
};
using SharedMessage = std::shared_ptr<const Message>;

class Session;

/// Who is on /bench/broadcast.
class Room
{
public:
    void join(Session *session) { m_sessions.insert(session); }
    void leave(Session *session) { m_sessions.erase(session); }
    void send(const SharedMessage &message);

private:
    std::unordered_set<Session *> m_sessions;
};

class Session : public std::enable_shared_from_this<Session>
{
public:
    Session(tcp::socket &&socket, Room &room)
        : m_stream(std::move(socket))
        , m_room(room)
    { }

    ~Session()
    {
        if (m_isInRoom)
            m_room.leave(this);
    }

    void run()
    {
        beast::get_lowest_layer(m_stream).expires_after(std::chrono::seconds(10));
        http::async_read(m_stream.next_layer(), m_buffer, m_request,
            beast::bind_front_handler(&Session::onRequest, shared_from_this()));
    }

    void send(SharedMessage message)
    {
        m_queue.push_back(std::move(message));
        if (m_queue.size() == 1)
            writeFirst();
    }

private:
    void onRequest(beast::error_code error, std::size_t)
    {
        if (error)
            return;
        const auto target = m_request.target();
        m_isInRoom = target == "/bench/broadcast";
        if (!websocket::is_upgrade(m_request) || (!m_isInRoom && target != "/bench/echo")) {
            m_refusal.emplace(http::status::not_found, m_request.version());
            m_refusal->prepare_payload();
            http::async_write(m_stream.next_layer(), *m_refusal, [self = shared_from_this()](auto, auto) {});
            return;
        }
        if (m_isInRoom)
            m_room.join(this);
        // The stream has timeouts of its own.
        beast::get_lowest_layer(m_stream).expires_never();
        m_stream.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
        m_stream.read_message_max(largestMessage);
        m_stream.auto_fragment(false);
        m_stream.async_accept(m_request, beast::bind_front_handler(&Session::onAccept, shared_from_this()));
    }

    void onAccept(beast::error_code error)
    {
        if (error)
            return;
        m_buffer.clear();
        m_request = {};
        m_isOpen = true;
        if (!m_queue.empty())
            writeFirst();
        read();
    }

    void read() { m_stream.async_read(m_buffer, beast::bind_front_handler(&Session::onRead, shared_from_this())); }

    void onRead(beast::error_code error, std::size_t)
    {
        if (error) {
            leave();
            return;
        }
        if (!m_isInRoom) {
            m_stream.text(m_stream.got_text());
            m_stream.async_write(m_buffer.data(), beast::bind_front_handler(&Session::onEchoed, shared_from_this()));
            return;
        }
        m_room.send(
            std::make_shared<const Message>(Message{m_stream.got_text(), beast::buffers_to_string(m_buffer.data())}));
        m_buffer.consume(m_buffer.size());
        read();
    }

    void onEchoed(beast::error_code error, std::size_t)
    {
        if (error)
            return;
        m_buffer.consume(m_buffer.size());
        read();
    }

    void writeFirst()
    {
        if (!m_isOpen)
            return;
        const Message &message = *m_queue.front();
        m_stream.text(message.isText);
        m_stream.async_write(
            net::buffer(message.data), beast::bind_front_handler(&Session::onWritten, shared_from_this()));
    }

    void onWritten(beast::error_code error, std::size_t)
    {
        if (error) {
            leave();
            return;
        }
        m_queue.pop_front();
        if (!m_queue.empty())
            writeFirst();
    }

    void leave()
    {
        if (m_isInRoom)
            m_room.leave(this);
        m_isInRoom = false;
    }

    websocket::stream<beast::tcp_stream> m_stream;
    Room &m_room;
    beast::flat_buffer m_buffer;
    http::request<http::string_body> m_request;
    std::optional<http::response<http::empty_body>> m_refusal;
    std::deque<SharedMessage> m_queue; ///< the first is being written
    bool m_isInRoom = false;
    bool m_isOpen = false;
};

void Room::send(const SharedMessage &message)
{
    for (Session *session : m_sessions)
        session->send(message);
}

class Listener
{
public:
    Listener(net::io_context &context, unsigned short port)
        : m_acceptor(context)
    {
        const tcp::endpoint endpoint(net::ip::make_address("127.0.0.1"), port);
        m_acceptor.open(endpoint.protocol());
        m_acceptor.set_option(net::socket_base::reuse_address(true));
        m_acceptor.bind(endpoint);
        m_acceptor.listen(backlog);
    }

    unsigned short port() const { return m_acceptor.local_endpoint().port(); }

    void accept()
    {
        m_acceptor.async_accept([this](beast::error_code error, tcp::socket socket) {
            if (!error) {
                socket.set_option(tcp::no_delay(true));
                std::make_shared<Session>(std::move(socket), m_room)->run();
            }
            accept();
        });
    }

private:
    tcp::acceptor m_acceptor;
    Room m_room;
};

} // namespace

int main(int argc, char *argv[])
{
    int port = 0;
    if (argc == 3 && std::string_view(argv[1]) == "--port") {
        port = std::atoi(argv[2]);
    } else if (argc != 1) {
        std::cerr << "usage: " << argv[0] << " [--port N]\n";
        return 2;
    }

    net::io_context context(1); // one thread: no locks
    Listener listener(context, static_cast<unsigned short>(port));
    net::signal_set signals(context, SIGTERM, SIGINT);
    signals.async_wait([](auto, auto) { std::exit(0); });
    listener.accept();
    std::cout << R"({"event":"listening","url":"ws://127.0.0.1:)" << listener.port() << R"(","port":)"
              << listener.port() << "}" << std::endl;
    context.run();
}
