#pragma once

#include "client/chatsession.h"
#include "core/activefaults.h"
#include "core/recurringstall.h"
#include "ui/faultcontroller.h"

#include <QPointer>

namespace lanline::app {

class EmbeddedHost;

/// Breaks on purpose what one person's program can: its own session and windows, the server that it hosts, or one
/// elsewhere on this computer that allows it. Lives in the GUI thread. Everything ends with it.
class FaultInjector final : public ui::FaultController
{
    Q_OBJECT

public:
    /// `session` outlives this object.
    explicit FaultInjector(client::ChatSession &session, QObject *parent = nullptr);
    ~FaultInjector() override;

    /// The server that may run in this process. It may go before this object.
    void setHost(EmbeddedHost &host);

    bool isPossible(FaultKind kind, QString *whyNot = nullptr) const override;
    void start(const Fault &fault) override;
    void stop(FaultKind kind) override;
    void stopAll() override;
    QList<ui::RunningFault> running() const override;

private:
    /// Why it cannot be done here; empty: it can.
    QString obstacle(FaultKind kind) const;
    bool isHosting() const;
    void onFaultChanged(FaultKind kind);
    void carryOut(const Fault &fault);
    void breakServer(const Fault &fault);
    void onRequestFailed(const client::RequestFailure &failure);
    void onHostStopped();
    /// Its faults went with the one that was killed.
    void onHostRestarted();
    void onState(const client::ConnectionState &state);

    client::ChatSession &m_session;
    SystemTime m_time;
    QPointer<EmbeddedHost> m_host;
    ActiveFaults m_faults;
    RecurringStall m_stall; ///< of this thread
    QList<FaultKind> m_asked; ///< of a server elsewhere, and not answered
    client::Phase m_phase = client::Phase::Offline;
    bool m_hasStandby = false;
};

} // namespace lanline::app
