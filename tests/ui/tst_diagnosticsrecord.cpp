#include "linkstory.h"
#include "ui/models/diagnosis.h"
#include "ui/models/diagnosticsexport.h"
#include "ui/models/diagnosticsrecord.h"
#include "ui/models/recordfile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using client::LinkEvent;
using test::LinkStory;
using ui::DiagnosticsRecord;
using Texts = DiagnosticsRecord::Texts;

class TestDiagnosticsRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_network.start(); }
    void cleanupTestCase();
    void init();
    void cleanup();

    void changesAreToldOnceATurn();
    void whatIsSavedIsLoaded();
    void emptyIsSavedToo();
    void namesAndTextsOfMessages();
    void aLoadedRecordStandsStill();
    void refusesWhatIsNoRecording_data();
    void refusesWhatIsNoRecording();
    void survivesBytesThatChanged();
    void survivesValuesThatChanged();
    void csvHasALinePerMessage();
    void csvHasNoFormulas();
    void jsonTellsFiguresAndVerdict();

private:
    void tellAStory();
    ui::TimeRange everything() const { return {m_record->now() - 1h, m_record->now()}; }

    QThread m_network;
    std::unique_ptr<client::ChatSession> m_session;
    std::unique_ptr<DiagnosticsRecord> m_record;
    std::unique_ptr<LinkStory> m_story;
};

namespace {

/// To the microsecond, which is what a file keeps.
qint64 usBefore(SteadyTime now, SteadyTime time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(now - time).count();
}

} // namespace

void TestDiagnosticsRecord::cleanupTestCase()
{
    m_network.quit();
    m_network.wait();
}

void TestDiagnosticsRecord::init()
{
    m_session = std::make_unique<client::ChatSession>(client::Identity{u"Alice"_s}, &m_network);
    m_record = std::make_unique<DiagnosticsRecord>();
    m_record->follow(*m_session);
    m_story = std::make_unique<LinkStory>(*m_session);
}

void TestDiagnosticsRecord::cleanup()
{
    m_story.reset();
    m_record.reset();
    m_session.reset();
}

void TestDiagnosticsRecord::tellAStory()
{
    m_story->online(u"Alice"_s, u"Studio"_s);
    m_story->event(LinkEvent::Kind::Connected, 290);
    m_story->lane(0, client::LaneState::Active, 290);
    m_story->lane(1, client::LaneState::Ready, 280);
    m_story->event(LinkEvent::Kind::StandbyReady, 280);
    m_story->event(LinkEvent::Kind::Lost, 200);
    m_story->lane(1, client::LaneState::Empty, 200);
    m_story->event(LinkEvent::Kind::Reconnected, 190, 12);
    m_story->event(LinkEvent::Kind::StandbyReady, 180);
    m_story->event(LinkEvent::Kind::StandbyLost, 170);
    m_story->event(LinkEvent::Kind::StandbyReady, 160);
    for (int i = 100; i > 0; --i)
        m_story->roundTrip(i, 3ms + i * 10us);
    for (int i = 60; i > 0; --i) {
        m_story->message(i, true, {0.2, 1, 0, 0.1, 1, 0.2, 1, 120, 0.2, 1, 0, 0.1, 0.4});
        m_story->message(i - 0.5, false, {2, 1, 90, 0.3, 1, 0, 0.1, 0.5, 8});
    }
    m_story->stall(ThreadKind::Server, 30, 170ms, u"QTimer::timeout"_s);
    client::ThreadReport report;
    report.samples = {{ThreadKind::Gui, m_record->now() - 4s, 12ms, 250, 3}};
    Q_EMIT m_session->threadsMeasured(report);
    client::Ledger ledger;
    ledger.sent = ledger.stored = 60;
    m_story->ledger(ledger);
}

void TestDiagnosticsRecord::changesAreToldOnceATurn()
{
    QSignalSpy changed(m_record.get(), &DiagnosticsRecord::changed);
    QVERIFY(changed.isValid());
    tellAStory();
    QCOMPARE(changed.count(), 0);
    QVERIFY(changed.wait());
    QCOMPARE(changed.count(), 1);
}

