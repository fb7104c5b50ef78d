#include "server/net/epollacceptor.h"
#include "server/net/qtacceptor.h"
#include "server/net/tlsidentity.h"
#include "tests/support/tlspeer.h"

#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <functional>

using namespace lanline::server;
using lanline::test::TlsPeer;
using State = StreamResult::State;

enum class Sockets { Epoll, Qt };
Q_DECLARE_METATYPE(Sockets)

/// What every Stream and every Acceptor keeps to.
class tst_Streams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void knowsItsPeer_data() { rows(); }
    void knowsItsPeer();
    void carriesMuchBothWays_data() { rows(); }
    void carriesMuchBothWays();
    void readsInBitsOfAnySize_data() { rows(); }
    void readsInBitsOfAnySize();
    void peerFeelsThatNobodyReads_data() { rows(); }
    void peerFeelsThatNobodyReads();
    void lastWordsComeBeforeTheEnd_data() { rows(); }
    void lastWordsComeBeforeTheEnd();
    void resetIsToldThoughNobodyReads_data() { rows(); }
    void resetIsToldThoughNobodyReads();
    void shutsDownBehindWhatWasWritten_data() { rows(); }
    void shutsDownBehindWhatWasWritten();
    void writesBeforeTheHandshakeIsDone_data() { rows(); }
    void writesBeforeTheHandshakeIsDone();
    void garbageForAHandshakeIsAFailure_data() { rows(); }
    void garbageForAHandshakeIsAFailure();
    void qtStreamMayGoInItsCallbacks_data();
    void qtStreamMayGoInItsCallbacks();

    void clientsWaitUntilAccepting_data() { rows(); }
    void clientsWaitUntilAccepting();
    void saysThatAPortIsInUse_data() { rows(); }
    void saysThatAPortIsInUse();

private:
    static void rows();

    TlsIdentity m_identity;
};

namespace {

/// Reads all there is, and writes `unsent` as far as it goes.
class User final : public StreamUser
{
public:
    void onReadable() override
    {
        ++readable;
        for (;;) {
            std::vector<char> into(bitBytes);
            const StreamResult result = stream->read(into);
            if (result.state == State::Open)
                received.append(into.data(), result.bytes);
            else if (result.state == State::Blocked)
                return;
            else
                end = result.state;
            if (end || !readsOn)
                break;
        }
        if (end)
            stream->setReading(false);
    }
    void onWritable() override
    {
        ++writable;
        write();
    }
    void onBroken() override { isBroken = true; }

    void write(const QByteArray &text)
    {
        unsent += text;
        write();
    }
    void write()
    {
        while (!unsent.isEmpty()) {
            // A copy: what is offered again lies elsewhere.
            const QByteArray copy(unsent.constData(), unsent.size());
            const qsizetype half = copy.size() / 2;
            const std::array pieces{QByteArrayView(copy).first(half), QByteArrayView(copy).sliced(half)};
            const StreamResult result = stream->write(pieces);
            if (result.state == State::Open) {
                unsent.remove(0, result.bytes);
                continue;
            }
            blocked += result.state == State::Blocked ? 1 : 0;
            writeFailed = result.state == State::Failed;
            return;
        }
    }

    std::unique_ptr<Stream> stream;
    size_t bitBytes = size_t(64) * 1024;
    bool readsOn = true; ///< otherwise one read for each call
    QByteArray received;
    QByteArray unsent;
    std::optional<State> end;
    int readable = 0;
    int writable = 0;
    int blocked = 0;
    bool isBroken = false;
    bool writeFailed = false;
};

/// An acceptor, one stream of it, and the socket that it is connected to.
struct Bench
{
    explicit Bench(Sockets sockets, const TlsIdentity &identity)
    {
        const auto accepted = [this](std::unique_ptr<Stream> stream) {
            ++acceptedCount;
            user.stream = std::move(stream);
            user.stream->setUser(user);
            user.stream->setReading(isReadingAtFirst);
        };
        if (sockets == Sockets::Epoll) {
            context = *TlsContext::make(identity);
            acceptor = std::make_unique<EpollAcceptor>(set, &*context, accepted);
        } else {
            acceptor = std::make_unique<QtAcceptor>(identity, accepted);
        }
        problem = acceptor->listen(QHostAddress::LocalHost, 0);
        QSslConfiguration configuration = client.sslConfiguration();
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        client.setSslConfiguration(configuration);
    }
    ~Bench() { client.disconnect(); }
    Bench(const Bench &) = delete;
    Bench &operator=(const Bench &) = delete;

