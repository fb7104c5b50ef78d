#pragma once

#include "client/chatsession.h"

#include <QDateTime>
#include <QHash>
#include <QThread>

/// A conversation told to a ChatSession's listeners by its own signals: no server, no link.
namespace lanline::test {

class ChatStory
{
public:
    explicit ChatStory(const QString &self = QStringLiteral("Alice"));
    ~ChatStory();

    client::ChatSession &session() { return *m_session; }
    const client::ConnectionState &state() const { return m_state; }

    /// Told as the session's next state, on top of what was told before.
    template <class Change>
    void tell(Change change)
    {
        change(m_state);
        Q_EMIT m_session->stateChanged(m_state);
    }
    void online();
    /// Everybody is in every room.
    void rooms(const QStringList &names, const QStringList &titles = {});

    protocol::Event event(const RoomId &room, const QString &author, const QString &text, QTime at, QDate day = {});
    void reset(const RoomId &room, const QList<protocol::Event> &events);
    void append(const RoomId &room, const QList<protocol::Event> &events);
    /// Returns the message's id.
    MessageId outbox(const RoomId &room, const QString &text, client::SendState state, QTime at,
        protocol::ErrorCode code = protocol::ErrorCode::Unspecified);

    protocol::User user(const QString &name) const;

private:
    QThread m_network;
    std::unique_ptr<client::ChatSession> m_session;
    client::ConnectionState m_state;
    QHash<RoomId, quint64> m_heads;
};

} // namespace lanline::test
