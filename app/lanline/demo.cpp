#include "demo.h"

#include "cable.h"
#include "core/devicekey.h"

#include <QEvent>
#include <QFile>
#include <QGuiApplication>
#include <QScreen>

namespace lanline::app {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A key for one of the two, in its own colour out of the four that names get, so that they are told apart at a glance.
QString makeKey(const QString &path, quint8 colour)
{
    constexpr int colours = 4;
    for (;;) {
        const auto key = DeviceKey::loadOrCreate(path);
        if (!key || quint8(key->publicKey().front()) % colours == colour)
            return path;
        QFile::remove(path);
    }
}

} // namespace

Demo::Demo(QThread *network, ui::ThemeController &themes, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_host(m_dir.filePath(u"host"_s), QHostAddress::LocalHost)
{
    const auto makeSeat = [&](const QString &name, quint8 colour) {
        const QString keyPath = makeKey(m_dir.filePath(name + u".key"_s), colour);
        return std::make_unique<Seat>(client::Identity{name, keyPath}, network, themes);
    };
    m_alice = makeSeat(u"Alice"_s, 0);
    m_bob = makeSeat(u"Bob"_s, 1);
    for (Seat *seat : {m_alice.get(), m_bob.get()}) {
        seat->window().setLeavable(false);
        seat->window().installEventFilter(this);
    }

    connect(&m_host, &EmbeddedHost::started, this, &Demo::onHosting);
    connect(&m_host, &EmbeddedHost::failed, this, [this](const ui::HostFailure &failure) {
        Q_EMIT failed(tr("The server for the demo could not start: %1").arg(failure.detail));
    });
}

Demo::~Demo()
{
    if (m_cable)
        m_cable->deleteLater();
}

void Demo::start()
{
    if (!m_dir.isValid()) {
        Q_EMIT failed(tr("The demo needs a temporary folder: %1").arg(m_dir.errorString()));
        return;
    }
    m_host.start({tr("This computer"), 0});
}

void Demo::onHosting(const ui::HostInfo &info)
{
    if (m_cable) // the server was started again: the sessions come back by themselves
        return;

    m_cable = new Cable(info.port);
    m_cable->moveToThread(m_network);
    quint16 cablePort = 0;
    QMetaObject::invokeMethod(
        m_cable, [this, &cablePort] { cablePort = m_cable->plug(); }, Qt::BlockingQueuedConnection);
    if (cablePort == 0) {
        Q_EMIT failed(tr("The demo could not open a second port on this computer."));
        return;
    }

    QUrl bobsWay = info.localUrl;
    bobsWay.setPort(cablePort);
    m_alice->session().open(info.localUrl);
    m_bob->session().open(bobsWay);
    Q_EMIT started();
}

void Demo::arrange()
{
    constexpr int gap = 8;
    constexpr int frame = 32; // what a window manager puts above a window
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    const int width = qMin((screen.width() - gap) / 2, 1120);
    const bool stacked = screen.height() >= 1000;
    const int height = stacked ? (screen.height() * 52) / 100 - frame : qMin(screen.height() - frame, 760);

    int left = screen.left();
    for (Seat *seat : {m_alice.get(), m_bob.get()}) {
        seat->window().setGeometry(left, screen.top() + frame, width, height);
        const int below = stacked ? screen.top() + 2 * frame + height : screen.top() + screen.height() / 2;
        seat->diagnostics().setGeometry(left, below, width, screen.bottom() - below);
        seat->diagnostics().setWindow(std::chrono::minutes(1));
        left += width + gap;
        seat->diagnostics().show();
        seat->window().show();
    }
}

void Demo::unplugBob()
{
    QMetaObject::invokeMethod(m_cable, &Cable::unplug, Qt::QueuedConnection);
}

void Demo::plugBob()
{
    QMetaObject::invokeMethod(m_cable, &Cable::plug, Qt::QueuedConnection);
}

bool Demo::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Close) {
        Seat &closing = watched == &m_alice->window() ? *m_alice : *m_bob;
        Seat &other = &closing == m_alice.get() ? *m_bob : *m_alice;
        closing.diagnostics().close();
        if (!other.window().isVisible())
            Q_EMIT finished();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace lanline::app
