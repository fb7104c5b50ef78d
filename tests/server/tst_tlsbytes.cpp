#include "tests/support/tlsconnection.h"

#include <QTest>

#include <sys/ioctl.h>

#include <array>
#include <csignal>

using namespace lanline::server;
using namespace lanline::test;

Q_DECLARE_METATYPE(TlsPeer::Version)

class tst_TlsBytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void carriesAnyAmountBothWays_data();
    void carriesAnyAmountBothWays();
    void joinsSmallPiecesIntoOneRecord();
    void leavesNothingUnread();
    void tellsDataBeforeTheEnd_data();
    void tellsDataBeforeTheEnd();
    void saysTheEndAndReadsOn();
    void peerThatIsGoneIsAFailure_data();
    void peerThatIsGoneIsAFailure();
    void changesOfKeysDoNotHoldATurn();
    void changeOfKeysWithinABlockedWrite();

private:
    std::optional<TlsContext> m_context;
};

void tst_TlsBytes::initTestCase()
{
    // As in a program that has not thought of it.
    std::signal(SIGPIPE, SIG_DFL);
    auto context = TlsContext::make(makeTlsIdentity(QStringLiteral("host")));
    QVERIFY2(context, qPrintable(context ? QString() : context.error()));
    m_context = *std::move(context);
}

void tst_TlsBytes::carriesAnyAmountBothWays_data()
{
    QTest::addColumn<Version>("version");
    QTest::addColumn<qsizetype>("bytes");
    for (const qsizetype bytes : {1, 2, 4096, 16383, 16384, 16385, 65536, 1'000'000}) {
        QTest::addRow("TLS 1.2, %d bytes", int(bytes)) << Version::Tls12 << bytes;
        QTest::addRow("TLS 1.3, %d bytes", int(bytes)) << Version::Tls13 << bytes;
    }
}

