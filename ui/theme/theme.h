#pragma once

#include "ui/theme/tokens.h"

#include <QColor>
#include <QPalette>
#include <QString>

#include <array>
#include <chrono>

namespace lanline::ui {

/// One look, as a value: `theme[Token::Accent]` is a colour. Copy it freely; a new one comes with
/// ThemeController::themeChanged().
class Theme
{
public:
    enum class Scheme : quint8 { Light, Dark };
    enum class Contrast : quint8 { Normal, High };
    enum class Motion : quint8 { Full, Reduced };

    explicit Theme(Scheme scheme = Scheme::Light, Contrast contrast = Contrast::Normal, Motion motion = Motion::Full);

    QColor operator[](Token token) const { return QColor::fromRgba(m_colors[std::size_t(token)]); }
    bool isDark() const { return m_scheme == Scheme::Dark; }
    /// `full`, or zero where the person wants no motion.
    std::chrono::milliseconds duration(std::chrono::milliseconds full) const;

    /// A person's colour, for the name: by the first byte of the identity key; guests share one.
    QColor authorColor(quint8 hue, bool isGuest) const;
    /// The disk of a person's avatar, and the initial on it.
    QColor avatarGround(quint8 hue, bool isGuest) const;
    QColor avatarInitial(quint8 hue, bool isGuest) const;

    QPalette palette() const;
    /// `sheet` with every @token replaced by its colour.
    QString fillIn(QString sheet) const;

    friend bool operator==(const Theme &, const Theme &) = default;

private:
    void derive(Token token, QColor color) { m_colors[std::size_t(token)] = color.rgba(); }

    Scheme m_scheme;
    Motion m_motion;
    std::array<QRgb, tokenCount> m_colors{};
};

/// `share` (0 to 1) of `over` mixed into `ground`.
QColor mixed(const QColor &over, const QColor &ground, qreal share);

/// What stands in a person's avatar: the first letter, or the last character of a Han name.
QString initialOf(const QString &name);

} // namespace lanline::ui
