#pragma once

#include "tests/support/serverbench.h"

namespace lanline::server {

/// One client of a person, as it goes through a session: keeps what it was told of it, and asks for it again.
class BenchClient
{
public:
    BenchClient(
        ServerBench &bench, const QString &name, const QString &id, const DeviceKey &key = DeviceKey::generate())
        : m_bench(bench)
        , m_name(name)
        , m_id(id)
        , m_key(key)
    { }

    /// Without a word of an earlier session.
    protocol::Welcome logIn(FakePeer &peer) { return ask(peer, {}); }
    /// As the primary again.
    protocol::Welcome resume(FakePeer &peer, quint64 generation)
    {
        return ask(peer, protocol::Resume{session.id, session.token, generation, protocol::LinkRole::Primary});
    }
    protocol::Welcome standBy(FakePeer &peer)
    {
        return ask(peer, protocol::Resume{session.id, session.token, 0, protocol::LinkRole::Standby});
    }
    protocol::Welcome ask(FakePeer &peer, const std::optional<protocol::Resume> &resume)
    {
        m_bench.accept(peer);
        auto welcome = m_bench.finishLogIn(peer, hello(peer, resume));
        if (welcome.session)
            session = *welcome.session;
        return welcome;
    }
    protocol::Hello hello(const FakePeer &peer, const std::optional<protocol::Resume> &resume) const
    {
        protocol::Hello hello = m_bench.hello(peer, m_key, m_name);
        hello.clientId = m_id;
        hello.resume = resume;
        return hello;
    }
    const ClientId &id() const { return m_id; }
    const DeviceKey &key() const { return m_key; }

    protocol::SessionInfo session; ///< as WELCOME told it last

private:
    ServerBench &m_bench;
    QString m_name;
    ClientId m_id;
    DeviceKey m_key;
};

} // namespace lanline::server
