#pragma once

#include "app/profile/profile.h"
#include "embeddedhost.h"
#include "options.h"
#include "seat.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <optional>

namespace lanline::ui {
class FirstRunWindow;
class HostPanel;
class ThemeController;
} // namespace lanline::ui

namespace lanline::app {

class Demo;

/// The desktop application of one profile: which windows there are, and what leads from one to the other. A hosting
/// person is an ordinary client of the embedded server.
class Desktop final : public QObject
{
    Q_OBJECT

public:
    Desktop(Profile &profile, QThread *network, ui::ThemeController &themes, QObject *parent = nullptr);
    ~Desktop() override;

    /// What the options ask for; else the last session; else the first-run screen.
    void start(const Options &options);
    /// A later start with this profile ends; what it was asked for comes here.
    void onStartedAgain(const std::optional<QUrl> &join);

private:
    bool eventFilter(QObject *watched, QEvent *event) override;

    void showFirstRun();
    void showHostPanel();
    void startDemo();
    /// As it was called last time, or after its owner.
    QString hostName() const;
    void host(quint16 port);
    void join(const QUrl &url, const QString &code = {});
    void onHosting(const ui::HostInfo &info);
    void raiseWindow();
    void joinHandedOver();
    void switchHost();
    /// Away from where the person is now.
    void moveTo(const QUrl &url, const QString &code = {});
    void leave();
    bool mayClose();

    Profile &m_profile;
    QThread *m_network;
    ui::ThemeController &m_themes;
    EmbeddedHost m_host;
    std::unique_ptr<ui::FirstRunWindow> m_firstRun;
    std::unique_ptr<ui::HostPanel> m_hostPanel;
    std::unique_ptr<Seat> m_seat;
    std::unique_ptr<Demo> m_demo;
    int m_questions = 0; ///< dialogs that run on the stack, over a window that must stay
    std::optional<QUrl> m_handedOver;
    QTimer m_handedOverLater;
};

} // namespace lanline::app
