#pragma once

#include "ui/hostcontroller.h"
#include "ui/theme/themecontroller.h"

#include <QTimer>
#include <QWidget>

class QPushButton;
class QStackedLayout;

namespace lanline::ui {

class AddressesCard;
class Chip;
class ClientsCard;
class ElidedLabel;
class HostForm;

/// The host's own window: what to host, and once it runs, where others reach it and who is there.
class HostPanel final : public QWidget
{
    Q_OBJECT

public:
    /// Both outlive the panel. It may be made before hosting, or while it runs.
    HostPanel(HostController &host, ThemeController &themes, QWidget *parent = nullptr);

    /// What the form offers; without it, the usual port and no name.
    void setRequest(const HostRequest &request);
    /// For a start that failed before this panel was there.
    void showFailure(const HostFailure &failure);

    QSize sizeHint() const override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeHeader(ThemeController &themes);
    QWidget *makeFormPage(ThemeController &themes);
    QWidget *makeRunningPage(ThemeController &themes);
    void onStarted();
    void onStopped();
    void showHeader();
    void showAddresses();

    HostController &m_host;
    QTimer m_second; ///< while visible and hosting
    QTimer m_network; ///< cables come and go: the addresses are read again

    ElidedLabel *m_name = nullptr;
    ElidedLabel *m_subtitle = nullptr;
    Chip *m_running = nullptr;
    QPushButton *m_stop = nullptr;
    QStackedLayout *m_pages = nullptr;
    HostForm *m_form = nullptr;
    AddressesCard *m_addresses = nullptr;
    ClientsCard *m_clients = nullptr;
};

} // namespace lanline::ui
