#pragma once

#include "core/timing.h"

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>

namespace lanline::ui {

struct HostRequest
{
    QString name;
    quint16 port = 0;
};

struct HostInfo
{
    QString name;
    quint16 port = 0;
    QUrl localUrl; ///< for a client on this machine
    QHostAddress address = QHostAddress::Any; ///< that it listens on
    SteadyTime startedAt{};
};

struct HostFailure
{
    enum class Kind : quint8 { PortInUse, AddressUnavailable, DataUnusable };
    Kind kind = Kind::AddressUnavailable;
    quint16 port = 0;
    quint16 suggestedPort = 0;
    QString detail; ///< English
};

/// One link of a client to this host.
struct HostClient
{
    quint64 connection = 0;
    QString name;
    bool isGuest = false;
    quint8 hue = 0;
    QString app;
    QString address;
    qint64 queuedBytes = 0;
    quint64 messages = 0;
    bool isStandby = false;
    quint64 client = 0; ///< the same for both links of one client; 0: not known yet
    std::chrono::milliseconds heartbeat{}; ///< between two of its beats, as announced
    friend bool operator==(const HostClient &, const HostClient &) = default;
};

/// Hosting, as the face needs it: values only. `app` implements it with the server's ServerHost.
class HostController : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Answers with started() or failed().
    virtual void start(const lanline::ui::HostRequest &request) = 0;
    /// Answers with stopped().
    virtual void stop() = 0;
    virtual bool isHosting() const = 0;
    /// What is hosted now, or was last.
    virtual const HostInfo &info() const = 0;

Q_SIGNALS:
    void started(const lanline::ui::HostInfo &info);
    void failed(const lanline::ui::HostFailure &failure);
    void stopped();
    void clientsChanged(const QList<lanline::ui::HostClient> &clients);
};

} // namespace lanline::ui
