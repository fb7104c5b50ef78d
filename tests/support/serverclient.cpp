#include "tests/support/serverclient.h"

#include "server/store/storevalues.h"

#include <QTest>
#include <QWebSocketHandshakeOptions>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

bool waitUntil(const std::function<bool()> &isTrue)
{
    return QTest::qWaitFor(isTrue, 10'000);
}

ServerClient::ServerClient(const QStringList &subprotocols)
    : m_subprotocols(subprotocols)
{
    connect(
        &m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) { onPayload(text.toUtf8()); });
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, &ServerClient::onPayload);
}

bool ServerClient::connectTo(const QUrl &url)
{
    QWebSocketHandshakeOptions options;
    options.setSubprotocols(m_subprotocols);
    m_socket.open(url, options);
    return waitFor<protocol::Ready>();
}

bool ServerClient::enter(const QUrl &url, const QString &name)
{
    if (!connectTo(url))
        return false;
    protocol::Hello hello;
    hello.name = name;
    hello.app = u"test 1"_s;
    hello.auth = protocol::GuestAuth{};
    hello.compressions = m_offered;
    send(hello);
    return waitFor<protocol::Welcome>();
}

bool ServerClient::goLive()
{
    for (;;) {
        const auto before = all<protocol::Events>().size();
        send(protocol::EventsGet{1, lobbyId, events().isEmpty() ? 0 : events().constLast().seq});
        if (!waitFor<protocol::Events>(before + 1))
            return false;
        if (all<protocol::Events>().constLast().live)
            return true;
    }
}

protocol::Encoding ServerClient::encoding() const
{
    return m_socket.subprotocol() == QLatin1StringView(protocol::subprotocolProtobuf) ? protocol::Encoding::Protobuf
                                                                                      : protocol::Encoding::Json;
}

void ServerClient::send(const protocol::ClientCommand &command)
{
    const QByteArray payload = protocol::encode(encoding(), command);
    if (encoding() == protocol::Encoding::Json)
        m_socket.sendTextMessage(QString::fromUtf8(payload));
    else if (m_compression.method == protocol::CompressionMethod::None)
        m_socket.sendBinaryMessage(payload);
    else
        m_socket.sendBinaryMessage(m_compressor.pack(m_compression, payload));
}

bool ServerClient::waitForClose() const
{
    return waitUntil([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; });
}

bool ServerClient::waitForSeq(quint64 seq) const
{
    return waitUntil([&] { return !events().isEmpty() && events().constLast().seq >= seq; });
}

QList<protocol::Event> ServerClient::events() const
{
    QList<protocol::Event> found;
    for (const auto &page : all<protocol::Events>()) {
        if (page.room == lobbyId)
            found.append(page.events);
    }
    return found;
}

void ServerClient::onPayload(const QByteArray &payload)
{
    const bool isPacked = m_compression.method != protocol::CompressionMethod::None;
    if (isPacked)
        m_methodsSeen.insert(protocol::CompressionMethod(payload.front()));
    const auto plain = isPacked ? m_decompressor.unpack(m_compression, payload, protocol::Limits{}.messageBytes)
                                : QByteArrayView(payload);
    const auto message =
        plain.and_then([this](QByteArrayView bytes) { return protocol::decodeMessage(encoding(), bytes, {}); });
    if (!message)
        qFatal("the server sent a frame that cannot be decoded: %s", qUtf8Printable(message.error().text));
    if (const auto *welcome = std::get_if<protocol::Welcome>(&*message))
        m_compression = welcome->compression;
    m_received.append(*message);
}

} // namespace lanline::server
