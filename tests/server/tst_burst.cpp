#include "protocol/codec.h"
#include "server/serverhost.h"
#include "server/store/storevalues.h"
#include "tests/support/serverclient.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>
#include <vector>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::server;

/// More than the store can take at once: it says BUSY, its senders keep the order, and nothing is dropped.
class tst_Burst : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAbsorbed_data();
    void isAbsorbed();
};

namespace {

/// Sends all it has at once, and goes back to where it is told to.
class Burster final : public QObject
{
public:
    Burster(const QString &name, int count)
        : m_name(name)
    {
        static qint64 time = 0;
        for (int i = 0; i < count; ++i) {
            const MessageId id = makeMessageId(++time);
            m_positions.insert(id, i);
            m_messages.append({lobbyId, id, u"%1 %2"_s.arg(name).arg(i)});
        }
        connect(&m_client.socket(), &QWebSocket::binaryMessageReceived, this, &Burster::onPayload);
    }

    bool enter(const QUrl &url) { return m_client.enter(url, m_name); }
    void sendFrom(qsizetype position)
    {
        for (qsizetype i = position; i < m_messages.size(); ++i)
            m_client.send(m_messages.at(i));
    }
    bool isDone() const { return stored == m_messages.size() || !problem.isEmpty(); }

    qsizetype stored = 0;
    quint64 lastSeq = 0;
    int busy = 0;
    QString problem;

private:
    void onPayload(const QByteArray &payload)
    {
        const auto message = protocol::decodeMessage(m_client.encoding(), payload, {});
        if (const auto *told = std::get_if<protocol::Stored>(&*message)) {
            if (told->messageId != m_messages.at(stored).messageId || told->seq <= lastSeq || told->isDuplicate)
                problem = u"%1: STORED out of order at %2"_s.arg(m_name).arg(stored);
            lastSeq = told->seq;
            ++stored;
        } else if (const auto *refused = std::get_if<protocol::Refused>(&*message)) {
            if (refused->code != protocol::ErrorCode::Busy || refused->retryAfter.count() <= 0)
                problem = refused->text;
            ++busy;
            const qsizetype position = m_positions.value(refused->messageId);
            QTimer::singleShot(refused->retryAfter, this, [this, position] { sendFrom(position); });
        }
    }

    ServerClient m_client;
    QString m_name;
    QList<protocol::Send> m_messages;
    QHash<MessageId, qsizetype> m_positions;
};

} // namespace

void tst_Burst::isAbsorbed_data()
{
    QTest::addColumn<int>("links");
    QTest::addColumn<int>("queue");
    QTest::newRow("20,000 from one link") << 1 << 1'024;
    QTest::newRow("20,000 from 64 links") << 64 << 1'024;
}

void tst_Burst::isAbsorbed()
{
    QFETCH(int, links);
    QFETCH(int, queue);
    constexpr int total = 20'000;
    const int each = total / links;
    const QTemporaryDir dir;
    ServerOptions options;
    options.dataDir = dir.path();
    options.name = u"test host"_s;
    options.limits.commandsInFlight = total; // or it would be this that says BUSY
    options.limits.commitQueue = queue;
    ServerHost host;
    QSignalSpy started(&host, &ServerHost::started);
    host.start(options);
    QVERIFY(waitUntil([&] { return started.count() == 1; }));
    const QUrl url = started.constFirst().constFirst().value<Listening>().url;

    std::vector<std::unique_ptr<Burster>> bursters;
    for (int i = 0; i < links; ++i) {
        bursters.push_back(std::make_unique<Burster>(u"sender %1"_s.arg(i), each));
        QVERIFY(bursters.back()->enter(url));
    }
    for (const auto &burster : bursters)
        burster->sendFrom(0);
    QVERIFY(QTest::qWaitFor(
        [&] { return std::all_of(bursters.begin(), bursters.end(), [](const auto &b) { return b->isDone(); }); },
        90'000));
    int busy = 0;
    for (const auto &burster : bursters) {
        QVERIFY2(burster->problem.isEmpty(), qUtf8Printable(burster->problem));
        QCOMPARE(burster->stored, each);
        busy += burster->busy;
    }
    qInfo("%d messages from %d links, BUSY %d times", links * each, links, busy);
    QVERIFY2(busy > 0, "the burst was none: the queue never filled");

    // The history has all of them once, each sender's in their order.
    ServerClient reader;
    QVERIFY(reader.enter(url, u"reader"_s));
    QVERIFY(reader.goLive());
    const auto events = reader.events();
    QCOMPARE(events.size(), links * each);
    QHash<QString, int> next;
    for (qsizetype i = 0; i < events.size(); ++i) {
        const protocol::Event &event = events.at(i);
        QCOMPARE(event.seq, quint64(i + 1));
        QCOMPARE(event.text, u"%1 %2"_s.arg(event.author.name).arg(next[event.author.name]++));
    }
}

QTEST_GUILESS_MAIN(tst_Burst)
#include "tst_burst.moc"
