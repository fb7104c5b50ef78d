#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"
#include "tests/support/relay.h"

#include <QSignalSpy>
#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

/// One person with two devices, which are two clients of one session: through the real server, over real sockets.
class TestTwoClients final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void bothReceiveEverythingOnce();
    void marksOfOneReachTheOther();
    void otherGoesOnWhereAKilledOneStopped();
    void marksOutliveTheServer();
    void wrongCodeIsToldAndNotTriedAgain();

private:
    /// A device of Ann's, known by its key.
    std::unique_ptr<ClientProbe> device(const QString &name) const;
    /// Both are online, and clients of one session.
    bool bothAreIn() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ClientHost> m_host;
    std::unique_ptr<Relay> m_relay; ///< the phone's only way
    QUrl m_throughRelay;
    std::unique_ptr<ClientProbe> m_phone;
    std::unique_ptr<ClientProbe> m_desk;
};

namespace {

const RoomId lobby(u"lobby"_s);

/// The newest that `spy` has of a signal of (room, value).
template <class Value>
Value newest(const QSignalSpy &spy)
{
    return spy.isEmpty() ? Value() : spy.constLast().at(1).value<Value>();
}

} // namespace

std::unique_ptr<ClientProbe> TestTwoClients::device(const QString &name) const
{
    auto probe =
        std::make_unique<ClientProbe>(name, m_dir->filePath(name + u".key"_s), m_dir->filePath(name + u".db"_s));
    // What is killed here shall not come back over another path.
    probe->session().setRedundancy(Redundancy::Off);
    return probe;
}

bool TestTwoClients::bothAreIn() const
{
    const auto isIn = [](ClientProbe &probe) {
        return probe.isOnline() && probe.session().state().clients.size() == 2;
    };
    return isIn(*m_phone) && isIn(*m_desk);
}

void TestTwoClients::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_host = std::make_unique<ClientHost>();
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
    m_relay = std::make_unique<Relay>(QHostAddress(QHostAddress::LocalHost));
    m_relay->leadTo(quint16(m_host->url().port()));
    QVERIFY(m_relay->open() > 0);
    m_throughRelay = m_host->url();
    m_throughRelay.setPort(m_relay->port());

    m_phone = device(u"Ann"_s);
    QSignalSpy paired(&m_phone->session(), &ChatSession::pairingReceived);
    QVERIFY(paired.isValid());
    m_phone->session().open(m_throughRelay);
    QTRY_VERIFY(m_phone->isOnline());
    m_phone->session().requestPairing();
    QTRY_COMPARE(paired.size(), 1);
    QCOMPARE(paired.at(0).at(1).value<std::chrono::milliseconds>(), std::chrono::milliseconds(5min));

    m_desk = device(u"Ann's desk"_s);
    m_desk->session().open(m_host->url(), paired.at(0).at(0).toString().toLower());
    QTRY_VERIFY(bothAreIn());
    QCOMPARE(m_desk->session().state().self, m_phone->session().state().self);
    QCOMPARE(m_desk->session().state().self.name, u"Ann"_s);
}

void TestTwoClients::cleanup()
{
    m_phone.reset();
    m_desk.reset();
    m_relay.reset();
    m_host.reset();
}

