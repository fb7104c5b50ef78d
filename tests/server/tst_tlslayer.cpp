#include "server/net/tlslayer.h"
#include "tests/support/tlspeer.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTest>

#include <malloc.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>

using namespace lanline::server;
using lanline::test::SocketPair;
using lanline::test::TlsPeer;
using State = StreamResult::State;
using Version = TlsPeer::Version;

Q_DECLARE_METATYPE(TlsPeer::Version)

class tst_TlsLayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void shakesHandsInAnyPieces_data();
    void shakesHandsInAnyPieces();
    void refusesWhatIsNoHandshake_data();
    void refusesWhatIsNoHandshake();
    void refusesTls11();
    void refusesToRenegotiate();
    void writeWaitsForTheHandshake();

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

    void connectionsLeaveNothingBehind();
    void idleConnectionKeepsNoBuffers();

private:
    std::optional<TlsContext> m_context;
};

namespace {

/// Both ends of one connection.
struct Connection
{
    explicit Connection(const TlsContext &context, Version version = Version::Any, SocketPair pair = SocketPair::make())
        : ours(pair.ours)
        , peer(pair.peers, version)
        , layer(context, pair.ours)
    { }
    ~Connection() { ::close(ours); }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// All that read() gives, until it gives no more.
    QByteArray readAll()
    {
        QByteArray all;
        do {
            last = layer.read(into);
            if (last.state == State::Open)
                all.append(into.data(), last.bytes);
        } while (last.state == State::Open && layer.hasMore());
        return all;
    }

    State readOnce() { return (last = layer.read(into)).state; }

    /// Moves bytes until the handshake is done, or cannot be.
    bool shakeHands(qsizetype pieceBytes = 1 << 30)
    {
        while (!peer.hasFailed()) {
            peer.process();
            const qsizetype sent = peer.send(pieceBytes);
            const State state = readOnce();
            if (state != State::Blocked)
                return false;
            if (peer.isEstablished() && sent == 0)
                return true;
        }
        return false;
    }

    StreamResult write(const QByteArray &text)
    {
        const std::array pieces{QByteArrayView(text)};
        return layer.write(pieces);
    }

    void waitReadable() const
    {
        pollfd poll{ours, POLLIN, 0};
        ::poll(&poll, 1, 5000);
    }

    int ours;
    TlsPeer peer;
    TlsLayer layer;
    StreamResult last;
    std::array<char, 64 * 1024> into{};
};

QByteArray randomBytes(qsizetype size, quint32 seed = 1)
{
    QRandomGenerator random(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(random.generate());
    return bytes;
}

void setBuffer(int descriptor, int option, int bytes)
{
    ::setsockopt(descriptor, SOL_SOCKET, option, &bytes, sizeof(bytes));
}

int openDescriptors()
{
    return int(
        QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::System | QDir::Files | QDir::NoDotAndDotDot).size());
}

size_t allocatedBytes()
{
    return mallinfo2().uordblks;
}

} // namespace

void tst_TlsLayer::initTestCase()
{
    // As in a program that has not thought of it.
    std::signal(SIGPIPE, SIG_DFL);
    auto context = TlsContext::make(makeTlsIdentity(QStringLiteral("host")));
    QVERIFY2(context, qPrintable(context ? QString() : context.error()));
    m_context = *std::move(context);
}

// ---- the handshake ------------------------------------------------------------------------------------------------

void tst_TlsLayer::shakesHandsInAnyPieces_data()
{
    QTest::addColumn<Version>("version");
    QTest::addColumn<qsizetype>("pieceBytes");
    for (const qsizetype bytes : {1, 7, 100, 1 << 20}) {
        QTest::addRow("TLS 1.2 by %d", int(bytes)) << Version::Tls12 << bytes;
        QTest::addRow("TLS 1.3 by %d", int(bytes)) << Version::Tls13 << bytes;
    }
}

