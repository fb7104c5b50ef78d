#include "server/net/qtacceptor.h"

#include "server/logging.h"
#include "server/net/qtstream.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTcpServer>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::server {

namespace {

constexpr int backlog = 4096;
constexpr auto restTime = 100ms;

QSslKey keyOf(const QByteArray &pem)
{
    for (const auto algorithm : {QSsl::Ec, QSsl::Rsa}) {
        if (QSslKey key(pem, algorithm); !key.isNull())
            return key;
    }
    return {};
}

QSslConfiguration configurationOf(const TlsIdentity &identity)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromData(identity.certificate));
    configuration.setPrivateKey(keyOf(identity.key));
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    return configuration;
}

} // namespace

class QtAcceptor::Server final : public QTcpServer
{
public:
    Server(const std::optional<TlsIdentity> &tls, Accepted accepted)
        : m_accepted(std::move(accepted))
    {
        if (tls)
            m_configuration = configurationOf(*tls);
        setListenBacklogSize(backlog);
        // Qt has paused by itself then.
        connect(this, &QTcpServer::acceptError, this, [this] {
            qCWarning(lcServer, "cannot accept for now: %ls", qUtf16Printable(errorString()));
            QTimer::singleShot(restTime, this, [this] {
                if (isListening())
                    resumeAccepting();
            });
        });
    }

    bool canSpeak() const { return !m_configuration || QSslSocket::supportsSsl(); }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto socket = std::make_unique<QSslSocket>();
        if (m_configuration)
            socket->setSslConfiguration(*m_configuration);
        if (!socket->setSocketDescriptor(descriptor))
            return;
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_accepted(std::make_unique<QtStream>(std::move(socket), m_configuration.has_value()));
    }

private:
    Accepted m_accepted;
    std::optional<QSslConfiguration> m_configuration;
};

QtAcceptor::QtAcceptor(const std::optional<TlsIdentity> &tls, Accepted accepted)
    : m_server(std::make_unique<Server>(tls, std::move(accepted)))
{ }

QtAcceptor::~QtAcceptor() = default;

std::optional<Acceptor::Problem> QtAcceptor::listen(const QHostAddress &address, quint16 port)
{
    if (!m_server->canSpeak())
        return Problem{false, u"Qt has no TLS on this system"_s};
    if (!m_server->listen(address, port))
        return Problem{m_server->serverError() == QAbstractSocket::AddressInUseError, m_server->errorString()};
    m_server->pauseAccepting();
    return std::nullopt;
}

quint16 QtAcceptor::port() const
{
    return m_server->serverPort();
}

void QtAcceptor::startAccepting()
{
    m_server->resumeAccepting();
}

void QtAcceptor::close()
{
    m_server->close();
}

} // namespace lanline::server
