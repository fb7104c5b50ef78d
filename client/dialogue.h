#pragma once

#include "client/catchup.h"
#include "client/commands.h"
#include "client/notices.h"
#include "client/outbox.h"
#include "client/roommarks.h"
#include "client/scrollback.h"
#include "client/tracer.h"

#include <QHash>

#include <functional>

namespace lanline::client {

/// What is said between WELCOME and the end of a link: requests and their answers, the outbox, the catching up. Lives
/// on from link to link.
class Dialogue
{
public:
    struct Sink
    {
        std::function<void(const protocol::ClientCommand &)> send;
        std::function<void(Notice)> tell;
        std::function<void(StoreTask)> store;
        /// The catch-up came further, or the number of waiting messages changed.
        std::function<void()> progressed;
        /// This client is the one that the person has in hand.
        std::function<bool()> isInUse;
        /// What was sent is to leave at once.
        std::function<void()> flush;
    };

    Dialogue(TimeSource &time, std::function<double()> random, Sink sink);

    /// What this computer has of the server. First of all, once. `isAnother`: of another than was told of so far.
    void restore(const ServerSnapshot &snapshot, bool isAnother);
    /// For HELLO: how far each room is stored here.
    QList<protocol::Cursor> cursors(int atMost) const { return m_catchUp.cursors(atMost); }

    void begin(const protocol::Welcome &welcome, const protocol::Limits &limits);
    void linkDown();
    /// Another link carries the conversation from here on: asks for whatever the old one may have swallowed, right
    /// away.
    void switchLink();
    /// What the server says of the rooms on the link that took over.
    void confirm(const QList<protocol::RoomState> &rooms);
    /// What was under way when the link was switched has been answered.
    bool isRecovered() const { return m_outbox.isRecovered(); }
    void onMessage(const protocol::ServerMessage &message, const Tracer::Arrival &arrival);
    void onRoundTrip(const RoundTrip &trip) { m_tracer.onRoundTrip(trip); }
    /// Traces of what has come are told now.
    QList<TracePoints> takeTracePoints() { return m_tracer.take(); }
    void onStoreAnswer(const StoreAnswer &answer);
    /// Those that belong to the connection itself (Open, Close, RetryNow, SetHeartbeatInterval) are not for here.
    void execute(const Command &command);

    bool isSending() const { return m_outbox.isSending(); }
    const CatchUp &catchUp() const { return m_catchUp; }
    int waiting() const { return m_outbox.waiting(); }
    Ledger ledger() const;

private:
    struct Request
    {
        enum class Kind : quint8 { Plain, Trace, EventsPage, ChangesPage, NewestPage, OlderPage };
        Kind kind = Kind::Plain;
        RoomId room;
        protocol::ClientCommand command{}; ///< as it was sent
    };

    /// Gives the command a number and sends it, or tells that it cannot be done without a connection.
    template <class Asked>
    void ask(Asked command, Request request);
    void fail(const Request &request, protocol::ErrorCode code, const QString &text);
    void onError(const protocol::Error &error);
    void onEvents(const protocol::Events &events);
    CatchUp::Sink catchUpSink();
    Scrollback::Sink scrollbackSink();
    Outbox::Sink outboxSink();
    RoomMarks::Sink marksSink();

    Sink m_sink;
    CatchUp m_catchUp;
    Scrollback m_scrollback;
    Outbox m_outbox;
    RoomMarks m_marks;
    Tracer m_tracer;
    // Of the EVENTS that are being read
    Tracer::Arrival m_arrival;
    protocol::Ticks m_liveSentAt{};
    UserId m_self;
    Ledger m_ledger; ///< the persistent part, as the disk has it
    protocol::Limits m_limits;
    bool m_isUp = false;
    quint32 m_lastRequest = 0;
    QHash<quint32, Request> m_requests;
};

} // namespace lanline::client
