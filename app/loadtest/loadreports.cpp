#include "app/loadtest/loadreports.h"

#include "app/loadtest/loadjson.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

namespace lanline::loadtest {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString reportsFile = u"loadtests.json"_s;
const QString guestsFile = u"loadtest-guests.json"_s;
/// A file of ours is far below; another is not taken into memory.
constexpr qint64 mostBytes = 16LL << 20;

QJsonDocument read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > mostBytes)
        return {};
    return QJsonDocument::fromJson(file.readAll());
}

} // namespace

LoadReports::LoadReports(QString folder)
    : m_folder(std::move(folder))
{
    if (m_folder.isEmpty())
        return;
    readReports();
    readSecrets();
}

void LoadReports::readReports()
{
    for (const auto &each : read(QDir(m_folder).filePath(reportsFile)).array()) {
        if (auto report = reportFrom(each.toObject()); report && m_reports.size() < ui::LoadTestController::reportsKept)
            m_reports.append(*std::move(report));
    }
}

void LoadReports::readSecrets()
{
    const QJsonObject servers = read(QDir(m_folder).filePath(guestsFile)).object();
    for (auto server = servers.begin(); server != servers.end(); ++server) {
        QList<QByteArray> secrets;
        const QJsonArray texts = server.value().toArray();
        for (const auto &secret : texts)
            secrets.append(QByteArray::fromBase64(secret.toString().toLatin1()));
        m_secrets.insert(ServerId(QByteArray::fromHex(server.key().toLatin1())), secrets);
    }
}

void LoadReports::add(const ui::LoadTestReport &report)
{
    m_reports.prepend(report);
    while (m_reports.size() > ui::LoadTestController::reportsKept)
        m_reports.removeLast();
    writeReports();
}

void LoadReports::setNote(WallTime beganAt, const QString &note)
{
    const auto found = std::find_if(m_reports.begin(), m_reports.end(),
        [beganAt](const ui::LoadTestReport &report) { return report.beganAt == beganAt; });
    if (found == m_reports.end() || found->note == note)
        return;
    found->note = note;
    writeReports();
}

void LoadReports::setSecrets(const ServerId &server, const QList<QByteArray> &secrets)
{
    if (m_secrets.value(server) == secrets)
        return;
    m_secrets.insert(server, secrets);
    writeSecrets();
}

void LoadReports::writeReports()
{
    QJsonArray reports;
    for (const ui::LoadTestReport &report : std::as_const(m_reports))
        reports.append(toJson(report));
    write(reportsFile, QJsonDocument(reports).toJson(QJsonDocument::Compact));
}

void LoadReports::writeSecrets()
{
    QJsonObject servers;
    for (auto server = m_secrets.cbegin(); server != m_secrets.cend(); ++server) {
        QJsonArray secrets;
        for (const QByteArray &secret : server.value())
            secrets.append(QString::fromLatin1(secret.toBase64()));
        servers.insert(QString::fromLatin1(server.key().value().toHex()), secrets);
    }
    write(guestsFile, QJsonDocument(servers).toJson(QJsonDocument::Compact));
}

void LoadReports::write(const QString &name, const QByteArray &content)
{
    m_problem.clear();
    if (m_folder.isEmpty())
        return;
    QSaveFile file(QDir(m_folder).filePath(name));
    const bool isOpen = file.open(QIODevice::WriteOnly);
    // Secrets are among it.
    if (isOpen)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (!isOpen || file.write(content) != content.size() || !file.commit())
        m_problem = file.errorString();
}

} // namespace lanline::loadtest
