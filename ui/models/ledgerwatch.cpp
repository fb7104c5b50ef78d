#include "ui/models/ledgerwatch.h"

#include "client/chatsession.h"

namespace lanline::ui {

using namespace std::chrono_literals;
using client::ChatSession;

LedgerWatch::LedgerWatch(ChatSession &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_isOnline(session.state().phase == client::Phase::Online)
{
    m_account.own = session.ledger();
    m_clock.setInterval(2s);
    connect(&m_clock, &QTimer::timeout, this, &LedgerWatch::ask);
    connect(&session, &ChatSession::stateChanged, this, &LedgerWatch::onStateChanged);
    connect(&session, &ChatSession::statusReceived, this, &LedgerWatch::onStatus);
    connect(&session, &ChatSession::ledgerChanged, this, [this](const client::Ledger &ledger) {
        m_account.own = ledger;
        Q_EMIT changed();
    });
}

void LedgerWatch::setActive(bool isActive)
{
    if (isActive == m_clock.isActive())
        return;
    if (isActive) {
        m_clock.start();
        ask();
    } else {
        m_clock.stop();
    }
}

void LedgerWatch::ask()
{
    if (!m_isOnline || m_isAnswerDue || !m_clock.isActive())
        return;
    m_isAnswerDue = true;
    m_atQuestion = m_account.own;
    m_session.requestStatus();
}

void LedgerWatch::onStateChanged(const client::ConnectionState &state)
{
    const bool wasOnline = m_isOnline;
    m_isOnline = state.phase == client::Phase::Online;
    if (wasOnline == m_isOnline)
        return;
    // What a lost link owed never comes, and behind the next one may be another history.
    m_isAnswerDue = false;
    m_account.host.reset();
    Q_EMIT changed();
    ask();
}

void LedgerWatch::onStatus(const protocol::Status &status)
{
    if (!m_isAnswerDue)
        return;
    m_isAnswerDue = false;
    m_account.asked = m_atQuestion;
    m_account.host = status;
    Q_EMIT changed();
}

} // namespace lanline::ui
