#include "tests/support/sends.h"
#include "tests/support/serverbench.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::server;

/// What clients hear of a store that cannot write, and of what it has counted.
class tst_StoreState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyoneIsTold();
    void whoComesLaterIsToldBehindWelcome();
    void statusTellsTheLedger();
};

namespace {

const protocol::StoreState full{false, u"The server's disk is full."_s};
const protocol::StoreState writable{true, u"The server can write again."_s};

protocol::Status statusOf(FakePeer &peer)
{
    peer.send(protocol::StatusGet{1});
    return peer.all<protocol::Status>().constLast();
}

} // namespace

void tst_StoreState::everyoneIsTold()
{
    ServerBench bench;
    FakePeer ann;
    FakePeer bob;
    FakePeer stranger;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    bench.logIn(bob, DeviceKey::generate(), u"Bob"_s);
    bench.accept(stranger);
    QVERIFY(ann.all<protocol::StoreState>().isEmpty());

    bench.sessions.onStoreState(full);
    ann.send(message(u"x"_s));
    bench.store.failCommit();
    QCOMPARE(ann.all<protocol::StoreState>(), QList{full});
    QCOMPARE(bob.all<protocol::StoreState>(), QList{full});
    QVERIFY(stranger.all<protocol::StoreState>().isEmpty());
    QCOMPARE(ann.all<protocol::Refused>().constFirst().code, protocol::ErrorCode::ReadOnly);
    QVERIFY(ann.all<protocol::Refused>().constFirst().retryAfter.count() > 0);
    QVERIFY(statusOf(bob).isReadOnly);

    bench.sessions.onStoreState(writable);
    QCOMPARE(ann.all<protocol::StoreState>(), (QList{full, writable}));
    QVERIFY(!statusOf(bob).isReadOnly);
}

void tst_StoreState::whoComesLaterIsToldBehindWelcome()
{
    ServerBench bench;
    bench.sessions.onStoreState(full);
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    const auto &received = ann.wire->received;
    QCOMPARE(received.size(), 3);
    QVERIFY(std::holds_alternative<protocol::Welcome>(received.at(1)));
    QCOMPARE(std::get<protocol::StoreState>(received.at(2)), full);

    bench.sessions.onStoreState(writable);
    FakePeer bob;
    bench.logIn(bob, DeviceKey::generate(), u"Bob"_s);
    QVERIFY(bob.all<protocol::StoreState>().isEmpty());
}

void tst_StoreState::statusTellsTheLedger()
{
    protocol::Limits limits;
    limits.tailEvents = 2;
    ServerBench bench(limits);
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    const protocol::Send twice = message(u"1"_s);
    for (const auto &send : {twice, message(u"2"_s), message(u"3"_s), twice})
        ann.send(send);
    bench.commit();
    ann.send(protocol::HistoryGet{2, lobbyId, 0, 2}); // memory has it
    ann.send(protocol::HistoryGet{3, lobbyId, 2, 2}); // the store has it
    bench.readPages();
    bench.ledger.lost = 4; // as the snapshot of a damaged database would say

    const protocol::Status status = statusOf(ann);
    QCOMPARE(status.received, 4ull);
    QCOMPARE(status.stored, 3ull);
    QCOMPARE(status.duplicates, 1ull);
    QCOMPARE(status.storedEver, 3ull);
    QCOMPARE(status.duplicatesEver, 1ull);
    QCOMPARE(status.pagesFromMemory, 1ull);
    QCOMPARE(status.pagesFromStore, 1ull);
    QCOMPARE(status.replayed, 3ull);
    QCOMPARE(status.lost, 4ull);
    QVERIFY(!status.isReadOnly);
}

QTEST_GUILESS_MAIN(tst_StoreState)
#include "tst_storestate.moc"
