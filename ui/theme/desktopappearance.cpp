#include "ui/theme/desktopappearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>
#include <QGuiApplication>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

const QString portalService = u"org.freedesktop.portal.Desktop"_s;
const QString portalPath = u"/org/freedesktop/portal/desktop"_s;
const QString portalInterface = u"org.freedesktop.portal.Settings"_s;
const QString appearanceGroup = u"org.freedesktop.appearance"_s;
const QString gnomeGroup = u"org.gnome.desktop.interface"_s;
const QString schemeKey = u"color-scheme"_s;
const QString contrastKey = u"contrast"_s;
const QString animationsKey = u"enable-animations"_s;

constexpr uint prefersDark = 1;
constexpr uint prefersLight = 2;
constexpr uint prefersHighContrast = 1;

/// libdbus starts a bus of its own where there is none, which a look at the colours does not warrant.
bool hasSessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s);
}

/// Read() of the portal wraps its answer in two variants.
QVariant unwrapped(QVariant value)
{
    while (value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

DesktopAppearance::DesktopAppearance(QObject *parent)
    : QObject(parent)
{
    readPalette();
    // Without a screen nobody sees motion, and pictures would catch it half way.
    if (QGuiApplication::platformName() == "offscreen"_L1)
        m_motion = Theme::Motion::Reduced;
    if (!hasSessionBus())
        return;
    QDBusConnection::sessionBus().connect(portalService, portalPath, portalInterface, u"SettingChanged"_s, this,
        SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    ask(appearanceGroup, schemeKey);
    ask(appearanceGroup, contrastKey);
    ask(gnomeGroup, animationsKey);
}

void DesktopAppearance::readPalette()
{
    const QPalette palette = QGuiApplication::palette();
    const bool isDark = palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
    const Theme::Scheme scheme = isDark ? Theme::Scheme::Dark : Theme::Scheme::Light;
    if (scheme == m_paletteScheme)
        return;
    m_paletteScheme = scheme;
    Q_EMIT changed();
}

void DesktopAppearance::ask(const QString &group, const QString &key)
{
    QDBusMessage call = QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, u"Read"_s);
    call << group << key;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, group, key, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (!reply.isError())
            take(group, key, reply.value().variant());
    });
}

void DesktopAppearance::onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    take(group, key, value.variant());
}

void DesktopAppearance::take(const QString &group, const QString &key, const QVariant &wrapped)
{
    const QVariant value = unwrapped(wrapped);
    if (group == appearanceGroup && key == schemeKey) {
        m_portalScheme.reset();
        if (value.toUInt() == prefersDark)
            m_portalScheme = Theme::Scheme::Dark;
        else if (value.toUInt() == prefersLight)
            m_portalScheme = Theme::Scheme::Light;
    } else if (group == appearanceGroup && key == contrastKey) {
        m_contrast = value.toUInt() == prefersHighContrast ? Theme::Contrast::High : Theme::Contrast::Normal;
    } else if (group == gnomeGroup && key == animationsKey) {
        m_motion = value.toBool() ? Theme::Motion::Full : Theme::Motion::Reduced;
    } else {
        return;
    }
    Q_EMIT changed();
}

} // namespace lanline::ui
