#pragma once

#include "ui/models/ledgerverdict.h"

#include <QObject>
#include <QTimer>

namespace lanline::client {
class ChatSession;
}

namespace lanline::ui {

/// Keeps a session's ledger beside its host's, which it asks for every two seconds while it is active and connected.
class LedgerWatch final : public QObject
{
    Q_OBJECT

public:
    /// `session` outlives the watch, and nobody else asks it for the host's status.
    explicit LedgerWatch(client::ChatSession &session, QObject *parent = nullptr);

    /// At first it is not.
    void setActive(bool isActive);
    const LedgerAccount &account() const { return m_account; }

Q_SIGNALS:
    void changed();

private:
    void ask();
    void onStateChanged(const client::ConnectionState &state);
    void onStatus(const protocol::Status &status);

    client::ChatSession &m_session;
    LedgerAccount m_account;
    client::Ledger m_atQuestion;
    bool m_isOnline = false;
    bool m_isAnswerDue = false;
    QTimer m_clock;
};

} // namespace lanline::ui