    /// The client speaks first: without that, no stream knows what it is.
    bool connect(bool isTls)
    {
        acceptor->startAccepting();
        if (isTls)
            client.connectToHostEncrypted(QStringLiteral("127.0.0.1"), acceptor->port());
        else
            client.connectToHost(QStringLiteral("127.0.0.1"), acceptor->port());
        return QTest::qWaitFor([&] {
            return user.stream && client.state() == QAbstractSocket::ConnectedState && (!isTls || client.isEncrypted());
        });
    }
    /// A connection without Qt.
    int connectRaw() const
    {
        acceptor->startAccepting();
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(acceptor->port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof(address)) != 0)
            qFatal("no connection to this machine");
        ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
        return descriptor;
    }

    Turn turn;
    EpollSet set{turn};
    std::optional<TlsContext> context;
    std::unique_ptr<Acceptor> acceptor;
    std::optional<Acceptor::Problem> problem;
    int acceptedCount = 0;
    bool isReadingAtFirst = true;
    User user;
    QSslSocket client;
};

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = char(state >> 24);
    }
    return bytes;
}

/// Until nothing more of what was written leaves.
void waitUntilStuck(QSslSocket &socket)
{
    QSignalSpy spy(&socket, socket.isEncrypted() ? &QSslSocket::encryptedBytesWritten : &QSslSocket::bytesWritten);
    while (spy.wait(200)) { }
}

} // namespace

void tst_Streams::initTestCase()
{
    m_identity = makeTlsIdentity(QStringLiteral("host"));
}

void tst_Streams::rows()
{
    QTest::addColumn<Sockets>("sockets");
    QTest::addColumn<bool>("isTls");
    QTest::newRow("epoll, plain") << Sockets::Epoll << false;
    QTest::newRow("epoll, TLS") << Sockets::Epoll << true;
    QTest::newRow("Qt, plain") << Sockets::Qt << false;
    QTest::newRow("Qt, TLS") << Sockets::Qt << true;
}

