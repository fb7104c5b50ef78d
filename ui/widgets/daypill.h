#pragma once

#include "ui/theme/themecontroller.h"

#include <QWidget>

namespace lanline::ui {

/// The day of what is at the timeline's top, fixed above it while it scrolls.
class DayPill final : public QWidget
{
    Q_OBJECT

public:
    explicit DayPill(const ThemeController &themes, QWidget *parent = nullptr);
    void setText(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    QString m_text;
};

} // namespace lanline::ui
