#pragma once

#include "ui/faultcontroller.h"
#include "ui/theme/themecontroller.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace lanline::ui {

/// A red frame over a window while something in it is broken on purpose, with a word on what, how much longer, and a
/// way to stop it. Takes no room, and nothing of the window's mouse but its pill.
class FaultFrame final : public QWidget
{
    Q_OBJECT

public:
    /// The window is its parent; both others outlive it.
    FaultFrame(FaultController &controller, ThemeController &themes, QWidget *window);

    QString words() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void fit();

    FaultController &m_controller;
    ThemeController &m_themes;
    QWidget *m_pill;
    QLabel *m_words;
    QTimer m_countdown; ///< while it is shown
};

} // namespace lanline::ui
