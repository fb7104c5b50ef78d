#pragma once

#include <QLocalServer>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <optional>

class QLocalSocket;

namespace lanline::app {

/// What the only process of a profile hears from later starts with the same profile. Whoever makes it holds the
/// profile's lock.
class InstanceListener final : public QObject
{
    Q_OBJECT

public:
    /// Listens from now on, for processes of this user only. Where that cannot be, later starts find nobody.
    explicit InstanceListener(const QString &profileDir, QObject *parent = nullptr);

Q_SIGNALS:
    /// Somebody started Lanline once more, with `--join` or without.
    void startedAgain(const std::optional<QUrl> &join);

private:
    void greet();
    void hear(QLocalSocket &socket);

    QLocalServer m_server;
};

/// Hands what this start was asked for to the process that has the profile. Blocks for `within` at most; false: nobody
/// answered.
bool handToInstance(const QString &profileDir, const std::optional<QUrl> &join, std::chrono::milliseconds within);

} // namespace lanline::app
