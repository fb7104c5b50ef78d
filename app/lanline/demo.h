#pragma once

#include "app/profile/profile.h"
#include "embeddedhost.h"
#include "seat.h"

#include <QHash>
#include <QObject>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace lanline::app {

class Wiring;

/// Try on this computer: a server on a free loopback port and two people, Alice and Bob, each with a window and a
/// diagnostics panel. Bob has two cables to the server, and each can be pulled; Alice has none to pull, and one
/// connection. Everything is forgotten at the end.
class Demo final : public QObject
{
    Q_OBJECT

public:
    Demo(QThread *network, ui::ThemeController &themes, QObject *parent = nullptr);
    ~Demo() override;

    /// Answers with started() or failed().
    void start();
    /// Both windows side by side on the screen, the diagnostics below them.
    void arrange();

    Seat &alice() { return *m_alice; }
    Seat &bob() { return *m_bob; }
    EmbeddedHost &host() { return m_host; }
    /// The cable that carries what Bob says at this moment; without effect when he is offline.
    void pullBobsPrimary();
    void unplugBob(); ///< both cables
    void plugBob();

Q_SIGNALS:
    void started();
    void failed(const QString &sentence);
    /// All chat windows were closed.
    void finished();

private:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void watch(Seat &seat, ui::ChatWindow &window);
    std::unique_ptr<Seat> makeSeat(const QString &name, quint8 colour, ui::ThemeController &themes);
    void addCableActions();
    void onHosting(const ui::HostInfo &info);

    QThread *m_network;
    QTemporaryDir m_dir;
    std::vector<std::unique_ptr<Profile>> m_profiles; ///< in it
    EmbeddedHost m_host;
    std::unique_ptr<Wiring> m_wiring; ///< Bob's
    bool m_isStarted = false;
    std::unique_ptr<Seat> m_alice;
    std::unique_ptr<Seat> m_bob;
    QHash<QObject *, Seat *> m_seatOf; ///< by window
};

} // namespace lanline::app
