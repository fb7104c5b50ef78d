#pragma once

#include "ui/theme/theme.h"

#include <QDBusVariant>
#include <QObject>

#include <optional>

namespace lanline::ui {

/// What the desktop says about looks: its settings portal over D-Bus, and without one the lightness of the platform's
/// palette. Construct it before the application's palette is replaced.
class DesktopAppearance final : public QObject
{
    Q_OBJECT

public:
    explicit DesktopAppearance(QObject *parent = nullptr);

    Theme::Scheme scheme() const { return m_portalScheme.value_or(m_paletteScheme); }
    Theme::Contrast contrast() const { return m_contrast; }
    Theme::Motion motion() const { return m_motion; }

    /// The platform's palette has changed (and not by us).
    void readPalette();

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void ask(const QString &group, const QString &key);
    void take(const QString &group, const QString &key, const QVariant &value);

    Theme::Scheme m_paletteScheme = Theme::Scheme::Light;
    std::optional<Theme::Scheme> m_portalScheme;
    Theme::Contrast m_contrast = Theme::Contrast::Normal;
    Theme::Motion m_motion = Theme::Motion::Full;
};

} // namespace lanline::ui