void tst_TlsLayer::shakesHandsInAnyPieces()
{
    QFETCH(Version, version);
    QFETCH(qsizetype, pieceBytes);
    Connection c(*m_context, version);
    QVERIFY(c.shakeHands(pieceBytes));

    c.peer.write("hello");
    QByteArray got;
    while (c.peer.send(pieceBytes) > 0)
        got += c.readAll();
    QCOMPARE(got, "hello");
    QCOMPARE(c.write("welcome").bytes, 7);
    c.peer.process();
    QCOMPARE(c.peer.takeReceived(), "welcome");
}

void tst_TlsLayer::refusesWhatIsNoHandshake_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("noise behind the first byte") << '\x16' + randomBytes(500);
    QTest::newRow("record over the limit") << QByteArray("\x16\x03\x01\xff\xff", 5) + QByteArray(70'000, 'x');
    QTest::newRow("noise in a record") << QByteArray("\x16\x03\x01\x02\x00", 5) + randomBytes(512);
    QTest::newRow("data before the handshake") << QByteArray("\x17\x03\x03\x00\x05hello", 10);
    QTest::newRow("an alert") << QByteArray("\x15\x03\x01\x00\x02\x02\x28", 7);
}

void tst_TlsLayer::refusesWhatIsNoHandshake()
{
    QFETCH(QByteArray, bytes);
    Connection c(*m_context);
    QVERIFY(::send(c.peer.descriptor(), bytes.constData(), size_t(bytes.size()), 0) > 0);
    QCOMPARE(c.readOnce(), State::Failed);
    // And it stays that way.
    QCOMPARE(c.readOnce(), State::Failed);
    QCOMPARE(c.write("x").state, State::Failed);
    c.layer.shutdown();
}

void tst_TlsLayer::refusesTls11()
{
    Connection c(*m_context, Version::Tls11);
    QVERIFY(!c.shakeHands());
    QCOMPARE(c.last.state, State::Failed);
    c.peer.process();
    QVERIFY(c.peer.hasFailed()); // by our alert
}

void tst_TlsLayer::refusesToRenegotiate()
{
    Connection c(*m_context, Version::Tls12);
    QVERIFY(c.shakeHands());
    c.peer.renegotiate();
    QVERIFY(c.peer.send() > 0);
    c.readOnce();
    QVERIFY(c.last.state != State::Open);
    c.peer.process();
    QVERIFY(!c.peer.isEstablished()); // it still waits for an answer, or has been refused
    const bool isRefused = c.peer.hasFailed() || c.last.state == State::Failed;
    QVERIFY(isRefused);
}

void tst_TlsLayer::writeWaitsForTheHandshake()
{
    Connection c(*m_context);
    QCOMPARE(c.write("too early").state, State::Blocked);
    QVERIFY(c.layer.writeWantsRead());
    QVERIFY(c.shakeHands());
    QVERIFY(!c.layer.writeWantsRead());
    QCOMPARE(c.write("now").state, State::Open);
}

// ---- bytes --------------------------------------------------------------------------------------------------------

void tst_TlsLayer::carriesAnyAmountBothWays_data()
{
    QTest::addColumn<Version>("version");
    QTest::addColumn<qsizetype>("bytes");
    for (const qsizetype bytes : {1, 2, 4096, 16383, 16384, 16385, 65536, 1'000'000}) {
        QTest::addRow("TLS 1.2, %d bytes", int(bytes)) << Version::Tls12 << bytes;
        QTest::addRow("TLS 1.3, %d bytes", int(bytes)) << Version::Tls13 << bytes;
    }
}

