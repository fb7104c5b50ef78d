#pragma once

#include "ui/theme/themecontroller.h"

#include <QLineEdit>
#include <QWidget>

namespace lanline::ui {

class Avatar;
class ElidedLabel;
class IconButton;

/// "You appear as Alice": the pencil turns the name into a field; Enter keeps what was typed, Escape does not.
class NameForm final : public QWidget
{
    Q_OBJECT

public:
    explicit NameForm(const ThemeController &themes, QWidget *parent = nullptr);

    QString name() const { return m_name; }
    /// Without a signal.
    void setName(const QString &name);
    void edit();
    /// Keeps what is being typed. False, with words for the person, when there is no usable name.
    bool commit();

Q_SIGNALS:
    /// Normalised and not at fault.
    void nameChanged(const QString &name);
    /// What is wrong with what is being typed; empty when nothing is.
    void faultChanged(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool isEditing() const { return !m_field->isHidden(); }
    void showName();
    void endEditing();

    QString m_name;
    Avatar *m_avatar;
    ElidedLabel *m_label;
    QLineEdit *m_field;
    IconButton *m_pencil;
    QWidget *m_words;
};

} // namespace lanline::ui
