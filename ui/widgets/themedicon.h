#pragma once

#include "ui/theme/themecontroller.h"

#include <QWidget>

#include <optional>

namespace lanline::ui {

/// An icon that only shows, in a colour of the theme; with a ground, in the middle of a rounded tile.
class ThemedIcon final : public QWidget
{
    Q_OBJECT

public:
    ThemedIcon(
        const ThemeController &themes, QLatin1StringView icon, int extent, Token color, QWidget *parent = nullptr);

    void setIcon(QLatin1StringView icon, Token color);
    void setGround(Token ground, int tileExtent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    QLatin1StringView m_icon;
    int m_extent;
    Token m_color;
    std::optional<Token> m_ground;
};

} // namespace lanline::ui
