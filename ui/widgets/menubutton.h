#pragma once

#include "ui/theme/themecontroller.h"

#include <QPushButton>

namespace lanline::ui {

/// A button that opens a menu: its icon, its word, and a chevron behind it.
class MenuButton final : public QPushButton
{
    Q_OBJECT

public:
    MenuButton(const ThemeController &themes, QLatin1StringView icon, const QString &text, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
};

} // namespace lanline::ui
