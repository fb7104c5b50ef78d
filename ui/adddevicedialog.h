#pragma once

#include "client/values.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QPushButton;

namespace lanline::client {
class ChatSession;
}

namespace lanline::ui {

/// Shows a one-time code, with which another device becomes one of this person's: asks for it as soon as there is a
/// connection, counts its time down, and says so when the device is there.
class AddDeviceDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `session` outlives the dialog.
    explicit AddDeviceDialog(client::ChatSession &session, QWidget *parent = nullptr);

private:
    enum class Stage : quint8 { Offline, Asking, Shown, Expired, Refused, Joined };

    QWidget *makeCodeCard();
    QWidget *makeSteps();
    void ask();
    void onState(const client::ConnectionState &state);
    void onCode(const QString &code, std::chrono::milliseconds validFor);
    void onFailure(const client::RequestFailure &failure);
    void enter(Stage stage);
    /// What stands under the code.
    QString words() const;
    void refresh();
    void copy();

    client::ChatSession &m_session;
    Stage m_stage = Stage::Offline;
    qsizetype m_clients = 0; ///< that share the session, at first
    QString m_code;
    SteadyTime m_goodUntil;
    QTimer m_tick;
    QLabel *m_codeLabel = nullptr;
    QLabel *m_words = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_again = nullptr;
};

} // namespace lanline::ui
