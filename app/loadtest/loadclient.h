#pragma once

#include "client/websocketlink.h"
#include "core/timing.h"
#include "protocol/messages.h"

#include <QObject>

#include <deque>

namespace lanline::loadtest {

class LoadClient;

/// What clients tell; all in their thread. Nobody deletes a client within any of these.
class LoadClientUser
{
public:
    virtual ~LoadClientUser() = default;
    /// `secret`: of a guest who came for the first time; else empty.
    virtual void onWelcomed(LoadClient &client, const QByteArray &secret) = 0;
    virtual void onLive(LoadClient &client) = 0;
    virtual void onStored(LoadClient &client, quint64 number, SteadyTime sentAt) = 0;
    /// The server would not take it for now. Told as well of each that was sent behind a refused one: they are dropped,
    /// and not sent again.
    virtual void onRefused(LoadClient &client, quint64 number) = 0;
    virtual void onDelivered(LoadClient &client, QByteArrayView text) = 0;
    virtual void onThreads(LoadClient &client, const QList<protocol::ThreadLoad> &threads) = 0;
    virtual void onLeft(LoadClient &client) = 0;
    /// The connection has ended, or is of no use, once; a sentence in English.
    virtual void onEnded(LoadClient &client, const QString &why) = 0;
};

/// Who a client is, and where it goes.
struct LoadClientPlace
{
    RoomId room;
    QString roomTitle; ///< of the client that makes the room
    QString name; ///< of the guest
    QString app;
    int number = 0; ///< among all of the run
    int guest = 0; ///< whose client it is
    bool leads = false; ///< the guest's first: it joins and leaves for all of them
    bool makesRoom = false;
};

/// One light client: a guest's, live in one room, with no outbox, no history and no models. It looks at frames only as
/// far as it must, so that one thread can be many of them. Used once.
class LoadClient final : public QObject
{
    Q_OBJECT

public:
    /// `user` outlives it.
    LoadClient(LoadClientPlace place, LoadClientUser &user, QObject *parent = nullptr);

    void open(const QUrl &url, const QByteArray &secret);
    const LoadClientPlace &place() const { return m_place; }
    bool isLive() const { return m_isLive; }
    /// It may send now: its window has room, and the server has not asked it to wait.
    bool isReady() const;
    /// `number` and `text` are the caller's business. Only if isReady().
    void say(quint64 number, const QString &text, SteadyTime now);
    /// Says that it is there; onThreads() follows.
    void beat();
    /// Leaves the room, if it leads for all clients of its guest, and does not come in any more. True: onLeft()
    /// follows.
    bool leaveRoom();
    /// BYE. Nothing more is told.
    void close();

    QHostAddress peerAddress() const { return m_link.peerAddress(); }
    int unanswered() const { return int(m_unanswered.size()); }
    /// The newest event of the room that it got,
    quint64 lastSeq() const { return m_lastSeq; }
    /// and how many before that did not come.
    quint64 missed() const { return m_missed; }
    /// The newest event that was acknowledged to it.
    quint64 lastStoredSeq() const { return m_lastStoredSeq; }

private:
    enum class Where : quint8 { Outside, Joining, Inside };
    struct Unanswered
    {
        quint64 number = 0;
        MessageId id;
        SteadyTime sentAt;
        QString text;
    };

    void onFrame(const QByteArray &frame);
    void onEvents(QByteArrayView events);
    void onStored(QByteArrayView stored);
    /// The kinds of which there are few: decoded like anywhere.
    void onSeldom(const QByteArray &frame);
    void onReady();
    void onWelcome(const protocol::Welcome &welcome);
    void onJoined(quint64 headSeq);
    void onLeft();
    void onError(const protocol::Error &error);
    void onRefused(const protocol::Refused &refused);
    void askForPage(quint64 afterSeq);
    void send(const protocol::ClientCommand &command);
    void send(const Unanswered &message);
    /// It is of no use any more, though it may be connected.
    void giveUp(const QString &why);
    void fail(const QString &why);

    LoadClientPlace m_place;
    LoadClientUser *m_user; ///< null once it is closed
    client::WebSocketLink m_link;
    QByteArray m_secret;
    Where m_where = Where::Outside; ///< the room
    bool m_isLive = false;
    bool m_isLeaving = false;
    bool m_hasEnded = false; ///< the connection
    bool m_hasGivenUp = false;
    bool m_isPaused = false;
    bool m_wasRefused = false; ///< ever
    std::deque<Unanswered> m_unanswered;
    quint64 m_lastSeq = 0;
    quint64 m_missed = 0;
    quint64 m_lastStoredSeq = 0;
};

} // namespace lanline::loadtest
