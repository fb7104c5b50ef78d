#pragma once

#include "core/crossing.h"
#include "core/fault.h"
#include "core/id.h"
#include "protocol/limits.h"
#include "protocol/messages.h"
#include "server/debug/profiler.h"
#include "server/net/listenoptions.h"
#include "server/store/storeoptions.h"
#include "server/workerthread.h"

#include <QHostAddress>
#include <QObject>
#include <QUrl>

#include <memory>
#include <optional>

namespace lanline::server {

struct ServerOptions
{
    QHostAddress address = QHostAddress::LocalHost;
    quint16 port = 0; ///< 0: any free one
    QString dataDir; ///< made where it does not exist; holds lanline.db
    QString name; ///< what the host is called
    protocol::Limits limits;
    HttpRules http;
    bool hasMetrics = false; ///< /metrics, for the operator
    bool tracing = true; ///< messages are stamped, and clients are told where their time went
    bool hasDebugEndpoints = false; ///< /debug/pprof/, for the operator; on Linux alone
    bool allowFaults = false; ///< clients on this machine may ask for faults
    std::shared_ptr<Profiler> profiler{}; ///< of the debug endpoints; null: there is none
    Sockets sockets = Sockets::Native;
    std::optional<TlsIdentity> tls; ///< none: plain connections only
    QStringList addresses; ///< host:port that clients are told; empty: those of this machine's interfaces
    QList<RetentionRule> retention; ///< none: everything is kept for ever
    bool beginAnew = false; ///< should the database be unusable: keep it under another name, begin with an empty one
};

struct Listening
{
    QUrl url; ///< ws://, with an address that a client on this machine can use
    QUrl tlsUrl; ///< wss://, of the same port; empty without TLS
    quint16 port = 0;
    Epoch epoch;
    QByteArray certificateSha256; ///< what clients know the server by over TLS; empty without
};

struct StartFailure
{
    enum class Kind : quint8 {
        PortInUse, ///< `suggestedPort` was free a moment ago
        AddressUnavailable,
        DataUnusable, ///< the folder or the database cannot be used; `detail` says why
    };
    Kind kind = Kind::AddressUnavailable;
    quint16 port = 0;
    quint16 suggestedPort = 0;
    QString detail; ///< English
    bool canBeginAnew = false; ///< of DataUnusable: ServerOptions::beginAnew would help
};

/// One connected client, for the host's table.
struct ClientRow
{
    quint64 connection = 0;
    protocol::User user;
    QString app;
    QHostAddress address;
    qint64 queuedBytes = 0;
    quint64 messages = 0; ///< sent by it
    bool isStandby = false; ///< a second link of the client that is in another row
    quint64 client = 0; ///< the same for both links of one client
    std::chrono::milliseconds heartbeat{}; ///< that it announced
};

struct ServerStatus
{
    protocol::Status totals;
    QList<ClientRow> clients;
};

/// The embedded server as its owner sees it: lives in the caller's thread, while the server lives in its own.
/// start() after stopped() begins anew; the destructor stops and waits.
class ServerHost final : public QObject
{
    Q_OBJECT

public:
    explicit ServerHost(QObject *parent = nullptr);
    ~ServerHost() override;

    /// Answers with started() or startFailed().
    void start(const ServerOptions &options);
    /// Tells the clients GOODBYE, drains the store, closes; answers with stopped().
    void stop();
    /// Ends at once, as if the process were killed: nobody is told anything, what waits to be stored is lost to whoever
    /// sent it. Answers with stopped().
    void kill();
    /// Breaks the running server on purpose; ends by itself, and with the server. Without a duration: ends the fault of
    /// that kind. Nothing happens if the kind is no server's.
    void setFault(const Fault &fault);
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void started(const lanline::server::Listening &listening);
    void startFailed(const lanline::server::StartFailure &failure);
    void stopped();
    /// Once a second while running, and at once when a client comes or goes.
    void statusChanged(const lanline::server::ServerStatus &status);

    /// For the worker alone.
    void stopRequested();
    void killRequested();
    void faultRequested(const lanline::Crossing<lanline::Fault> &fault);

private:
    void onThreadFinished();

    WorkerThread m_thread; ///< the server's; ends with it
    std::optional<StartFailure> m_failure; ///< told when the thread has ended
    bool m_running = false;
};

} // namespace lanline::server