void tst_TlsLayer::carriesAnyAmountBothWays()
{
    QFETCH(Version, version);
    QFETCH(qsizetype, bytes);
    Connection c(*m_context, version);
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

void tst_TlsLayer::joinsSmallPiecesIntoOneRecord()
{
    Connection c(*m_context);
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

void tst_TlsLayer::leavesNothingUnread()
{
    Connection c(*m_context);
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

void tst_TlsLayer::tellsDataBeforeTheEnd_data()
{
    QTest::addColumn<bool>("isSaid");
    QTest::newRow("close_notify") << true;
    QTest::newRow("without a word") << false;
}

void tst_TlsLayer::tellsDataBeforeTheEnd()
{
    QFETCH(bool, isSaid);
    Connection c(*m_context);
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

void tst_TlsLayer::saysTheEndAndReadsOn()
{
    Connection c(*m_context);
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

void tst_TlsLayer::peerThatIsGoneIsAFailure_data()
{
    QTest::addColumn<bool>("isEstablished");
    QTest::newRow("in the handshake") << false;
    QTest::newRow("after it") << true;
}

void tst_TlsLayer::peerThatIsGoneIsAFailure()
{
    QFETCH(bool, isEstablished);
    Connection c(*m_context, Version::Any, SocketPair::make(SocketPair::Kind::Tcp));
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
    Connection d(*m_context);
    QVERIFY(d.shakeHands());
    ::close(d.peer.leave());
    QCOMPARE(d.write("x").state, State::Failed);
    QCOMPARE(d.readOnce(), State::Failed);
    d.layer.shutdown();
}

void tst_TlsLayer::changesOfKeysDoNotHoldATurn()
{
    Connection c(*m_context, Version::Tls13);
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

void tst_TlsLayer::changeOfKeysWithinABlockedWrite()
{
    Connection c(*m_context, Version::Tls13);
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

// ---- what it costs ------------------------------------------------------------------------------------------------

void tst_TlsLayer::connectionsLeaveNothingBehind()
{
    const auto round = [&](int connections) {
        for (int i = 0; i < connections; ++i) {
            Connection c(*m_context);
            switch (i % 4) {
            case 0: // not a word
                break;
            case 1: // in the middle
                c.peer.send(i % 300);
                c.readOnce();
                break;
            case 2: // after it
                c.shakeHands();
                break;
            default: // with words
                c.shakeHands();
                c.peer.write(randomBytes(100));
                c.peer.sayEnd();
                c.peer.send();
                c.readAll();
                c.layer.shutdown();
            }
        }
    };
    round(560); // what is allocated once and kept
    const int descriptors = openDescriptors();
    const size_t bytes = allocatedBytes();
    round(560);
    QCOMPARE(openDescriptors(), descriptors);
    const auto grown = qint64(allocatedBytes()) - qint64(bytes);
    // The allocator counts what it keeps in hand; one in 20 connections left behind would be more.
    QVERIFY2(grown < 256 * 1024, qPrintable(QString::number(grown)));
}

void tst_TlsLayer::idleConnectionKeepsNoBuffers()
{
    if (allocatedBytes() == 0)
        QSKIP("This run's allocator does not tell.");
    constexpr int count = 64;
    const size_t before = allocatedBytes();
    std::vector<int> descriptors;
    std::vector<std::unique_ptr<TlsLayer>> layers;
    for (int i = 0; i < count; ++i) {
        const SocketPair pair = SocketPair::make();
        layers.push_back(std::make_unique<TlsLayer>(*m_context, pair.ours));
        TlsPeer peer(pair.peers, Version::Tls13);
        std::array<char, 32 * 1024> into{};
        while (!peer.isEstablished() || peer.send() > 0) {
            peer.send();
            QCOMPARE(layers.back()->read(into).state, State::Blocked);
            peer.process();
        }
        peer.write(randomBytes(20'000));
        QVERIFY(peer.send() > 0);
        QCOMPARE(layers.back()->read(into).bytes, 20'000);
        const QByteArray text = randomBytes(20'000);
        const std::array pieces{QByteArrayView(text)};
        QCOMPARE(layers.back()->write(pieces).bytes, 20'000);
        descriptors.push_back(pair.ours);
        descriptors.push_back(peer.leave());
    }
    const size_t perConnection = (allocatedBytes() - before) / count;
    qInfo("%zu bytes per idle connection", perConnection);
    QVERIFY2(perConnection < 16 * 1024, qPrintable(QString::number(perConnection)));
    layers.clear();
    for (const int descriptor : descriptors)
        ::close(descriptor);
}

QTEST_GUILESS_MAIN(tst_TlsLayer)
#include "tst_tlslayer.moc"
