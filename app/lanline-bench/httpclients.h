#pragma once

#include "core/result.h"
#include "core/timing.h"
#include "rawsocket.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lanline::bench {

struct HttpAnswer
{
    int status = 0;
    QByteArray body;
};

/// Takes one answer, with its length told or in chunks, off the front of what came; nothing as long as it is not
/// there as a whole. The error is a sentence.
Result<std::optional<HttpAnswer>, QString> takeAnswer(QByteArray &bytes);

/// One kept-alive connection of HTTP/1.1, with one request under way at most.
class HttpClient
{
public:
    int number() const { return m_number; } ///< from 0, in its set
    bool isIdle() const { return m_isConnected && !m_isAsking; }

private:
    friend class HttpClients;

    RawSocket m_socket;
    std::string m_out; ///< not written yet
    QByteArray m_in; ///< of the answer, so far
    int m_number = 0;
    quint32 m_watched = 0; ///< epoll events
    bool m_isConnected = false;
    bool m_isAsking = false;
};

/// Many of them in one thread, by an epoll set of their own. Nothing blocks but poll(). The first thing that goes
/// wrong, an answer that is not 200 too, is the failure of the set.
class HttpClients
{
public:
    /// Called from inside poll(), when the client is idle again.
    using OnAnswer = std::function<void(HttpClient &client, const QByteArray &body)>;

    /// `spins`: it has a core for itself, and never sleeps on it.
    HttpClients(Endpoint endpoint, bool spins);
    ~HttpClients();
    HttpClients(const HttpClients &) = delete;
    HttpClients &operator=(const HttpClients &) = delete;

    /// Connects this many, and waits for it. The error is a sentence.
    Result<void, QString> open(int count);
    void setOnAnswer(OnAnswer onAnswer) { m_onAnswer = std::move(onAnswer); }

    qsizetype size() const { return qsizetype(m_clients.size()); }
    HttpClient &at(qsizetype number) { return *m_clients[size_t(number)]; }
    /// Of idle clients.
    void get(HttpClient &client, const QByteArray &path);
    void post(HttpClient &client, const QByteArray &path, const QByteArray &body);

    quint64 requests() const { return m_requests; } ///< ever
    quint64 wireBytes() const; ///< of all connections, both ways

    /// One turn: what has arrived is read. Waits for it until `until` at the latest, or not at all if it spins.
    /// False once the set has failed.
    bool poll(SteadyTime until);
    /// A sentence, empty as long as all is well.
    const QString &failure() const { return m_failure; }
    void fail(const QString &why);

private:
    void ask(HttpClient &client, const QByteArray &request);
    void onEvent(HttpClient &client, quint32 events);
    void goOnConnecting(HttpClient &client);
    void read(HttpClient &client);
    void flush(HttpClient &client);
    void watch(HttpClient &client, quint32 events);
    void failClient(const HttpClient &client, const QString &why);

    Endpoint m_endpoint;
    std::vector<std::unique_ptr<HttpClient>> m_clients;
    std::vector<char> m_buffer;
    OnAnswer m_onAnswer;
    QString m_failure;
    quint64 m_requests = 0;
    int m_epoll = -1;
    int m_connected = 0;
    bool m_spins;
};

} // namespace lanline::bench
