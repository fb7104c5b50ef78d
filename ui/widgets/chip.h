#pragma once

#include "ui/theme/themecontroller.h"

#include <QWidget>

namespace lanline::ui {

/// A state in a pill: a dot and a word on the state's tint.
class Chip final : public QWidget
{
    Q_OBJECT

public:
    Chip(const ThemeController &themes, const QString &word, Token ground, Token mark, Token words,
        QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    QString m_word;
    Token m_ground;
    Token m_mark;
    Token m_words;
};

} // namespace lanline::ui
