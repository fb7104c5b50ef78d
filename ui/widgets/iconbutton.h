#pragma once

#include "ui/theme/themecontroller.h"

#include <QToolButton>

namespace lanline::ui {

/// A square button with one icon, a name for screen readers, and a tooltip that names its shortcut too.
class IconButton : public QToolButton
{
    Q_OBJECT

public:
    IconButton(const ThemeController &themes, QLatin1StringView icon, const QString &name, QWidget *parent = nullptr);

    /// Pixels at 100 %; 32 and an icon of 18 unless told.
    void setExtent(int button, int icon);
    void setTone(Token tone);
    /// Filled with the accent: the one main action.
    void setPrimary(bool isPrimary);
    /// Another icon with another name: for a button that changes its meaning.
    void setGlyph(QLatin1StringView icon, const QString &name);
    void setShortcutShown(const QKeySequence &shortcut);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    QLatin1StringView m_icon;
    Token m_tone = Token::TextSecondary;
    int m_iconExtent = 18;
    bool m_isPrimary = false;
};

} // namespace lanline::ui
