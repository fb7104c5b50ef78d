#pragma once

#include "ui/theme/themecontroller.h"

#include <QUrl>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace lanline::ui {

class AddressForm;
class ChoiceCard;
class NameForm;

/// The first thing a person sees: who they appear as, and three ways to begin.
class FirstRunWindow final : public QWidget
{
    Q_OBJECT

public:
    explicit FirstRunWindow(ThemeController &themes, QWidget *parent = nullptr);

    QString name() const;
    void setName(const QString &name);
    /// The newest first; a few of them are offered under the address field.
    void setRecentAddresses(const QStringList &addresses);

    QSize sizeHint() const override;

Q_SIGNALS:
    void nameChanged(const QString &name);
    // Each only with a usable name.
    void tryRequested();
    void hostRequested();
    /// ws://host:port/, and the code of one's other device, if there is one.
    void joinRequested(const QUrl &url, const QString &code);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeHeader(ThemeController &themes);
    QWidget *makeChoices(ThemeController &themes);
    QWidget *makeJoinCard(ThemeController &themes);

    NameForm *m_name = nullptr;
    QLabel *m_nameFault = nullptr;
    ChoiceCard *m_join = nullptr;
    AddressForm *m_address = nullptr;
    QWidget *m_recent = nullptr;
    QHBoxLayout *m_recentRow = nullptr;
};

} // namespace lanline::ui
