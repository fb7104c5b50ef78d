#include "demo.h"

#include "core/devicekey.h"
#include "ui/theme/icons.h"
#include "wiring.h"

#include <QAction>
#include <QEvent>
#include <QFile>
#include <QGuiApplication>
#include <QScreen>

#include <utility>

namespace lanline::app {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A key for one of the two, in its own colour out of the four that names get, so that they are told apart at a glance.
void makeKey(const QString &path, quint8 colour)
{
    constexpr int colours = 4;
    for (;;) {
        const auto key = DeviceKey::loadOrCreate(path);
        if (!key || quint8(key->publicKey().front()) % colours == colour)
            return;
        QFile::remove(path);
    }
}

} // namespace

Demo::Demo(QThread *network, ui::ThemeController &themes, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_host(m_dir.filePath(u"host"_s), QHostAddress::LocalHost)
{
    m_alice = makeSeat(u"Alice"_s, 0, themes);
    m_bob = makeSeat(u"Bob"_s, 1, themes);
    for (Seat *seat : {m_alice.get(), m_bob.get()}) {
        seat->faults().setHost(m_host);
        seat->window().setLeavable(false);
        watch(*seat, seat->window());
        connect(seat, &Seat::windowOpened, this, [this, seat](ui::ChatWindow *window) { watch(*seat, *window); });
    }

    // The server tells everybody the way over Bob's cables. Alice has her own, and only that one.
    m_alice->session().setRedundancy(client::Redundancy::Off);
    m_bob->session().setRedundancy(client::Redundancy::Automatic);
    m_wiring = std::make_unique<Wiring>(network);
    addCableActions();

    connect(&m_host, &EmbeddedHost::started, this, &Demo::onHosting);
    connect(&m_host, &EmbeddedHost::failed, this, [this](const ui::HostFailure &failure) {
        Q_EMIT failed(tr("The server for the demo could not start: %1").arg(failure.detail));
    });
}

Demo::~Demo() = default;

void Demo::addCableActions()
{
    auto *pull = new QAction(tr("Pull the primary cable"), this);
    auto *plug = new QAction(tr("Plug it back"), this);
    pull->setObjectName(u"pullPrimaryCable"_s);
    plug->setObjectName(u"plugCables"_s);
    pull->setToolTip(tr("Cuts the connection that carries Bob's messages right now."));
    const auto refresh = [this, pull, plug] {
        pull->setEnabled(m_wiring->canPullPrimary(m_bob->session().state()));
        plug->setEnabled(m_wiring->isAnyPulled());
    };
    connect(pull, &QAction::triggered, this, &Demo::pullBobsPrimary);
    connect(plug, &QAction::triggered, this, &Demo::plugBob);
    connect(m_wiring.get(), &Wiring::changed, this, refresh);
    connect(&m_bob->session(), &client::ChatSession::stateChanged, this, refresh);
    refresh();
    for (QAction *action : {pull, plug})
        m_bob->window().addToMenu(action);
    m_bob->diagnostics().addTool(pull, ui::icons::Cut);
    m_bob->diagnostics().addTool(plug, ui::icons::Restore);
}

std::unique_ptr<Seat> Demo::makeSeat(const QString &name, quint8 colour, ui::ThemeController &themes)
{
    client::Identity identity{name};
    // Without a folder there is no demo, which start() says.
    if (m_dir.isValid()) {
        if (auto profile = Profile::open(m_dir.filePath(name))) {
            makeKey((*profile)->keyPath(), colour);
            identity.keyPath = (*profile)->keyPath();
            identity.storePath = (*profile)->storePath();
            m_profiles.push_back(*std::move(profile));
        }
    }
    return std::make_unique<Seat>(identity, m_network, themes);
}

void Demo::start()
{
    if (!m_dir.isValid() || m_profiles.size() != 2) {
        Q_EMIT failed(tr("The demo needs a temporary folder: %1").arg(m_dir.errorString()));
        return;
    }
    if (!m_wiring->layOut()) {
        Q_EMIT failed(tr("The demo could not open a second port on this computer."));
        return;
    }
    m_host.setToldAddresses(m_wiring->addresses());
    m_host.start({tr("This computer"), 0});
}

void Demo::onHosting(const ui::HostInfo &info)
{
    m_wiring->connectTo(info.port);
    if (std::exchange(m_isStarted, true)) // the server was started again: the sessions come back by themselves
        return;

    m_alice->session().open(info.localUrl);
    m_bob->session().open(QUrl(u"ws://%1/"_s.arg(m_wiring->addresses().constFirst())));
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

void Demo::pullBobsPrimary()
{
    m_wiring->pullPrimary(m_bob->session().state());
}

void Demo::unplugBob()
{
    m_wiring->pullAll();
}

void Demo::plugBob()
{
    m_wiring->plugBack();
}

void Demo::watch(Seat &seat, ui::ChatWindow &window)
{
    m_seatOf.insert(&window, &seat);
    window.installEventFilter(this);
}

bool Demo::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Close) {
        Seat &closing = *m_seatOf.value(watched);
        Seat &other = &closing == m_alice.get() ? *m_bob : *m_alice;
        if (closing.windowsShown() == 1) {
            closing.diagnostics().close();
            if (other.windowsShown() == 0)
                Q_EMIT finished();
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace lanline::app
