#pragma once

#include "ui/theme/themecontroller.h"

#include <QList>
#include <QWidget>

#include <chrono>

namespace lanline::ui {

/// The last round trips as a thin line without an axis, 64 x 14.
class Sparkline final : public QWidget
{
    Q_OBJECT

public:
    explicit Sparkline(const ThemeController &themes, QWidget *parent = nullptr);

    void add(std::chrono::microseconds value);
    void clear();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    QList<double> m_values;
};

} // namespace lanline::ui
