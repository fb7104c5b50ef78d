#pragma once

#include "client/values.h"

#include <QObject>
#include <QStringList>

#include <array>

class QThread;

namespace lanline::app {

class Cable;

/// The two cables between one client and a server on this machine. Each is at a loopback address of its own, so that
/// the client's lanes tell which of them carries what. Lives in the GUI thread, the cables in the network thread.
class Wiring final : public QObject
{
    Q_OBJECT

public:
    explicit Wiring(QThread *network, QObject *parent = nullptr);
    ~Wiring() override;

    /// Puts both into their sockets; false: the system refuses. To be called before anything else, and before the
    /// server is known.
    bool layOut();
    /// host:port of each, as a server tells them.
    QStringList addresses() const;
    void connectTo(quint16 serverPort);

    /// The one that carries the active lane.
    void pullPrimary(const client::ConnectionState &state);
    void pullAll();
    void plugBack();
    bool canPullPrimary(const client::ConnectionState &state) const { return carrierOf(state) >= 0; }
    bool isAnyPulled() const;

Q_SIGNALS:
    /// One was pulled or put back.
    void changed();

private:
    struct Line
    {
        Cable *cable = nullptr; ///< in the network thread
        quint16 port = 0;
        bool isPulled = false;
    };

    int carrierOf(const client::ConnectionState &state) const;
    void pull(Line &line);

    std::array<Line, client::laneCount> m_lines;
};

} // namespace lanline::app