void tst_TlsBytes::carriesAnyAmountBothWays()
{
    QFETCH(Version, version);
    QFETCH(qsizetype, bytes);
    TlsConnection c(*m_context, version);
    setBuffer(c.ours, SO_SNDBUF, 4096);
    setBuffer(c.peer.descriptor(), SO_SNDBUF, 4096);
    QVERIFY(c.shakeHands());

    QRandomGenerator random(4);
    const QByteArray there = randomBytes(bytes, 2);
    c.peer.write(there);
    QByteArray got;
    while (c.peer.send(1 + qsizetype(random.bounded(20'000))) > 0)
        got += c.readAll();
    QCOMPARE(got, there);

    // Offered in pieces that lie elsewhere each time, and are more each time.
    const QByteArray back = randomBytes(bytes, 3);
    qsizetype sent = 0;
    qsizetype known = 0;
    int blocked = 0;
    QByteArray arrived;
    while (sent < bytes) {
        known = std::min(bytes, std::max(known, sent) + 1 + qsizetype(random.bounded(30'000)));
        std::vector<QByteArray> copies;
        for (qsizetype at = sent; at < known && copies.size() < 64;) {
            const qsizetype size = std::min(known - at, 1 + qsizetype(random.bounded(random.bounded(2) ? 40 : 20'000)));
            copies.emplace_back(back.constData() + at, size);
            at += size;
        }
        const std::vector<QByteArrayView> pieces(copies.begin(), copies.end());
        const StreamResult result = c.layer.write(pieces);
        QVERIFY(result.state == State::Open || result.state == State::Blocked);
        QCOMPARE(result.state == State::Open, result.bytes > 0);
        sent += result.bytes;
        if (result.state == State::Blocked) {
            ++blocked;
            QVERIFY(!c.layer.writeWantsRead());
            c.peer.process();
            arrived += c.peer.takeReceived();
        }
    }
    c.peer.process();
    arrived += c.peer.takeReceived();
    QCOMPARE(arrived, back);
    if (bytes > 16384)
        QVERIFY(blocked > 0);
}

void tst_TlsBytes::joinsSmallPiecesIntoOneRecord()
{
    TlsConnection c(*m_context);
    QVERIFY(c.shakeHands());
    const QByteArray piece(10, 'x');
    const std::vector<QByteArrayView> pieces(50, piece);
    QCOMPARE(c.layer.write(pieces).bytes, 500);
    int waiting = 0;
    ::ioctl(c.peer.descriptor(), FIONREAD, &waiting);
    QVERIFY2(waiting < 500 + 64, qPrintable(QString::number(waiting)));
    c.peer.process();
    QCOMPARE(c.peer.takeReceived(), QByteArray(500, 'x'));
}

void tst_TlsBytes::leavesNothingUnread()
{
    TlsConnection c(*m_context);
    QVERIFY(c.shakeHands());
    for (int i = 0; i < 3; ++i)
        c.peer.write(QByteArray(1000, char('a' + i)));
    QVERIFY(c.peer.send() > 0);

    // One read gives all records; that there is no more shows by its being short.
    QCOMPARE(c.readOnce(), State::Open);
    QCOMPARE(c.last.bytes, 3000);
    QVERIFY(!c.layer.hasMore());
    QCOMPARE(c.readOnce(), State::Blocked);

    // Where the place is too small, it says that there is more, for the descriptor does not.
    for (int i = 0; i < 3; ++i)
        c.peer.write(QByteArray(1000, char('a' + i)));
    QVERIFY(c.peer.send() > 0);
    std::array<char, 700> small{};
    QByteArray got;
    for (int i = 0; i < 4; ++i) {
        const StreamResult result = c.layer.read(small);
        QCOMPARE(result.bytes, 700);
        got.append(small.data(), result.bytes);
        int waiting = 0;
        ::ioctl(c.ours, FIONREAD, &waiting);
        QVERIFY(waiting > 0 || c.layer.hasMore());
    }
    got += c.readAll();
    QCOMPARE(got, QByteArray(1000, 'a') + QByteArray(1000, 'b') + QByteArray(1000, 'c'));
    QVERIFY(!c.layer.hasMore());
}

void tst_TlsBytes::tellsDataBeforeTheEnd_data()
{
    QTest::addColumn<bool>("isSaid");
    QTest::newRow("close_notify") << true;
    QTest::newRow("without a word") << false;
}

void tst_TlsBytes::tellsDataBeforeTheEnd()
{
    QFETCH(bool, isSaid);
    TlsConnection c(*m_context);
    QVERIFY(c.shakeHands());
    c.peer.write("last words");
    if (isSaid)
        c.peer.sayEnd();
    QVERIFY(c.peer.send() > 0);
    if (!isSaid)
        ::shutdown(c.peer.descriptor(), SHUT_WR);

    QCOMPARE(c.readOnce(), State::Open);
    QCOMPARE(c.last.bytes, 10);
    // Nothing else would tell of a close_notify that has been taken in.
    QCOMPARE(c.layer.hasMore(), isSaid);
    QCOMPARE(c.readOnce(), State::Ended);
    QCOMPARE(c.readOnce(), State::Ended);
    // Whoever has said its last word may still listen.
    QCOMPARE(c.write("our answer").state, State::Open);
    c.peer.process();
    QCOMPARE(c.peer.takeReceived(), "our answer");
}

void tst_TlsBytes::saysTheEndAndReadsOn()
{
    TlsConnection c(*m_context);
    QVERIFY(c.shakeHands());
    QCOMPARE(c.write("bye").state, State::Open);
    c.layer.shutdown();
    c.peer.process();
    QCOMPARE(c.peer.takeReceived(), "bye");
    QVERIFY(c.peer.hasEnded());
    c.peer.write("heard");
    QVERIFY(c.peer.send() > 0);
    QCOMPARE(c.readAll(), "heard");
}

void tst_TlsBytes::peerThatIsGoneIsAFailure_data()
{
    QTest::addColumn<bool>("isEstablished");
    QTest::newRow("in the handshake") << false;
    QTest::newRow("after it") << true;
}

void tst_TlsBytes::peerThatIsGoneIsAFailure()
{
    QFETCH(bool, isEstablished);
    TlsConnection c(*m_context, Version::Any, SocketPair::make(SocketPair::Kind::Tcp));
    if (isEstablished) {
        QVERIFY(c.shakeHands());
    } else {
        QVERIFY(c.peer.send(20) > 0);
        c.waitReadable();
        QCOMPARE(c.readOnce(), State::Blocked);
    }
    const linger abrupt{1, 0};
    const int descriptor = c.peer.leave();
    ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &abrupt, sizeof(abrupt));
    ::close(descriptor);
    c.waitReadable();
    QCOMPARE(c.readOnce(), State::Failed);
    QCOMPARE(c.write("x").state, State::Failed);

    // A write that meets the end before any read does raises no signal.
    TlsConnection d(*m_context);
    QVERIFY(d.shakeHands());
    ::close(d.peer.leave());
    QCOMPARE(d.write("x").state, State::Failed);
    QCOMPARE(d.readOnce(), State::Failed);
    d.layer.shutdown();
}

void tst_TlsBytes::changesOfKeysDoNotHoldATurn()
{
    TlsConnection c(*m_context, Version::Tls13);
    setBuffer(c.peer.descriptor(), SO_SNDBUF, 1 << 20);
    QVERIFY(c.shakeHands());
    for (int i = 0; i < 1000; ++i)
        c.peer.askForNewKeys();
    c.peer.write("after all");
    QVERIFY(c.peer.send() > 0);
    int before = 0;
    ::ioctl(c.ours, FIONREAD, &before);

    std::array<char, 100> small{};
    const StreamResult result = c.layer.read(small);
    int after = 0;
    ::ioctl(c.ours, FIONREAD, &after);
    QVERIFY2(before - after <= 17 * 1024, qPrintable(QString::number(before - after)));
    QVERIFY(after > 0);
    QCOMPARE(result.state, State::Blocked);

    // They are answered within a read, which then waits for a peer that does not read them.
    QByteArray got;
    while (!c.layer.readWantsWrite()) {
        got += c.readAll();
        QVERIFY(got.isEmpty());
        QCOMPARE(c.last.state, State::Blocked);
    }
    while (got.isEmpty()) {
        c.peer.process();
        got += c.readAll();
        QVERIFY(c.last.state == State::Open || c.last.state == State::Blocked);
    }
    QCOMPARE(got, "after all");
}

void tst_TlsBytes::changeOfKeysWithinABlockedWrite()
{
    TlsConnection c(*m_context, Version::Tls13);
    setBuffer(c.ours, SO_SNDBUF, 4096);
    QVERIFY(c.shakeHands());
    const QByteArray text = randomBytes(100'000);
    QByteArrayView left = text;
    const auto writeOn = [&] {
        StreamResult result;
        do {
            const std::array pieces{left};
            result = c.layer.write(pieces);
            left = left.sliced(result.bytes);
        } while (result.state == State::Open && !left.isEmpty());
        return result.state;
    };
    QCOMPARE(writeOn(), State::Blocked);
    c.peer.askForNewKeys();
    c.peer.write("new keys");
    QVERIFY(c.peer.send() > 0);
    QByteArray got = c.readAll();
    QVERIFY(c.last.state != State::Failed);
    QByteArray arrived;
    while (arrived.size() < text.size()) {
        c.peer.process();
        arrived += c.peer.takeReceived();
        QVERIFY(!c.peer.hasFailed());
        QVERIFY(left.isEmpty() || writeOn() != State::Failed);
        got += c.readAll();
        QVERIFY(c.last.state != State::Failed);
    }
    QCOMPARE(arrived, text);
    QCOMPARE(got, "new keys");
}

QTEST_GUILESS_MAIN(tst_TlsBytes)
#include "tst_tlsbytes.moc"
