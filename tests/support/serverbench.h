#pragma once

#include "core/devicekey.h"
#include "server/session/sessions.h"
#include "tests/support/fakestore.h"
#include "tests/support/faketime.h"
#include "tests/support/faketransport.h"

namespace lanline::server {

/// A whole server between a fake network, a fake disk and a clock that tests move.
class ServerBench : private StoreSink
{
public:
    explicit ServerBench(const protocol::Limits &limits = {});

    void accept(FakePeer &peer);
    /// Lets the turn of the event loop end.
    void turn();
    /// Commits what was submitted, then ends the turn.
    void commit();
    void readPages();
    /// Moves the clock in steps of a sweep, as the worker does.
    void pass(std::chrono::milliseconds time);
    /// A whole login. Returns its WELCOME.
    protocol::Welcome logIn(FakePeer &peer, const DeviceKey &key, const QString &name);
    protocol::Welcome logInAsGuest(FakePeer &peer, const QString &name, const QByteArray &secret = {});
    /// What encrypted connections are encrypted with.
    static QByteArray certificateSha256() { return QByteArray(32, 'c'); }
    /// A HELLO with the right answer to the peer's READY.
    protocol::Hello hello(const FakePeer &peer, const DeviceKey &key, const QString &name) const;
    /// Sends HELLO on an accepted connection. Returns its WELCOME; an empty one where it was refused.
    protocol::Welcome finishLogIn(FakePeer &peer, const protocol::Hello &hello);
    /// Catches up with the room until it is live.
    void goLive(FakePeer &peer, const RoomId &room);

    FakeTime time;
    EventLoopWatch watch;
    FakeStore store;
    Ledger ledger;
    Hub hub;
    Sessions sessions;

private:
    void onStoreOpened(const Snapshot &snapshot) override { hub.load(snapshot); }
    void onStoreUnusable(const StoreProblem &) override { }
    void onStoreTotals(const StoreTotals &totals) override { ledger.ever = totals; }
    void onStoreOutcomes(const QList<StoreOutcome> &outcomes) override { sessions.onStoreOutcomes(outcomes); }
    void onExpired(const Expired &expired) override { hub.onExpired(expired); }
    void onStoreState(const protocol::StoreState &state) override { sessions.onStoreState(state); }
    void onPage(const Page &page) override { sessions.onPage(page); }
    void onStoreClosed() override { }
};

} // namespace lanline::server
