#include "trial.h"

#include "client/chatsession.h"
#include "server/serverhost.h"
#include "tests/support/relay.h"
#include "ui/models/diagnosis.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>

namespace lanline::verdicts {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using client::ChatSession;
using client::Family;
using std::chrono::milliseconds;

namespace {

constexpr auto patience = 10s;
constexpr auto talkFor = 3s;
constexpr auto betweenMessages = 50ms; // of each of the two
constexpr auto beat = 1s;
constexpr int beatsToBegin = 2;
constexpr auto networkDelay = 50ms; // each way
const RoomId lobby(u"lobby"_s);

milliseconds between(std::mt19937 &random, milliseconds least, milliseconds most)
{
    return milliseconds(std::uniform_int_distribution<qint64>(least.count(), most.count())(random));
}

bool waitFor(const std::function<bool()> &condition)
{
    return QTest::qWaitFor(condition, int(milliseconds(patience).count()));
}

/// A thread for one person's network.
class Network
{
public:
    Network() { m_thread.start(); }
    ~Network()
    {
        m_thread.quit();
        m_thread.wait();
    }
    QThread *thread() { return &m_thread; }

private:
    QThread m_thread;
};

/// One of the two.
class Person
{
public:
    Person(const QString &name, const QString &dir)
        : m_session({name, dir + u'/' + name + u".key"_s, dir + u'/' + name + u".db"_s}, m_network.thread())
    {
        m_session.setHeartbeatInterval(beat);
        m_writing.setInterval(betweenMessages);
        QObject::connect(&m_writing, &QTimer::timeout, &m_session,
            [this] { m_session.send(lobby, u"message %1"_s.arg(++m_written)); });
    }

    ChatSession &session() { return m_session; }
    bool isOnline() const { return m_session.state().phase == client::Phase::Online; }
    void talk() { m_writing.start(); }
    void stopTalking() { m_writing.stop(); }

private:
    Network m_network;
    ChatSession m_session;
    QTimer m_writing;
    int m_written = 0;
};

/// The other one, whose face has a thread of its own, as on another computer.
class OtherComputer
{
public:
    explicit OtherComputer(const QString &dir)
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
        inThread([this, dir] {
            m_person.emplace(u"Ben"_s, dir);
            QObject::connect(&m_person->session(), &ChatSession::roundTripMeasured, &m_context, [this] { ++m_beats; });
        });
    }
    ~OtherComputer()
    {
        inThread([this] { m_person.reset(); });
        m_thread.quit();
        m_thread.wait();
    }

    void open(const QUrl &url)
    {
        inThread([this, url] { m_person->session().open(url); });
    }
    /// Online, and its clock is known.
    bool isReady()
    {
        bool isOnline = false;
        inThread([&] { isOnline = m_person->isOnline() && m_beats >= beatsToBegin; });
        return isOnline;
    }
    void talk()
    {
        inThread([this] { m_person->talk(); });
    }
    void stopTalking()
    {
        inThread([this] { m_person->stopTalking(); });
    }

private:
    void inThread(const std::function<void()> &act)
    {
        QMetaObject::invokeMethod(&m_context, act, Qt::BlockingQueuedConnection);
    }

    QThread m_thread;
    QObject m_context; ///< lives in it, as the next
    std::optional<Person> m_person;
    int m_beats = 0;
};

/// The face's thread stands still once a second.
class GuiStall
{
public:
    explicit GuiStall(milliseconds length)
    {
        m_timer.setInterval(1s);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [length] { QThread::msleep(quint64(length.count())); });
        m_timer.start();
    }

private:
    QTimer m_timer;
};

