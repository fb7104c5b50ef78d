#pragma once

#include "core/id.h"
#include "ui/loadtestcontroller.h"

#include <QByteArray>
#include <QHash>
#include <QString>

namespace lanline::loadtest {

/// What outlives a run, in two files of the profile: the reports, and the secrets of the guests by server, so that a
/// host sees the same guests again. Without a folder it ends with this object.
class LoadReports
{
public:
    explicit LoadReports(QString folder);

    /// The newest first.
    const QList<ui::LoadTestReport> &all() const { return m_reports; }
    void add(const ui::LoadTestReport &report);
    void setNote(WallTime beganAt, const QString &note);

    QList<QByteArray> secretsFor(const ServerId &server) const { return m_secrets.value(server); }
    void setSecrets(const ServerId &server, const QList<QByteArray> &secrets);

    /// Why the last write did not succeed: English; empty if it did.
    const QString &problem() const { return m_problem; }

private:
    void readReports();
    void readSecrets();
    void writeReports();
    void writeSecrets();
    void write(const QString &name, const QByteArray &content);

    QString m_folder;
    QList<ui::LoadTestReport> m_reports;
    QHash<ServerId, QList<QByteArray>> m_secrets;
    QString m_problem;
};

} // namespace lanline::loadtest
