#pragma once

#include "clientset.h"
#include "core/id.h"
#include "protocol/messages.h"

#include <deque>
#include <vector>

namespace lanline::bench {

/// The connections of a set as guests who are logged in and live in a room, over Protobuf. They look at frames only as
/// far as they must: so one core can be many of them.
class ChatClients : private ClientWatcher
{
public:
    /// `room` is the lobby, of a server where nobody has said anything, or is made by the first who comes.
    ChatClients(ClientSet &clients, const RoomId &room);
    ~ChatClients() override { m_clients.setWatcher(nullptr); }
    ChatClients(const ChatClients &) = delete;
    ChatClients &operator=(const ChatClients &) = delete;

    /// Logs in `count` more, few at a time, and waits until all are live. The first `people` of the set are people of
    /// their own, those behind them further connections of the same, by turns. The error is a sentence.
    Result<void, QString> logIn(const Endpoint &endpoint, int count, int people);
    /// Begins to connect one that was logged in before, as whom it was.
    void comeBack(RawClient &client);
    int live() const { return m_live; }
    bool isLive(const RawClient &client) const { return m_guests[size_t(client.number())].isLive; }
    /// All say that they are there: before each measuring that goes on for less than the time that they announce.
    void beatIfDue();

protected:
    ClientSet &clients() { return m_clients; }
    const RoomId &room() const { return m_room; }
    void send(RawClient &client, const protocol::ClientCommand &command);

    /// The body of a live EVENTS frame, of STORED.
    virtual void onEvents(RawClient & /*client*/, QByteArrayView /*events*/) { }
    virtual void onStored(RawClient & /*client*/, QByteArrayView /*stored*/) { }
    virtual void onLive(RawClient & /*client*/) { }
    virtual void onWelcomed(RawClient & /*client*/) { }
    virtual void onGoodbye(RawClient & /*client*/, const protocol::Goodbye & /*goodbye*/) { }
    virtual void onStatus(const protocol::Status & /*status*/) { }

private:
    struct Guest
    {
        QByteArray secret; ///< that makes it the same person again; empty before the first time
        bool isLive = false;
    };

    void onMessage(RawClient &client, QByteArrayView message) final;
    bool onEnded(RawClient &client, const QString &why) final;
    /// Whether a connection that ends is no failure.
    virtual bool mayEnd(RawClient & /*client*/, const QString & /*why*/) { return false; }
    void onPage(RawClient &client, QByteArrayView page);
    void onReady(RawClient &client);
    void onWelcome(RawClient &client, QByteArrayView welcome);
    void onJoined(RawClient &client, QByteArrayView message);
    void onError(RawClient &client, QByteArrayView message);
    /// The kinds of which there is one now and then: decoded like anywhere.
    void onSeldom(RawClient &client, QByteArrayView message);
    void beat(RawClient &client);
    Guest &guestOf(const RawClient &client);

    ClientSet &m_clients;
    RoomId m_room;
    std::vector<Guest> m_guests; ///< by the client's number
    int m_people = 0;
    int m_live = 0;
    SteadyTime m_lastBeat;
};

} // namespace lanline::bench
