#include "instance.h"

#include "client/address.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>

#include <thread>

namespace lanline::app {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 longestRequest = 4096;
constexpr auto betweenAttempts = 50ms;
constexpr auto answer = "shown\n";

/// The same for every way of writing the folder, and short enough for the path of a socket.
QString socketName(const QString &profileDir)
{
    const QString path = QFileInfo(profileDir).canonicalFilePath();
    const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"lanline-"_s + QLatin1StringView(hash.left(32));
}

int millisecondsOf(const QDeadlineTimer &deadline)
{
    return int(qMax(deadline.remainingTime(), qint64(1)));
}

/// The folder of sockets is everybody's; what somebody else has put there is not ours to talk to.
bool isOwn(const QLocalSocket &socket)
{
    return QFileInfo(socket.fullServerName()).ownerId() == QFileInfo(u"/proc/self"_s).ownerId();
}

} // namespace

InstanceListener::InstanceListener(const QString &profileDir, QObject *parent)
    : QObject(parent)
{
    const QString name = socketName(profileDir);
    // Left by a process that was killed: the profile's lock says that nobody listens there.
    QLocalServer::removeServer(name);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &InstanceListener::greet);
    if (!m_server.listen(name))
        qWarning("later starts cannot reach this one: %s", qPrintable(m_server.errorString()));
}

void InstanceListener::greet()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        socket->setReadBufferSize(longestRequest);
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { hear(*socket); });
        hear(*socket);
    }
}

void InstanceListener::hear(QLocalSocket &socket)
{
    if (!socket.canReadLine()) {
        if (socket.bytesAvailable() >= longestRequest)
            socket.abort();
        return;
    }
    const QJsonObject request = QJsonDocument::fromJson(socket.readLine()).object();
    const QString address = request.value("join"_L1).toString();
    std::optional<QUrl> join;
    if (!address.isEmpty()) {
        if (const auto url = client::parseServerAddress(address))
            join = *url;
    }
    // Before what it leads to: a question to the person may keep the answer for long.
    socket.write(answer);
    socket.flush();
    socket.disconnectFromServer();
    Q_EMIT startedAgain(join);
}

bool handToInstance(const QString &profileDir, const std::optional<QUrl> &join, std::chrono::milliseconds within)
{
    const QDeadlineTimer deadline(within);
    QJsonObject request;
    if (join)
        request.insert(u"join"_s, join->toString());

    const QString name = socketName(profileDir);
    while (!deadline.hasExpired()) {
        QLocalSocket socket;
        socket.connectToServer(name);
        if (!socket.waitForConnected(millisecondsOf(deadline))) {
            // It has the lock, and listens a moment later.
            std::this_thread::sleep_for(betweenAttempts);
            continue;
        }
        if (!isOwn(socket))
            return false;
        socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
        while (!socket.canReadLine() && socket.waitForReadyRead(millisecondsOf(deadline))) { }
        if (socket.readLine() == answer)
            return true;
    }
    return false;
}

} // namespace lanline::app
