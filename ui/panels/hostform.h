#pragma once

#include "ui/hostcontroller.h"
#include "ui/theme/themecontroller.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QPushButton;

namespace lanline::ui {

/// Name and port of what is to be hosted. A failure is told in place, with the way out where there is one.
class HostForm final : public QFrame
{
    Q_OBJECT

public:
    explicit HostForm(ThemeController &themes, QWidget *parent = nullptr);

    void setRequest(const HostRequest &request);
    void showFailure(const HostFailure &failure);
    void setBusy(bool isBusy);
    void focusName();

Q_SIGNALS:
    /// Both checked.
    void startRequested(const lanline::ui::HostRequest &request);

private:
    QWidget *makeFailureRow(ThemeController &themes);
    QLabel *makeFault(const QString &objectName);
    void onStart();
    void onUseSuggested();
    void clearFaults();

    QLineEdit *m_name;
    QLabel *m_nameFault;
    QLineEdit *m_port;
    QLabel *m_portFault;
    QPushButton *m_start;
    QWidget *m_failure = nullptr;
    QLabel *m_failureWords = nullptr;
    QPushButton *m_useSuggested = nullptr;
    quint16 m_suggested = 0;
};

} // namespace lanline::ui