void tst_Streams::knowsItsPeer()
{
    QFETCH(Sockets, sockets);
    QFETCH(bool, isTls);
    Bench bench(sockets, m_identity);
    QVERIFY(!bench.problem);
    QVERIFY(bench.connect(isTls));
    bench.client.write("hello");
    QTRY_COMPARE(bench.user.received, "hello");
    QCOMPARE(bench.user.stream->isEncrypted(), isTls);
    QCOMPARE(bench.user.stream->peerAddress(), QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(bench.user.stream->peerPort(), bench.client.localPort());
}

void tst_Streams::carriesMuchBothWays()
{
    QFETCH(Sockets, sockets);
    QFETCH(bool, isTls);
    Bench bench(sockets, m_identity);
    QVERIFY(bench.connect(isTls));
    const QByteArray text = pattern(5'000'001);
    bench.client.write(text);
    QTRY_COMPARE(bench.user.received.size(), text.size());
    QCOMPARE(bench.user.received, text);

    QByteArray arrived;
    bench.client.setReadBufferSize(100'000);
    bench.user.write(text);
    QVERIFY(bench.user.blocked > 0);
    while (arrived.size() < text.size()) {
        QTRY_VERIFY(bench.client.bytesAvailable() > 0);
        arrived += bench.client.readAll();
    }
    QCOMPARE(arrived, text);
    QVERIFY(bench.user.unsent.isEmpty());
}

void tst_Streams::readsInBitsOfAnySize()
{
    QFETCH(Sockets, sockets);
    QFETCH(bool, isTls);
    const QByteArray text = pattern(300'000);
    for (const size_t bits : {1000, 16'384, 32'768, 65'536, 1 << 20}) {
        Bench bench(sockets, m_identity);
        bench.user.bitBytes = bits;
        bench.user.readsOn = false;
        QVERIFY(bench.connect(isTls));
        bench.client.write(text);
        QTRY_COMPARE(bench.user.received.size(), text.size());
        QCOMPARE(bench.user.received, text);
    }
}

void tst_Streams::peerFeelsThatNobodyReads()
{
    QFETCH(Sockets, sockets);
    QFETCH(bool, isTls);
    Bench bench(sockets, m_identity);
    QVERIFY(bench.connect(isTls));
    bench.user.readsOn = false; // as much as Qt may hold, each time
    bench.client.write("first");
    QTRY_COMPARE(bench.user.received, "first");
    bench.user.stream->setReading(false);
    const QByteArray text = pattern(24 * 1024 * 1024);
    bench.client.write(text);
    waitUntilStuck(bench.client);
    QVERIFY(bench.client.bytesToWrite() + bench.client.encryptedBytesToWrite() > 0);
    QCOMPARE(bench.user.received, "first");
    QVERIFY(!bench.user.isBroken);
    bench.user.stream->setReading(true);
    QTRY_COMPARE_WITH_TIMEOUT(bench.user.received.size(), text.size() + 5, 20'000);
    QVERIFY(bench.user.received.endsWith(text));
}

void tst_Streams::lastWordsComeBeforeTheEnd()
{
    QFETCH(Sockets, sockets);
    QFETCH(bool, isTls);
    Bench bench(sockets, m_identity);
    QVERIFY(bench.connect(isTls));
    // Qt does not decrypt, at the end, what its buffer has had no room for.
    const QByteArray text = pattern(sockets == Sockets::Qt && isTls ? 20'000 : 200'000);
    bench.client.write(text);
    bench.client.disconnectFromHost();
    QTRY_VERIFY(bench.user.end);
    QCOMPARE(*bench.user.end, State::Ended);
    QCOMPARE(bench.user.received, text);
}

void tst_Streams::resetIsToldThoughNobodyReads()
{
    QFETCH(Sockets, sockets);
    QFETCH(bool, isTls);
    Bench bench(sockets, m_identity);
    QVERIFY(bench.connect(isTls));
    bench.client.write("first");
    QTRY_COMPARE(bench.user.received, "first");
    bench.user.stream->setReading(false);
    const linger abrupt{1, 0};
    ::setsockopt(int(bench.client.socketDescriptor()), SOL_SOCKET, SO_LINGER, &abrupt, sizeof(abrupt));
    bench.client.abort();
    QTRY_VERIFY(bench.user.isBroken);
    bench.user.write("anybody there?");
    QVERIFY(bench.user.writeFailed);
}

void tst_Streams::shutsDownBehindWhatWasWritten()
{
    QFETCH(Sockets, sockets);
    QFETCH(bool, isTls);
    Bench bench(sockets, m_identity);
    QVERIFY(bench.connect(isTls));
    bench.client.write("hello");
    QTRY_COMPARE(bench.user.received, "hello");
    const QByteArray text = pattern(60'000);
    bench.user.write(text);
    QVERIFY(bench.user.unsent.isEmpty());
    bench.user.stream->shutdownWrite();
    QTRY_COMPARE(bench.client.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(bench.client.error(), QAbstractSocket::RemoteHostClosedError);
    QCOMPARE(bench.client.readAll(), text);
    // Both ends are shut now, which is told whichever way comes first.
    QTRY_VERIFY(bench.user.end || bench.user.isBroken);
}

void tst_Streams::writesBeforeTheHandshakeIsDone()
{
    QFETCH(Sockets, sockets);
    QFETCH(bool, isTls);
    if (!isTls)
        return;
    Bench bench(sockets, m_identity);
    TlsPeer peer(bench.connectRaw());
    QVERIFY(peer.send(20) > 0);
    QTRY_VERIFY(bench.user.stream && bench.user.stream->isEncrypted());
    bench.user.write("as soon as it can be");
    // Nobody is told in vain meanwhile, again and again.
    const int before = bench.user.writable;
    QTest::qWait(50); // for want of a signal of nothing happening
    QVERIFY2(bench.user.writable - before < 3, qPrintable(QString::number(bench.user.writable)));
    QByteArray got;
    QVERIFY(QTest::qWaitFor([&] {
        peer.send();
        peer.process();
        got += peer.takeReceived();
        return !got.isEmpty();
    }));
    QCOMPARE(got, "as soon as it can be");
}

void tst_Streams::garbageForAHandshakeIsAFailure()
{
    QFETCH(Sockets, sockets);
    QFETCH(bool, isTls);
    if (!isTls)
        return;
    Bench bench(sockets, m_identity);
    const int descriptor = bench.connectRaw();
    const QByteArray garbage = '\x16' + QByteArray(1000, 'g');
    QCOMPARE(::send(descriptor, garbage.constData(), size_t(garbage.size()), 0), garbage.size());
    QTRY_VERIFY(bench.user.end);
    QCOMPARE(*bench.user.end, State::Failed);
    ::close(descriptor);
}

void tst_Streams::qtStreamMayGoInItsCallbacks_data()
{
    QTest::addColumn<int>("callback");
    QTest::newRow("readable") << 0;
    QTest::newRow("writable") << 1;
    QTest::newRow("broken") << 2;
}

void tst_Streams::qtStreamMayGoInItsCallbacks()
{
    QFETCH(int, callback);
    struct Goner final : StreamUser
    {
        void onReadable() override { goIf(0); }
        void onWritable() override { goIf(1); }
        void onBroken() override { goIf(2); }
        void goIf(int which)
        {
            if (which == callback)
                bench->user.stream.reset();
        }
        Bench *bench = nullptr;
        int callback = 0;
    };
    Bench bench(Sockets::Qt, m_identity);
    Goner goner;
    goner.bench = &bench;
    goner.callback = callback;
    QVERIFY(bench.connect(false));
    bench.user.stream->setUser(goner);
    const QByteArray much(1'000'000, 'x');
    bench.user.write(much);
    QVERIFY(bench.user.blocked > 0);
    if (callback == 0)
        bench.client.write("x");
    if (callback == 2) {
        bench.user.stream->setReading(false);
        bench.client.abort();
    }
    QTRY_VERIFY(!bench.user.stream);
    QTRY_COMPARE(bench.client.state(), QAbstractSocket::UnconnectedState);
}

// ---- acceptors ----------------------------------------------------------------------------------------------------

void tst_Streams::clientsWaitUntilAccepting()
{
    QFETCH(Sockets, sockets);
    QFETCH(bool, isTls);
    Bench bench(sockets, m_identity);
    QVERIFY(!bench.problem);
    QVERIFY(bench.acceptor->port() != 0);
    bench.client.connectToHost(QStringLiteral("127.0.0.1"), bench.acceptor->port());
    QTRY_COMPARE(bench.client.state(), QAbstractSocket::ConnectedState);
    QTest::qWait(20);
    QCOMPARE(bench.acceptedCount, 0);
    bench.acceptor->startAccepting();
    QTRY_COMPARE(bench.acceptedCount, 1);
    if (isTls)
        bench.client.startClientEncryption();
    bench.client.write("hello");
    QTRY_COMPARE(bench.user.received, "hello");

    // The port is given back, and who is there stays.
    const quint16 port = bench.acceptor->port();
    bench.acceptor->close();
    bench.client.write(" again");
    QTRY_COMPARE(bench.user.received, "hello again");
    QSslSocket late;
    late.connectToHost(QStringLiteral("127.0.0.1"), port);
    QTRY_COMPARE(late.error(), QAbstractSocket::ConnectionRefusedError);
}

void tst_Streams::saysThatAPortIsInUse()
{
    QFETCH(Sockets, sockets);
    Bench bench(sockets, m_identity);
    Bench other(sockets, m_identity);
    other.acceptor->close();
    const auto problem = other.acceptor->listen(QHostAddress::LocalHost, bench.acceptor->port());
    QVERIFY(problem);
    QVERIFY(problem->isPortInUse);
    QVERIFY(!problem->text.isEmpty());
    const auto foreign = other.acceptor->listen(QHostAddress(QStringLiteral("192.0.2.1")), 0);
    QVERIFY(foreign);
    QVERIFY(!foreign->isPortInUse);
}

QTEST_GUILESS_MAIN(tst_Streams)
#include "tst_streams.moc"
