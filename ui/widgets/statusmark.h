#pragma once

#include "ui/statustext.h"
#include "ui/theme/themecontroller.h"

#include <QBasicTimer>
#include <QWidget>

namespace lanline::ui {

/// The mark before the status sentence: a dot when connected, of another colour on standby, a turning arc while trying,
/// a ring when offline. The arc stands still where the person wants no motion, and costs nothing while hidden.
class StatusMark final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusMark(const ThemeController &themes, QWidget *parent = nullptr);
    void setMark(StatusText::Mark mark);

protected:
    void paintEvent(QPaintEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void startOrStop();

    const ThemeController &m_themes;
    QBasicTimer m_turn;
    StatusText::Mark m_mark = StatusText::Mark::Offline;
    int m_frame = 0;
};

} // namespace lanline::ui
