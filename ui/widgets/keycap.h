#pragma once

#include "ui/theme/themecontroller.h"

#include <QKeySequence>
#include <QWidget>

namespace lanline::ui {

/// A keyboard hint: "Ctrl K" in a small frame. Not a control.
class KeyCap final : public QWidget
{
    Q_OBJECT

public:
    KeyCap(const ThemeController &themes, const QKeySequence &keys, QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    QString m_text;
};

} // namespace lanline::ui