void TestDiagnosticsRecord::whatIsSavedIsLoaded()
{
    tellAStory();
    const QByteArray file = m_record->save(Texts::Included);
    DiagnosticsRecord loaded;
    QCOMPARE(loaded.load(file), std::nullopt);
    QVERIFY(!loaded.isLive());

    const auto end = loaded.now();
    QCOMPARE(loaded.state().phase, client::Phase::Online);
    QCOMPARE(loaded.state().serverName, u"Studio"_s);
    QCOMPARE(loaded.ledgers().own.stored, quint64(60));

    const SteadyTime now = m_record->now();
    const auto before = m_record->links().summary(now, 300s);
    const auto after = loaded.links().summary(end, 300s);
    QCOMPARE(after.count, before.count);
    QCOMPARE(after.p95, before.p95);
    QCOMPARE(after.jitter, before.jitter);
    const auto marks = m_record->links().marks(now, 300s);
    const auto loadedMarks = loaded.links().marks(end, 300s);
    QCOMPARE(loadedMarks.size(), marks.size());
    for (qsizetype i = 0; i < marks.size(); ++i) {
        QCOMPARE(loadedMarks[i].kind, marks[i].kind);
        QCOMPARE(loadedMarks[i].replayed, marks[i].replayed);
    }
    QCOMPARE(loaded.links().gaps(end, 300s).size(), 1);
    const auto lanes = loaded.links().lanes(end, 300s);
    QCOMPARE(lanes[0].size(), 1);
    QVERIFY(!lanes[0].first().to);
    QCOMPARE(lanes[1].size(), 1);
    QVERIFY(lanes[1].first().to);

    const auto traces = m_record->traces().in({now - 300s, now});
    const auto loadedTraces = loaded.traces().in({end - 300s, end});
    QCOMPARE(loadedTraces.size(), traces.size());
    for (qsizetype i = 0; i < traces.size(); ++i) {
        QCOMPARE(loadedTraces[i].legs, traces[i].legs);
        QCOMPARE(loadedTraces[i].seq, traces[i].seq);
        QCOMPARE(loadedTraces[i].isOwn, traces[i].isOwn);
        QVERIFY(qAbs((loadedTraces[i].wallAt - traces[i].wallAt).count()) <= 1000);
    }
    QCOMPARE(loaded.threads().stalls({end - 300s, end}).first().what, u"QTimer::timeout"_s);
    QCOMPARE(loaded.threads().samples(ThreadKind::Gui, {end - 300s, end}).first().queued, 3U);

    const auto told = ui::diagnose(*m_record, {now - 300s, now});
    const auto replayed = ui::diagnose(loaded, {end - 300s, end});
    QCOMPARE(replayed.sentence, told.sentence);
    QCOMPARE(replayed.shares, told.shares);
}

void TestDiagnosticsRecord::emptyIsSavedToo()
{
    DiagnosticsRecord loaded;
    QCOMPARE(loaded.load(m_record->save(Texts::LeftOut)), std::nullopt);
    QVERIFY(loaded.traces().isEmpty());
    QCOMPARE(loaded.state().phase, client::Phase::Offline);
}

void TestDiagnosticsRecord::namesAndTextsOfMessages()
{
    const MessageId id(QUuid::createUuid());
    client::TimelineUpdate update;
    update.room = RoomId(u"ops"_s);
    protocol::Event event;
    event.messageId = id;
    event.author.name = u"Bob"_s;
    event.text = u"Shall we?\nSecond line"_s;
    update.events = {event};
    Q_EMIT m_session->timelineChanged(update);
    client::MessageTrace trace;
    trace.room = update.room;
    trace.seq = 1;
    trace.messageId = id;
    trace.endedAt = m_record->now() - 1s;
    Q_EMIT m_session->messagesTraced({trace});
    QCOMPARE(m_record->labelOf(trace).author, u"Bob"_s);
    QCOMPARE(m_record->labelOf(trace).preview, u"Shall we?"_s);

    DiagnosticsRecord without;
    QCOMPARE(without.load(m_record->save(Texts::LeftOut)), std::nullopt);
    QCOMPARE(without.labelOf(trace).author, u"Bob"_s);
    QCOMPARE(without.labelOf(trace).preview, QString());
    DiagnosticsRecord with;
    QCOMPARE(with.load(m_record->save(Texts::Included)), std::nullopt);
    QCOMPARE(with.labelOf(trace).preview, u"Shall we?"_s);
}

void TestDiagnosticsRecord::aLoadedRecordStandsStill()
{
    tellAStory();
    DiagnosticsRecord loaded;
    QCOMPARE(loaded.load(m_record->save(Texts::LeftOut)), std::nullopt);
    const SteadyTime now = loaded.now();
    QCOMPARE(loaded.now(), now);
    const auto off = m_record->wallOf(m_record->now()) - loaded.wallOf(now);
    QVERIFY(off >= 0ms && off < 5s);
    loaded.setActive(true);
    loaded.requestDetail(loaded.traces().in({now - 300s, now}).first());
    QCOMPARE(usBefore(loaded.now(), now), 0);
}

