#include "faultinjector.h"

#include "embeddedhost.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::app {

namespace {

/// Of those that a server can be asked for, the ones that are its own: the others break this client's links.
bool isOfServer(FaultKind kind)
{
    return kind == FaultKind::StallServer || kind == FaultKind::StallStorage || kind == FaultKind::SlowDisk;
}

bool isOnThisComputer(const QUrl &url)
{
    return url.host() == u"localhost" || QHostAddress(url.host()).isLoopback();
}

} // namespace

FaultInjector::FaultInjector(client::ChatSession &session, QObject *parent)
    : FaultController(parent)
    , m_session(session)
    , m_faults(m_time, [this](FaultKind kind) { onFaultChanged(kind); })
    , m_stall(m_time)
{
    connect(&session, &client::ChatSession::stateChanged, this, &FaultInjector::onState);
    connect(&session, &client::ChatSession::requestFailed, this, &FaultInjector::onRequestFailed);
    connect(&session, &client::ChatSession::faultsReceived, this, [this] {
        if (!m_asked.isEmpty())
            m_asked.removeFirst();
    });
}

FaultInjector::~FaultInjector()
{
    m_faults.stopAll();
}

void FaultInjector::setHost(EmbeddedHost &host)
{
    m_host = &host;
    connect(&host, &ui::HostController::started, this, &FaultInjector::changed);
    connect(&host, &ui::HostController::stopped, this, &FaultInjector::onHostStopped);
    connect(&host, &ui::HostController::failed, this, &FaultInjector::onHostStopped);
    connect(&host, &EmbeddedHost::restarted, this, &FaultInjector::onHostRestarted);
    Q_EMIT changed();
}

bool FaultInjector::isHosting() const
{
    return m_host && m_host->isHosting();
}

bool FaultInjector::isPossible(FaultKind kind, QString *whyNot) const
{
    const QString why = obstacle(kind);
    if (whyNot)
        *whyNot = why;
    return why.isEmpty();
}

QString FaultInjector::obstacle(FaultKind kind) const
{
    const bool isConnected = m_session.state().phase != client::Phase::Offline;
    if (kind == FaultKind::StallGui)
        return {};
    if (kind == FaultKind::RestartServer)
        return isHosting() ? QString() : tr("Only a host that this program runs itself can be killed.");
    if (isOfServer(kind)) {
        if (isHosting())
            return {};
        if (!isConnected)
            return tr("There is no connection.");
        return isOnThisComputer(m_session.state().url) ? QString()
                                                       : tr("Only a host on this computer can be asked for it.");
    }
    if (!isConnected)
        return tr("There is no connection.");
    if (kind == FaultKind::CutStandby && !m_session.state().hasStandby() && !m_faults.isOn(kind))
        return tr("There is no standby link.");
    return {};
}

void FaultInjector::start(const Fault &fault)
{
    if (const QString why = obstacle(fault.kind); !why.isEmpty())
        Q_EMIT refused(fault.kind, why);
    else
        m_faults.set(fault);
}

void FaultInjector::stop(FaultKind kind)
{
    m_faults.set(Fault{kind, 0ms, 0ms});
}

void FaultInjector::stopAll()
{
    m_faults.stopAll();
}

QList<ui::RunningFault> FaultInjector::running() const
{
    QList<ui::RunningFault> running;
    for (const ActiveFaults::Entry &entry : m_faults.entries())
        running.append({entry.fault, entry.endsAt});
    return running;
}

void FaultInjector::onFaultChanged(FaultKind kind)
{
    Fault fault{kind, 0ms, 0ms};
    for (const ActiveFaults::Entry &entry : m_faults.entries()) {
        if (entry.fault.kind == kind)
            fault = entry.fault;
    }
    carryOut(fault);
    Q_EMIT changed();
}

void FaultInjector::carryOut(const Fault &fault)
{
    if (fault.kind == FaultKind::StallGui)
        m_stall.set(fault.amount);
    else if (isOfServer(fault.kind) || fault.kind == FaultKind::RestartServer)
        breakServer(fault);
    else
        m_session.setFault(fault);
}

void FaultInjector::breakServer(const Fault &fault)
{
    if (isHosting() && fault.kind == FaultKind::RestartServer) {
        if (fault.duration > 0ms)
            m_host->restart(fault.amount);
        else
            m_host->endRestart();
    } else if (isHosting()) {
        m_host->setFault(fault);
    } else if (isOfServer(fault.kind) && m_session.state().phase != client::Phase::Offline) {
        m_asked.append(fault.kind);
        m_session.requestFault(fault);
    }
}

void FaultInjector::onRequestFailed(const client::RequestFailure &failure)
{
    if (failure.code != protocol::ErrorCode::NotAllowed || m_asked.isEmpty())
        return;
    const FaultKind kind = m_asked.takeFirst();
    if (!m_faults.isOn(kind))
        return;
    m_faults.set(Fault{kind, 0ms, 0ms});
    Q_EMIT refused(kind, tr("The host does not allow it. It has to be started with --allow-faults."));
}

void FaultInjector::onHostStopped()
{
    for (const ActiveFaults::Entry &entry : m_faults.entries()) {
        if (isOfServer(entry.fault.kind) || entry.fault.kind == FaultKind::RestartServer)
            m_faults.set(Fault{entry.fault.kind, 0ms, 0ms});
    }
    Q_EMIT changed();
}

void FaultInjector::onHostRestarted()
{
    for (const ActiveFaults::Entry &entry : m_faults.entries()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(entry.endsAt - m_time.now());
        if (isOfServer(entry.fault.kind) && left > 0ms)
            m_host->setFault({entry.fault.kind, entry.fault.amount, left});
    }
}

void FaultInjector::onState(const client::ConnectionState &state)
{
    const bool hasPhaseChanged = std::exchange(m_phase, state.phase) != state.phase;
    const bool hasStandbyChanged = std::exchange(m_hasStandby, state.hasStandby()) != state.hasStandby();
    if (state.phase == client::Phase::Offline && hasPhaseChanged)
        m_faults.stopAll();
    if (hasPhaseChanged || hasStandbyChanged)
        Q_EMIT changed();
}

} // namespace lanline::app
