#pragma once

#include "ui/theme/themecontroller.h"

#include <QAbstractButton>

namespace lanline::ui {

/// One of a few large choices: an icon, what it is, and what it does.
class ChoiceCard final : public QAbstractButton
{
    Q_OBJECT

public:
    ChoiceCard(const ThemeController &themes, QLatin1StringView icon, const QString &title, const QString &explanation,
        QWidget *parent = nullptr);

    /// The one whose details are on the screen.
    void setCurrent(bool isCurrent);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const ThemeController &m_themes;
    QLatin1StringView m_icon;
    QString m_explanation;
    bool m_isCurrent = false;
    bool m_hasKeyboardFocus = false;
};

} // namespace lanline::ui
