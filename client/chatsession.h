#pragma once

#include "client/commands.h"
#include "client/notices.h"
#include "core/crossing.h"
#include "core/eventloopwatch.h"

#include <QObject>
#include <QThread>
#include <QUrl>

#include <memory>

namespace lanline::client {

class ClientPort;
class ThreadReporter;
class TraceBook;
struct ClientParts;

/// One person's client as the face sees it: lives in the GUI thread, while its ChatClient lives in the network thread.
/// Commands return at once; what comes of them arrives as signals, batched.
class ChatSession final : public QObject
{
    Q_OBJECT

public:
    /// `network` is another thread than the caller's; its owner starts it, and it runs until this object is gone.
    /// Several sessions may share it. The key file is read (and made) here.
    ChatSession(const Identity &identity, QThread *network, QObject *parent = nullptr);
    /// With links, time and randomness of the caller's making.
    ChatSession(const Identity &identity, ClientParts parts, QThread *network, QObject *parent = nullptr);
    /// BYE; waits until the network thread has let go of the link.
    ~ChatSession() override;

    /// Connects, and stays connected until close(). `url`: what parseServerAddress() takes. Another server than last
    /// time begins anew: what the outbox holds is dropped. `pairingCode`: makes this device one of the person whose
    /// other device has shown it.
    void open(const QUrl &url, const QString &pairingCode = {});
    /// BYE, and offline.
    void close();
    void retryNow();
    /// The interval announced to the server: 1 s while a diagnostics panel is open, else 15 s.
    void setHeartbeatInterval(std::chrono::milliseconds interval);

    void setRedundancy(Redundancy redundancy);
    /// The person has this client in hand.
    void setInUse();
    /// Of the room, for all of this person's devices. Goes only forward.
    void markRead(const RoomId &room, quint64 seq);
    /// What waits to be said in the room, for all of this person's devices.
    void setDraft(const RoomId &room, const QString &text);
    /// Answers with pairingReceived().
    void requestPairing();

    /// Puts the text into the outbox and returns its id. outboxChanged() tells what becomes of it.
    MessageId send(const RoomId &room, const QString &text);
    /// Another text for a message of one's own. One of which nothing has been sent yet is changed in place; else the
    /// edit is a command of its own in the outbox, under the id that is returned. `targetSeq`: 0 while the message is
    /// not stored.
    MessageId edit(const RoomId &room, const MessageId &target, quint64 targetSeq, const QString &text);
    /// Deletes a message of one's own, likewise.
    MessageId remove(const RoomId &room, const MessageId &target, quint64 targetSeq);
    /// Puts a failed message back into the outbox.
    void retry(const MessageId &message);
    /// Forgets a failed message, edit or deletion, or a waiting one of which nothing has been sent yet; without effect
    /// on any other.
    void discard(const MessageId &message);

    void join(const RoomId &room);
    void leave(const RoomId &room);
    void createRoom(const RoomId &room, const QString &title);
    void listRooms();
    /// One page of messages before `beforeSeq`, from this computer's disk if it is there, else from the server.
    void loadOlder(const RoomId &room, quint64 beforeSeq);
    /// One page of messages behind `afterSeq`, which was told before; from this computer's disk.
    void loadNewer(const RoomId &room, quint64 afterSeq);
    /// The newest page, as a Reset; from this computer's disk.
    void loadNewest(const RoomId &room);
    void requestStatus();
    /// Asks the server where the time of a message went; messagesTraced() tells it, if the server still knows.
    void requestTrace(const RoomId &room, quint64 seq);
    /// These messages of the room are on the screen for the first time.
    void notePainted(const RoomId &room, const QList<quint64> &seqs);
    /// Breaks this client on purpose, for a while: of the faults of the network thread and the links. One without a
    /// duration ends that of its kind.
    void setFault(const Fault &fault);
    /// Asks the server to break itself (or, without a fault, what is broken): answers with faultsReceived(), or with
    /// requestFailed() where that is not allowed.
    void requestFault(const std::optional<Fault> &fault);
    /// From the next WELCOME or join on, loads `room` from behind `afterSeq` instead of its newest page.
    void follow(const RoomId &room, quint64 afterSeq);

    /// Latest value told by stateChanged().
    const ConnectionState &state() const { return m_state; }
    const Ledger &ledger() const { return m_ledger; }

Q_SIGNALS:
    void stateChanged(const lanline::client::ConnectionState &state);
    /// The rooms this person is in; rooms not named are gone. From this computer's disk after open(), without members;
    /// from the server after every WELCOME.
    void roomsReset(const QList<lanline::protocol::RoomState> &rooms);
    void roomJoined(const lanline::protocol::RoomState &room);
    void roomLeft(const lanline::RoomId &room);
    /// The answer to listRooms(), or (with one entry and `complete` false) a room that was just created.
    void roomsListed(const QList<lanline::protocol::RoomInfo> &rooms, bool complete);
    void timelineChanged(const lanline::client::TimelineUpdate &update);
    void outboxChanged(const QList<lanline::client::OutboxItem> &items);
    void memberChanged(const lanline::RoomId &room, const lanline::protocol::Member &member, bool isMember);
    void presenceChanged(lanline::UserId user, lanline::protocol::Presence presence);
    void roundTripMeasured(const lanline::client::RoundTrip &roundTrip);
    /// Of the connection that was just welcomed.
    void connectMeasured(const lanline::client::ConnectSteps &steps);
    void linkEventHappened(const lanline::client::LinkEvent &event);
    void ledgerChanged(const lanline::client::Ledger &ledger);
    void statusReceived(const lanline::protocol::Status &status);
    void requestFailed(const lanline::client::RequestFailure &failure);
    /// The person has read the room up to here, in a window of this session or on another device.
    void roomRead(const lanline::RoomId &room, quint64 seq);
    /// What waits to be said in the room is this now: told like roomRead().
    void draftChanged(const lanline::RoomId &room, const QString &text);
    void pairingReceived(const QString &code, std::chrono::milliseconds validFor);
    /// Of messages that came or were stored; once more, of the same (room, seq), when more is known of its way.
    void messagesTraced(const QList<lanline::client::MessageTrace> &traces);
    void threadsMeasured(const lanline::client::ThreadReport &report);
    void faultsReceived(const QList<lanline::protocol::ActiveFault> &faults);

    /// The way into the network thread; not for others.
    void commanded(const lanline::Crossing<lanline::client::Command> &command, QPrivateSignal);

private:
    void command(Command command);
    void onThreads(const ThreadReport &report);
    void onState(const ConnectionState &state);
    void onNotices(const Crossing<QList<Notice>> &notices);

    ClientPort *m_port = nullptr; ///< lives in the network thread
    ConnectionState m_state;
    Ledger m_ledger;
    SystemTime m_time; ///< of the face
    std::unique_ptr<TraceBook> m_traces;
    EventLoopWatch m_loopWatch; ///< of the face's thread, while there is a link
    std::unique_ptr<ThreadReporter> m_threadReporter;
    QString m_keyError; ///< why there is no key although one was asked for
};

} // namespace lanline::client
