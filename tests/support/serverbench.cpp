#include "tests/support/serverbench.h"

#include "protocol/hellosignature.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::server {

ServerBench::ServerBench(const protocol::Limits &limits)
    : watch(time)
    , store(time)
    , hub(limits, ledger)
    , sessions(limits, {u"bench"_s, store.snapshot().serverId, store.snapshot().epoch, certificateSha256()}, hub, store,
          time, ledger)
{
    store.setSink(this);
    store.open();
    watch.start();
}

void ServerBench::accept(FakePeer &peer)
{
    sessions.accept(peer.makeTransport());
    turn();
}

void ServerBench::turn()
{
    QCoreApplication::sendPostedEvents();
}

void ServerBench::commit()
{
    store.commit();
    turn();
}

void ServerBench::readPages()
{
    store.readPages();
    turn();
}

void ServerBench::pass(std::chrono::milliseconds duration)
{
    constexpr auto step = 100ms;
    for (auto left = duration; left > 0ms; left -= step) {
        time.advance(std::min(step, left));
        sessions.sweep(watch);
        turn();
    }
}

protocol::Hello ServerBench::hello(const FakePeer &peer, const DeviceKey &key, const QString &name) const
{
    const protocol::Ready ready = peer.all<protocol::Ready>().constFirst();
    protocol::Hello hello;
    hello.name = name;
    hello.app = u"test 1"_s;
    const QByteArray toSign = protocol::helloSignatureInput(
        ready.nonce, ready.epoch, peer.wire->isEncrypted ? certificateSha256() : QByteArray());
    hello.auth = protocol::DeviceAuth{key.publicKey(), key.sign(toSign)};
    return hello;
}

protocol::Welcome ServerBench::logIn(FakePeer &peer, const DeviceKey &key, const QString &name)
{
    accept(peer);
    return finishLogIn(peer, hello(peer, key, name));
}

protocol::Welcome ServerBench::logInAsGuest(FakePeer &peer, const QString &name, const QByteArray &secret)
{
    accept(peer);
    protocol::Hello hello;
    hello.name = name;
    hello.auth = protocol::GuestAuth{secret};
    return finishLogIn(peer, hello);
}

protocol::Welcome ServerBench::finishLogIn(FakePeer &peer, const protocol::Hello &hello)
{
    peer.send(hello);
    commit();
    const auto welcomes = peer.all<protocol::Welcome>();
    return welcomes.isEmpty() ? protocol::Welcome{} : welcomes.constFirst();
}

void ServerBench::goLive(FakePeer &peer, const RoomId &room)
{
    quint64 after = 0;
    for (;;) {
        peer.send(protocol::EventsGet{1, room, after});
        readPages();
        const auto pages = peer.all<protocol::Events>();
        if (pages.isEmpty() || pages.constLast().live)
            return;
        after = pages.constLast().events.constLast().seq;
    }
}

} // namespace lanline::server
