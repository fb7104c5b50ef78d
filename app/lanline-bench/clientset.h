#pragma once

#include "core/result.h"
#include "core/timing.h"
#include "frames.h"
#include "framewalker.h"
#include "rawsocket.h"

#include <memory>
#include <vector>

namespace lanline::bench {

class ClientSet;

/// One WebSocket client of the generator.
class RawClient
{
public:
    int number() const { return m_number; } ///< from 0, in its set
    bool isOpen() const { return m_state == State::Open; }
    quint64 messages() const { return m_walker.messages(); } ///< since it connected
    quint64 bytes() const { return m_walker.bytes(); } ///< of all their payloads
    quint64 wireBytes() const { return m_socket.movedBytes(); } ///< both ways since it began to connect
    /// Whether each message is handed over, or only counted.
    void setWhole(bool isWhole) { m_isWhole = isWhole, m_walker.setWhole(isWhole); }

private:
    friend class ClientSet;

    enum class State : quint8 { Closed, Connecting, Upgrading, Open };

    std::shared_ptr<const Endpoint> m_endpoint;
    RawSocket m_socket;
    FrameWalker m_walker;
    std::string m_out; ///< not written yet
    QByteArray m_key; ///< of the upgrade
    QByteArray m_answer; ///< to it, so far
    int m_number = 0;
    quint32 m_watched = 0; ///< epoll events
    State m_state = State::Closed;
    bool m_isWhole = false;
};

/// What is told about clients, from inside ClientSet's functions. It must not close or connect any in there.
class ClientWatcher
{
public:
    virtual ~ClientWatcher() = default;
    virtual void onOpened(RawClient & /*client*/) { }
    /// Of clients that take their messages whole.
    virtual void onMessage(RawClient & /*client*/, QByteArrayView /*message*/) { }
    /// It could not connect, or its connection ended. True: that was to be expected; else it is a failure of the set.
    virtual bool onEnded(RawClient & /*client*/, const QString & /*why*/) { return false; }
};

/// Many clients in one thread, by an epoll set of their own. Nothing blocks but poll().
class ClientSet
{
public:
    /// `spins`: it has a core for itself, and never sleeps on it.
    explicit ClientSet(bool spins);
    ~ClientSet();
    ClientSet(const ClientSet &) = delete;
    ClientSet &operator=(const ClientSet &) = delete;

    void setWatcher(ClientWatcher *watcher) { m_watcher = watcher; }
    /// Connects `count` more, few at a time, and waits until all are open. The error is a sentence.
    Result<void, QString> open(const Endpoint &endpoint, int count);
    /// Adds one that is not connected.
    RawClient &add(const Endpoint &endpoint);
    /// Begins to connect one that is not.
    void connect(RawClient &client);
    /// Says goodbye to all, and forgets them.
    void closeAll();

    qsizetype size() const { return qsizetype(m_clients.size()); }
    RawClient &at(qsizetype number) { return *m_clients[size_t(number)]; }

    /// Adds a message to what the next flush() writes.
    void queue(RawClient &client, Opcode opcode, QByteArrayView payload)
    {
        appendFrame(client.m_out, opcode, payload, m_keys.next());
    }
    /// What the system does not take now is written when it does.
    void flush(RawClient &client);
    void send(RawClient &client, Opcode opcode, QByteArrayView payload)
    {
        queue(client, opcode, payload);
        flush(client);
    }

    /// One turn: what has arrived is read. Waits for it until `until` at the latest, or not at all if it spins.
    /// False once the set has failed.
    bool poll(SteadyTime until);
    /// A sentence, empty as long as all is well.
    const QString &failure() const { return m_failure; }
    void fail(const QString &why);

private:
    void onEvent(RawClient &client, quint32 events);
    void goOnConnecting(RawClient &client);
    void read(RawClient &client);
    bool readAnswer(RawClient &client, QByteArrayView piece);
    bool walk(RawClient &client, QByteArrayView piece);
    void watch(RawClient &client, quint32 events);
    void end(RawClient &client, const QString &why);

    std::vector<std::unique_ptr<RawClient>> m_clients;
    std::vector<char> m_buffer;
    MaskKeys m_keys;
    ClientWatcher *m_watcher = nullptr;
    QString m_failure;
    int m_epoll = -1;
    int m_unopened = 0; ///< on their way
    bool m_spins;
};

} // namespace lanline::bench