void TestDiagnosticsRecord::refusesWhatIsNoRecording_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("Dear Sir or Madam");
    QTest::newRow("zeros") << QByteArray(1000, '\0');
    QTest::newRow("a zstd frame without JSON") << QByteArray::fromHex("28b52ffd200321000068656c");
    QTest::newRow("too large") << QByteArray(ui::largestRecordFile + 1, 'x');
}

void TestDiagnosticsRecord::refusesWhatIsNoRecording()
{
    QFETCH(QByteArray, file);
    DiagnosticsRecord loaded;
    const auto problem = loaded.load(file);
    QVERIFY(problem);
    QVERIFY2(problem->endsWith(u'.'), qPrintable(*problem));
    QVERIFY(loaded.traces().isEmpty());
}

void TestDiagnosticsRecord::survivesBytesThatChanged()
{
    tellAStory();
    const QByteArray file = m_record->save(Texts::Included);
    std::mt19937 random(42);
    for (qsizetype length = 0; length < file.size(); length += 1 + file.size() / 97) {
        DiagnosticsRecord loaded;
        QVERIFY2(loaded.load(file.first(length)), qPrintable(QString::number(length)));
    }
    for (int i = 0; i < 300; ++i) {
        QByteArray changed = file;
        for (int k = 0; k < 1 + i % 4; ++k)
            changed[qsizetype(random() % std::size_t(changed.size()))] = char(random());
        DiagnosticsRecord loaded;
        // Most are refused; one that is not must be usable.
        if (!loaded.load(changed))
            ui::diagnose(loaded, {loaded.now() - 300s, loaded.now()});
    }
    DiagnosticsRecord behind;
    QVERIFY(behind.load(file + 'x'));
}

void TestDiagnosticsRecord::survivesValuesThatChanged()
{
    tellAStory();
    const auto content = ui::readRecord(m_record->save(Texts::Included));
    QVERIFY(content);
    // What is packed rightly, and says what cannot be.
    auto wrong = *content;
    wrong.state.phase = client::Phase(99);
    QVERIFY(!ui::readRecord(ui::writeRecord(wrong)));
    wrong = *content;
    wrong.traces.first().legs.first().hop = client::Hop(77);
    QVERIFY(!ui::readRecord(ui::writeRecord(wrong)));
    wrong = *content;
    wrong.threads.samples.first().thread = ThreadKind(9);
    QVERIFY(!ui::readRecord(ui::writeRecord(wrong)));
    wrong = *content;
    wrong.roundTrips.first().lane = 5;
    QVERIFY(!ui::readRecord(ui::writeRecord(wrong)));
    wrong = *content;
    wrong.threads.stalls.first().what = QString(100'000, u'x');
    QVERIFY(ui::readRecord(ui::writeRecord(wrong))); // written no longer than it is read
}

void TestDiagnosticsRecord::csvHasALinePerMessage()
{
    tellAStory();
    const QList<QByteArray> lines = ui::messagesAsCsv(*m_record, everything()).split('\n');
    QCOMPARE(lines.size(), 122); // names, messages, and what is behind the last line's end
    QVERIFY(lines.first().startsWith("time,room,seq,author,own,detailed,total_us,sender_us,"));
    const auto columns = lines.first().count(',');
    for (const QByteArray &line : lines.first(121))
        QCOMPARE(line.count(','), columns);
    QVERIFY(lines[1].contains("design"));
}

void TestDiagnosticsRecord::csvHasNoFormulas()
{
    client::MessageTrace trace;
    trace.room = RoomId(u"=cmd,\"x\""_s);
    trace.seq = 1;
    trace.endedAt = m_record->now();
    Q_EMIT m_session->messagesTraced({trace});
    const QByteArray csv = ui::messagesAsCsv(*m_record, everything());
    QVERIFY2(csv.contains(",\"'=cmd,\"\"x\"\"\",1,"), csv.constData());
}

void TestDiagnosticsRecord::jsonTellsFiguresAndVerdict()
{
    tellAStory();
    const QJsonObject json = QJsonDocument::fromJson(ui::diagnosticsAsJson(*m_record, everything())).object();
    QCOMPARE(json[u"figures"][u"count"].toInt(), 120);
    QCOMPARE(json[u"verdict"][u"kind"].toString(), u"slow"_s);
    QCOMPARE(json[u"verdict"][u"culprit"].toString(), u"io"_s);
    QCOMPARE(json[u"verdict"][u"hop"].toString(), u"stored"_s);
    QCOMPARE(json[u"messages"].toArray().size(), 120);
    QCOMPARE(json[u"round_trips"].toArray().size(), 100);
    QCOMPARE(json[u"threads"][u"server"][u"stalls"].toArray().size(), 1);
}

QTEST_MAIN(TestDiagnosticsRecord)
#include "tst_diagnosticsrecord.moc"