void TestTwoClients::bothReceiveEverythingOnce()
{
    constexpr int each = 60;
    ClientProbe bob(u"Bob"_s);
    bob.session().open(m_host->url());
    QTRY_VERIFY(bob.isOnline());
    for (int i = 0; i < each; ++i) {
        bob.session().send(lobby, u"bob %1"_s.arg(i));
        m_phone->session().send(lobby, u"phone %1"_s.arg(i));
        m_desk->session().send(lobby, u"desk %1"_s.arg(i));
    }
    for (const ClientProbe *probe : {&bob, m_phone.get(), m_desk.get()}) {
        QTRY_COMPARE_WITH_TIMEOUT(probe->timeline().size(), 3 * each, 30'000);
        QVERIFY(probe->isTimelineSound());
        QCOMPARE(probe->texts(), bob.texts());
    }
    // To Bob they are one person.
    QCOMPARE(bob.members(), (QStringList{u"Ann"_s, u"Bob"_s}));
    QTRY_COMPARE(m_phone->session().state().waiting, 0);
    QTRY_COMPARE(m_desk->session().state().waiting, 0);
    QCOMPARE(m_phone->session().ledger().lost(), 0ull);
    QCOMPARE(m_desk->session().ledger().lost(), 0ull);
}

void TestTwoClients::marksOfOneReachTheOther()
{
    QSignalSpy read(&m_desk->session(), &ChatSession::roomRead);
    QSignalSpy drafted(&m_desk->session(), &ChatSession::draftChanged);
    QVERIFY(read.isValid() && drafted.isValid());
    for (int i = 0; i < 5; ++i)
        m_desk->session().send(lobby, QString::number(i));
    QTRY_COMPARE(m_phone->timeline().size(), 5);
    m_phone->session().markRead(lobby, 3);
    m_phone->session().setDraft(lobby, u"half a sen"_s);
    QTRY_COMPARE(newest<quint64>(read), 3ull);
    QTRY_COMPARE(newest<QString>(drafted), u"half a sen"_s);
    QTRY_VERIFY(m_phone->session().state().isInUse && !m_desk->session().state().isInUse);

    QSignalSpy draftedBack(&m_phone->session(), &ChatSession::draftChanged);
    m_desk->session().setDraft(lobby, u"half a sentence"_s);
    QTRY_COMPARE(newest<QString>(draftedBack), u"half a sentence"_s);
    QTRY_VERIFY(!m_phone->session().state().isInUse && m_desk->session().state().isInUse);
}

void TestTwoClients::otherGoesOnWhereAKilledOneStopped()
{
    QSignalSpy deskRead(&m_desk->session(), &ChatSession::roomRead);
    QSignalSpy deskDrafted(&m_desk->session(), &ChatSession::draftChanged);
    ClientProbe bob(u"Bob"_s);
    bob.session().open(m_host->url());
    QTRY_VERIFY(bob.isOnline());
    for (int i = 0; i < 4; ++i)
        bob.session().send(lobby, u"before %1"_s.arg(i));
    QTRY_COMPARE(m_phone->timeline().size(), 4);
    m_phone->session().markRead(lobby, 2);
    m_phone->session().setDraft(lobby, u"to be gone on with"_s);
    QTRY_VERIFY(m_phone->session().state().isInUse && !m_desk->session().state().isInUse);
    QTRY_COMPARE(newest<QString>(deskDrafted), u"to be gone on with"_s);

    // No BYE: its network is gone.
    m_relay->cut();
    QTRY_VERIFY(m_desk->session().state().isInUse);
    QTRY_VERIFY(!m_phone->isOnline());
    QCOMPARE(newest<quint64>(deskRead), 2ull);
    QCOMPARE(newest<QString>(deskDrafted), u"to be gone on with"_s);
    // Bob does not notice: Ann is there.
    QCOMPARE(bob.presenceOf(u"Ann"_s), protocol::Presence::Online);

    m_phone->session().markRead(lobby, 3); // in a tunnel
    for (int i = 0; i < 4; ++i)
        bob.session().send(lobby, u"after %1"_s.arg(i));
    QTRY_COMPARE(m_desk->timeline().size(), 8);
    m_desk->session().markRead(lobby, 7);
    m_desk->session().send(lobby, u"to be gone on with, and said"_s);
    m_desk->session().setDraft(lobby, {});

    QSignalSpy phoneRead(&m_phone->session(), &ChatSession::roomRead);
    QSignalSpy phoneDrafted(&m_phone->session(), &ChatSession::draftChanged);
    QVERIFY(m_relay->open() > 0);
    m_phone->session().retryNow();
    QTRY_VERIFY(m_phone->isOnline());
    QTRY_COMPARE(newest<quint64>(phoneRead), 7ull);
    QTRY_VERIFY(!phoneDrafted.isEmpty());
    QCOMPARE(newest<QString>(phoneDrafted), QString());
    QTRY_COMPARE(m_phone->timeline().size(), 9);
    QCOMPARE(m_phone->texts(), m_desk->texts());
    QVERIFY(m_phone->isTimelineSound() && m_desk->isTimelineSound());
    QVERIFY(m_desk->session().state().isInUse);
}

void TestTwoClients::marksOutliveTheServer()
{
    for (int i = 0; i < 3; ++i)
        m_desk->session().send(lobby, QString::number(i));
    QTRY_COMPARE(m_phone->timeline().size(), 3);
    QSignalSpy drafted(&m_desk->session(), &ChatSession::draftChanged);
    m_phone->session().markRead(lobby, 2);
    m_phone->session().setDraft(lobby, u"for tomorrow"_s);
    QTRY_COMPARE(newest<QString>(drafted), u"for tomorrow"_s);
    m_phone.reset();
    m_desk.reset();
    QVERIFY(m_host->stop());
    QVERIFY(m_host->start());

    // Its key alone lets it in from now on.
    m_desk = device(u"Ann's desk"_s);
    QSignalSpy read(&m_desk->session(), &ChatSession::roomRead);
    QSignalSpy begun(&m_desk->session(), &ChatSession::draftChanged);
    m_desk->session().open(m_host->url());
    QTRY_VERIFY(m_desk->isOnline());
    QCOMPARE(m_desk->session().state().self.name, u"Ann"_s);
    QTRY_COMPARE(newest<quint64>(read), 2ull);
    QTRY_COMPARE(newest<QString>(begun), u"for tomorrow"_s);
}

void TestTwoClients::wrongCodeIsToldAndNotTriedAgain()
{
    const auto stranger = device(u"Mallory"_s);
    stranger->session().open(m_host->url(), u"0000-0000"_s);
    QTRY_COMPARE(stranger->problem(), Problem::PairingRefused);
    QCOMPARE(stranger->phase(), Phase::Offline);
}

QTEST_GUILESS_MAIN(TestTwoClients)
#include "tst_twoclients.moc"
