#pragma once

#include "client/chatclient.h"
#include "tests/support/fakelink.h"
#include "tests/support/fakenetworkwatch.h"
#include "tests/support/faketime.h"
#include "tests/support/inlinestore.h"

namespace lanline::client {

/// A ChatClient on a bench: time stands still until the test moves it, randomness is a number, the server is the test.
class ClientBench
{
public:
    /// `storePath`: empty for a store of its own; another bench may go on with a named one, once this is gone.
    explicit ClientBench(Persona persona = {QStringLiteral("Ann"), std::nullopt}, const QString &storePath = {});

    FakeTime &time() { return *m_time; }
    FakeNetwork &network() { return m_network; }
    FakeLink &link() const { return *m_network.last(); }
    InlineStore &store() { return *m_store; }
    void setRandom(double value) { *m_random = value; }

    /// Lets everything happen that is due now.
    void settle();
    void advance(std::chrono::milliseconds duration);

    void execute(const Command &command);
    /// This computer's; by default it has none that it knows of.
    FakeNetworkWatch &watch() { return *m_watch; }
    void openServer() { execute(Open{QUrl(QStringLiteral("ws://server:47100/"))}); }
    /// Through the opened link and READY up to the HELLO.
    protocol::Hello reachHello(const protocol::Ready &ready = ClientBench::ready());
    /// All the way to WELCOME. Catching up is the test's to do where `welcome` has rooms.
    void reachWelcome(const protocol::Welcome &welcome = ClientBench::welcome({}));
    void deliver(const protocol::ServerMessage &message);
    void cutLink();

    const ConnectionState &state() const { return m_client.state(); }
    /// The phases in the order they were told, without repetitions.
    QList<Phase> phases() const;
    /// Everything of one kind that was told since forgetTold().
    template <class Kind>
    QList<Kind> told() const
    {
        QList<Kind> found;
        for (const Notice &notice : m_told) {
            if (const auto *kind = std::get_if<Kind>(&notice))
                found.append(*kind);
        }
        return found;
    }
    /// What was told of the links, but for the states of the lanes.
    QList<LinkEvent> marks() const;
    /// Of the outbox, one after the other.
    QList<OutboxItem> toldItems() const;
    void forgetTold() { m_told.clear(); }

    static protocol::Ready ready();
    static protocol::Welcome welcome(const QList<protocol::RoomState> &rooms = {});
    /// WELCOME to the client's only session, for its primary. `addresses`: where the server can be reached.
    static protocol::Welcome primaryWelcome(
        const QList<protocol::RoomState> &rooms = {}, const QStringList &addresses = {});
    static protocol::Welcome standbyWelcome();
    static protocol::SessionInfo session(protocol::LinkRole role);
    static Epoch epoch(char fill = 'e') { return Epoch(QByteArray(16, fill)); }
    static ServerId serverId(char fill = 's') { return ServerId(QByteArray(16, fill)); }

private:
    std::shared_ptr<FakeTime> m_time = std::make_shared<FakeTime>();
    std::shared_ptr<double> m_random = std::make_shared<double>(0.5);
    FakeNetwork m_network;
    InlineStore *m_store = nullptr; ///< the client's
    FakeNetworkWatch *m_watch = nullptr; ///< likewise
    ChatClient m_client;
    QList<Notice> m_told;
};

/// A room as WELCOME names it.
protocol::RoomState roomState(const QString &name, quint64 headSeq,
    protocol::CursorState cursor = protocol::CursorState::None, quint64 firstSeq = 1);
/// Events `from` to `to`, both included. An event's id follows from its seq.
QList<protocol::Event> eventsFrom(quint64 from, quint64 to);
QList<quint64> seqsOf(const QList<protocol::Event> &events);
/// A message for the outbox, with a fresh id.
OutboxItem composed(const QString &room, const QString &text);

} // namespace lanline::client
