#pragma once

#include "ui/theme/theme.h"

#include <QObject>
#include <QPointer>
#include <QWidget>

namespace lanline::ui {

/// Draws a ring around the push or tool button that has the keyboard's focus: outside its edge, where no style sheet
/// reaches. Only for focus that the keyboard gave; fields and rows show theirs themselves.
class FocusRing final : public QObject
{
    Q_OBJECT

public:
    explicit FocusRing(QObject *parent = nullptr);
    ~FocusRing() override;

    void setTheme(const Theme &theme);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showAround(QWidget *control);
    void hide();
    void follow();

    Theme m_theme;
    QPointer<QWidget> m_control;
    QPointer<QWidget> m_ring; ///< a child of the control's window, which may go before this
};

} // namespace lanline::ui
