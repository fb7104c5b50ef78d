// A WebSocket server as people write one with Qt: QWebSocketServer and a QWebSocket for each connection, all in the
// main thread, plain and secure.
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QWebSocket>
#include <QWebSocketServer>

#include <csignal>
#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace {

class Server : public QObject
{
public:
    explicit Server(QWebSocketServer::SslMode mode)
        : m_server(u"peer"_s, mode)
    {
        // Its default of 30 would turn away most of those who come at once.
        m_server.setMaxPendingConnections(4096);
        connect(&m_server, &QWebSocketServer::newConnection, this, &Server::onNewConnection);
    }

    QWebSocketServer &server() { return m_server; }

private:
    void onNewConnection()
    {
        while (QWebSocket *socket = m_server.nextPendingConnection()) {
            const QString path = socket->requestUrl().path();
            if (path == u"/bench/echo") {
                connect(socket, &QWebSocket::textMessageReceived, socket, &QWebSocket::sendTextMessage);
                connect(socket, &QWebSocket::binaryMessageReceived, socket, &QWebSocket::sendBinaryMessage);
            } else if (path == u"/bench/broadcast") {
                m_room.insert(socket);
                connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString &message) {
                    for (QWebSocket *client : std::as_const(m_room))
                        client->sendTextMessage(message);
                });
                connect(socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &message) {
                    for (QWebSocket *client : std::as_const(m_room))
                        client->sendBinaryMessage(message);
                });
            } else {
                socket->close(QWebSocketProtocol::CloseCodePolicyViolated);
            }
            connect(socket, &QWebSocket::disconnected, this, [this, socket] {
                m_room.remove(socket);
                socket->deleteLater();
            });
        }
    }

    QWebSocketServer m_server;
    QSet<QWebSocket *> m_room;
};

bool readCertificate(const QStringList &files, QSslConfiguration &configuration)
{
    QFile certificate(files.value(0));
    QFile key(files.value(1));
    if (!certificate.open(QIODevice::ReadOnly) || !key.open(QIODevice::ReadOnly))
        return false;
    const QByteArray pem = key.readAll();
    QSslKey privateKey(pem, QSsl::Rsa);
    if (privateKey.isNull())
        privateKey = QSslKey(pem, QSsl::Ec);
    configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromDevice(&certificate));
    configuration.setPrivateKey(privateKey);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return !privateKey.isNull() && !configuration.localCertificateChain().isEmpty();
}

int complain(const QString &sentence)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(sentence));
    return 1;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"port"_s, u"Listen on this port of the loopback; 0: a free one."_s, u"N"_s, u"0"_s});
    parser.addOption(
        {u"tls"_s, u"Listen on another port for TLS as well, with this certificate and its key."_s, u"CERT KEY"_s});
    parser.addPositionalArgument(u"KEY"_s, u"Key of the certificate"_s, u"[KEY]"_s);
    parser.process(application);

    Server plain(QWebSocketServer::NonSecureMode);
    if (!plain.server().listen(QHostAddress::LocalHost, quint16(parser.value(u"port"_s).toUInt())))
        return complain(plain.server().errorString());
    QJsonObject line{{u"event"_s, u"listening"_s}, {u"url"_s, plain.server().serverUrl().toString()},
        {u"port"_s, plain.server().serverPort()}};

    Server secure(QWebSocketServer::SecureMode);
    if (parser.isSet(u"tls"_s)) {
        QSslConfiguration configuration;
        if (!readCertificate(QStringList{parser.value(u"tls"_s)} + parser.positionalArguments(), configuration))
            return complain(u"no certificate and key there"_s);
        secure.server().setSslConfiguration(configuration);
        if (!secure.server().listen(QHostAddress::LocalHost))
            return complain(secure.server().errorString());
        line[u"tls_url"_s] = secure.server().serverUrl().toString();
    }

    // Nothing is to be saved: the signals' default ends the program.
    std::signal(SIGTERM, SIG_DFL);
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    return QCoreApplication::exec();
}
