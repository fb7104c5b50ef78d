#pragma once

#include "ui/theme/themecontroller.h"

#include <QWidget>

namespace lanline::ui {

/// One figure: its name, its value with a small unit, and what it is about. 74 high, however long the words are.
class Tile final : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString name READ name)
    Q_PROPERTY(QString value READ value)
    Q_PROPERTY(QString caption READ caption)

public:
    Tile(const ThemeController &themes, const QString &name, QWidget *parent = nullptr);

    QString name() const { return m_name; }
    QString value() const { return m_value; }
    QString caption() const { return m_caption; }

    void setName(const QString &name);
    /// What follows a no-break space is drawn as the unit. `tone`: Token::Text unless the figure needs a look.
    void setValue(const QString &value, Token tone = Token::Text);
    void setCaption(const QString &caption);
    /// A click, Enter or Space opens more about it: clicked().
    void setOpens(bool opens);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void describe();

    const ThemeController &m_themes;
    QString m_name;
    QString m_value;
    QString m_caption;
    Token m_tone = Token::Text;
    bool m_opens = false;
    bool m_showsFocus = false;
};

} // namespace lanline::ui
