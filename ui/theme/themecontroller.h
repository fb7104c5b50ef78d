#pragma once

#include "ui/theme/theme.h"

#include <QObject>

namespace lanline::ui {

class DesktopAppearance;
class FocusRing;

/// Keeps the application's look: style Fusion, palette, font and style sheet, set once per change. Make one after the
/// QApplication and before the first widget.
///
/// Widgets paint with theme(), take words' colours from the sheet's properties (resources/theme.qss), and redo icons
/// in a slot of themeChanged().
class ThemeController final : public QObject
{
    Q_OBJECT

public:
    enum class Choice : quint8 { System, Light, Dark };
    Q_ENUM(Choice)

    explicit ThemeController(QObject *parent = nullptr);
    ~ThemeController() override;

    const Theme &theme() const { return m_theme; }
    Choice choice() const { return m_choice; }
    void setChoice(Choice choice);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void themeChanged(const lanline::ui::Theme &theme);

private:
    void update();
    void apply();

    DesktopAppearance *m_desktop;
    FocusRing *m_focusRing;
    Theme m_theme;
    Choice m_choice = Choice::System;
    bool m_isApplying = false;
};

} // namespace lanline::ui
