#pragma once

#include "server/serverhost.h"

#include <QObject>

namespace lanline {

/// Runs one server: says on stdout where it listens, on stderr why it cannot, and ends the program accordingly.
class Daemon final : public QObject
{
    Q_OBJECT

public:
    explicit Daemon(const server::ServerOptions &options, QObject *parent = nullptr);

    void start();
    /// Drains, tells the clients, and ends the program with 0.
    void stop();

private:
    void onStarted(const server::Listening &listening);
    void onStartFailed(const server::StartFailure &failure);

    server::ServerOptions m_options;
    server::ServerHost m_host;
};

} // namespace lanline
