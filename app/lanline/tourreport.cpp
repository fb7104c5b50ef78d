#include "tour.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QSysInfo>
#include <QThread>

namespace lanline::app {

using namespace Qt::Literals::StringLiterals;

namespace {

double toMs(std::chrono::microseconds duration)
{
    return double(duration.count()) / 1000.0;
}

QJsonObject reportOf(const Witness &witness, const ui::LatencySummary &latency)
{
    return {
        {u"sent"_s, witness.composed()},
        {u"stored"_s, witness.stored()},
        {u"received"_s, witness.received()},
        {u"duplicated"_s, witness.duplicated()},
        {u"reordered"_s, witness.reordered()},
        {u"round_trips"_s,
            QJsonObject{
                {u"count"_s, qint64(latency.count)},
                {u"missed"_s, qint64(latency.missed)},
                {u"p50_ms"_s, toMs(latency.p50)},
                {u"p95_ms"_s, toMs(latency.p95)},
                {u"p99_ms"_s, toMs(latency.p99)},
                {u"max_ms"_s, toMs(latency.max)},
                {u"jitter_ms"_s, toMs(latency.jitter)},
            }},
    };
}

} // namespace

bool Tour::writeReport(bool held) const
{
    const QJsonObject report{
        {u"ok"_s, held},
        {u"version"_s, QCoreApplication::applicationVersion()},
        {u"machine"_s,
            QJsonObject{
                {u"os"_s, QSysInfo::prettyProductName()},
                {u"kernel"_s, QSysInfo::kernelVersion()},
                {u"cpu"_s, QSysInfo::currentCpuArchitecture()},
                {u"cores"_s, QThread::idealThreadCount()},
            }},
        {u"windows"_s,
            QJsonObject{
                {u"Alice"_s, reportOf(m_alice, m_demo.alice().diagnostics().latencySummary())},
                {u"Bob"_s, reportOf(m_bob, m_demo.bob().diagnostics().latencySummary())},
            }},
        {u"failover"_s,
            QJsonObject{
                {u"window"_s, u"Bob"_s},
                {u"gap_ms"_s, m_failoverGapMs},
                {u"seen_ms"_s, m_failoverMs},
                {u"rearm_ms"_s, m_rearmMs},
                {u"status"_s, m_failoverSentence},
            }},
        {u"cut"_s,
            QJsonObject{
                {u"window"_s, u"Bob"_s},
                {u"outage_ms"_s, m_outageMs},
                {u"recovery_ms"_s, m_recoveryMs},
            }},
        {u"server_restart"_s, QJsonObject{{u"recovery_ms"_s, m_restartMs}}},
        {u"verdict"_s, m_verdict},
        {u"ledgers"_s, m_ledgers},
        {u"steps"_s, m_report},
    };
    QSaveFile file(m_dir.filePath(u"report.json"_s));
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(report).toJson()) > 0 && file.commit();
}

} // namespace lanline::app
