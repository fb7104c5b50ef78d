#include "daemon.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace lanline {

namespace {

QString sentenceFor(const server::StartFailure &failure, const server::ServerOptions &options)
{
    using Kind = server::StartFailure::Kind;
    switch (failure.kind) {
    case Kind::PortInUse:
        return failure.suggestedPort == 0
            ? u"Port %1 is in use."_s.arg(failure.port)
            : u"Port %1 is in use. Use %2 instead?"_s.arg(failure.port).arg(failure.suggestedPort);
    case Kind::AddressUnavailable:
        return u"Cannot listen on %1, port %2: %3."_s.arg(options.address.toString())
            .arg(failure.port)
            .arg(failure.detail);
    case Kind::DataUnusable:
        break;
    }
    return failure.detail;
}

/// What a person can do about data that cannot be used, where there is something.
QString adviceFor(const server::StartFailure &failure)
{
    return failure.canBeginAnew ? u" Nothing was changed. Put a backup in its place, or start once with --begin-anew,"
                                  " which keeps it under another name and begins with an empty one."_s
                                : QString();
}

} // namespace

Daemon::Daemon(const server::ServerOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{
    connect(&m_host, &server::ServerHost::started, this, &Daemon::onStarted);
    connect(&m_host, &server::ServerHost::startFailed, this, &Daemon::onStartFailed);
    connect(&m_host, &server::ServerHost::stopped, this, [] { QCoreApplication::exit(0); });
}

void Daemon::start()
{
    m_host.start(m_options);
}

void Daemon::stop()
{
    m_host.stop();
}

void Daemon::onStarted(const server::Listening &listening)
{
    // By hand, not by QJsonObject alone: "event" comes first for those who read it with their eyes.
    const auto quoted = [](const QString &text) {
        const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
        return array.sliced(1, array.size() - 2);
    };
    QByteArray line = "{\"event\":\"listening\",\"url\":" + quoted(listening.url.toString())
        + ",\"port\":" + QByteArray::number(listening.port) + ",\"epoch\":\"" + listening.epoch.value().toHex() + '"';
    if (!listening.tlsUrl.isEmpty()) {
        line += ",\"tls_url\":" + quoted(listening.tlsUrl.toString()) + ",\"certificate_sha256\":\""
            + listening.certificateSha256.toHex() + '"';
    }
    line += "}\n";
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fflush(stdout);
}

void Daemon::onStartFailed(const server::StartFailure &failure)
{
    const QString sentence = sentenceFor(failure, m_options) + adviceFor(failure);
    std::fprintf(stderr, "lanlined: %s\n", qUtf8Printable(sentence));
    QCoreApplication::exit(1);
}

} // namespace lanline