void cause(Cause what, std::mt19937 &random, server::ServerHost &host, Person &observer, std::optional<GuiStall> &stall)
{
    switch (what) {
    case Cause::Nothing:
    case Cause::NetworkDelay:
        return;
    case Cause::GuiStall:
        stall.emplace(between(random, 200ms, 400ms));
        return;
    case Cause::ServerStall:
        host.setFault({FaultKind::StallServer, between(random, 200ms, 400ms), talkFor});
        return;
    case Cause::SlowDisk:
        host.setFault({FaultKind::SlowDisk, between(random, 100ms, 250ms), talkFor});
        return;
    case Cause::SlowReader:
        observer.session().setFault({FaultKind::SlowReader, between(random, 17ms, 21ms), talkFor});
        return;
    }
}

} // namespace

QString nameOf(Cause cause)
{
    switch (cause) {
    case Cause::Nothing:
        return u"nothing"_s;
    case Cause::NetworkDelay:
        return u"network delay"_s;
    case Cause::GuiStall:
        return u"GUI stall"_s;
    case Cause::ServerStall:
        return u"server stall"_s;
    case Cause::SlowDisk:
        return u"slow disk"_s;
    case Cause::SlowReader:
        break;
    }
    return u"slow reader"_s;
}

std::optional<Family> familyOf(Cause cause)
{
    switch (cause) {
    case Cause::Nothing:
        return std::nullopt;
    case Cause::NetworkDelay:
        return Family::Network;
    case Cause::GuiStall:
    case Cause::ServerStall:
        return Family::Threads;
    case Cause::SlowDisk:
        return Family::Io;
    case Cause::SlowReader:
        break;
    }
    return Family::BackPressure;
}

Outcome tryOut(Cause what, std::mt19937 &random)
{
    Outcome outcome;
    outcome.cause = what;
    const QTemporaryDir dir;
    server::ServerHost host;
    QUrl url;
    QObject::connect(
        &host, &server::ServerHost::started, &host, [&](const server::Listening &listening) { url = listening.url; });
    server::ServerOptions options;
    options.dataDir = dir.filePath(u"server"_s);
    options.name = u"Trial"_s;
    host.start(options);
    if (!waitFor([&] { return !url.isEmpty(); })) {
        outcome.problem = u"the server does not listen"_s;
        return outcome;
    }

    Relay relay(QHostAddress::LocalHost);
    relay.leadTo(quint16(url.port()));
    relay.setDelays(networkDelay, networkDelay);
    QUrl way = url;
    if (what == Cause::NetworkDelay)
        way.setPort(relay.open());

    Person observer(u"Ann"_s, dir.path());
    OtherComputer other(dir.path());
    ui::DiagnosticsRecord record;
    record.follow(observer.session());
    record.setActive(true);
    const QSignalSpy beats(&observer.session(), &ChatSession::roundTripMeasured);
    observer.session().open(way);
    other.open(url);
    const bool isReady =
        waitFor([&] { return observer.isOnline() && beats.size() >= beatsToBegin && other.isReady(); });
    if (!isReady) {
        outcome.problem = u"the two are not online"_s;
        return outcome;
    }

    const SteadyTime from = record.now();
    std::optional<GuiStall> stall;
    cause(what, random, host, observer, stall);
    observer.talk();
    other.talk();
    QTest::qWait(int(milliseconds(talkFor).count())); // the length of the talk
    observer.stopTalking();
    other.stopTalking();
    stall.reset();
    // The last heartbeat's answer tells of the last stalls.
    const qsizetype beatsBefore = beats.size();
    waitFor([&] { return beats.size() >= beatsBefore + 2; });
    // So do traces, and the details that are asked for a few at a time; nobody tells which was the last.
    QTest::qWait(500);

    const ui::Diagnosis diagnosis = ui::diagnose(record, {from, record.now()});
    outcome.blamed = diagnosis.culprit;
    outcome.shares = diagnosis.shares;
    outcome.messages = diagnosis.figures.count;
    outcome.isSlow = diagnosis.kind == ui::Diagnosis::Kind::Slow;
    outcome.sentence = diagnosis.sentence;
    return outcome;
}

} // namespace lanline::verdicts
