#include "client/chatsession.h"
#include "tests/ui/part.h"
#include "ui/models/threadaccount.h"
#include "ui/panels/threadstab.h"
#include "ui/widgets/elidedlabel.h"

#include <QLabel>
#include <QTableWidget>
#include <QTest>
#include <QThread>

using namespace lanline;
using namespace lanline::ui;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

class TestThreadsTab final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void withoutSamplesItSaysSo();
    void idleThreadsAreCalledIdle();
    void theBusyThreadIsNamed();
    void theLongestStallsComeFirstWithTheirWork();
    void messagesThatAStallHeldUpAreCounted();
    void ofTheRangeOnly();

private:
    void report(const QList<client::ThreadSample> &samples, const QList<client::ThreadStall> &stalls = {});
    void trace(quint64 seq, std::chrono::microseconds shown);
    TimeRange range() const { return {m_now - 60s, m_now + 1s}; }
    QString sentence() const { return test::part<ElidedLabel>(*m_tab, u"threadVerdict"_s).fullText(); }
    QString detail() const { return test::part<QLabel>(*m_tab, u"threadDetail"_s).text(); }
    QString cell(int row, int column) const
    {
        return test::part<QTableWidget>(*m_tab, u"stalls"_s).item(row, column)->text().trimmed();
    }

    QThread m_network;
    std::unique_ptr<client::ChatSession> m_session;
    std::unique_ptr<DiagnosticsRecord> m_record;
    std::unique_ptr<ThemeController> m_themes;
    std::unique_ptr<ThreadsTab> m_tab;
    SteadyTime m_now;
};

void TestThreadsTab::init()
{
    m_network.start();
    m_session = std::make_unique<client::ChatSession>(client::Identity{u"Ann"_s}, &m_network);
    m_record = std::make_unique<DiagnosticsRecord>();
    m_record->follow(*m_session);
    m_themes = std::make_unique<ThemeController>();
    m_tab = std::make_unique<ThreadsTab>(*m_themes);
    m_now = m_record->now();
}

void TestThreadsTab::cleanup()
{
    m_tab.reset();
    m_record.reset();
    m_session.reset();
    m_network.quit();
    m_network.wait();
}

void TestThreadsTab::report(const QList<client::ThreadSample> &samples, const QList<client::ThreadStall> &stalls)
{
    Q_EMIT m_session->threadsMeasured({samples, stalls});
}

void TestThreadsTab::trace(quint64 seq, std::chrono::microseconds shown)
{
    client::MessageTrace trace;
    trace.room = RoomId(u"lobby"_s);
    trace.seq = seq;
    trace.endedAt = m_now;
    trace.legs = {{client::Hop::Stored, client::Family::Io, 5ms}, {client::Hop::Shown, client::Family::Threads, shown}};
    Q_EMIT m_session->messagesTraced({trace});
}

void TestThreadsTab::withoutSamplesItSaysSo()
{
    m_tab->show(*m_record, range());
    QCOMPARE(sentence(), u"Not enough data"_s);
    QCOMPARE(test::part<QTableWidget>(*m_tab, u"stalls"_s).rowCount(), 0);
}

void TestThreadsTab::idleThreadsAreCalledIdle()
{
    report({{ThreadKind::Gui, m_now, 2ms, 90}, {ThreadKind::Storage, m_now, 1ms, 20}});
    m_tab->show(*m_record, range());
    QCOMPARE(sentence(), u"All threads are idle most of the time"_s);
    QVERIFY(!test::part<QLabel>(*m_tab, u"noStalls"_s).isHidden());
    QCOMPARE(detail(), u"None of them stood still for more than 50 ms."_s);
}

void TestThreadsTab::theBusyThreadIsNamed()
{
    report({{ThreadKind::Gui, m_now, 2ms, 90}, {ThreadKind::Storage, m_now, 300ms, 740}});
    m_tab->show(*m_record, range());
    QCOMPARE(sentence(), u"Storage is the busy one: it waits for the disk 74 % of the time"_s);
    QVERIFY(threadVerdict(*m_record, range()).culprit == client::Family::Io);
}

void TestThreadsTab::theLongestStallsComeFirstWithTheirWork()
{
    report({{ThreadKind::Gui, m_now, 380ms, 90}},
        {{ThreadKind::Gui, m_now - 10s, 120ms, u"Taking in what has come"_s},
            {ThreadKind::Server, m_now - 9s, 380ms, {}, 4},
            {ThreadKind::Storage, m_now - 8s, 60ms, u"Spring cleaning"_s, 38}});
    m_tab->show(*m_record, range());
    QCOMPARE(test::part<QTableWidget>(*m_tab, u"stalls"_s).rowCount(), 3);
    QVERIFY(test::part<QLabel>(*m_tab, u"noStalls"_s).isHidden());
    QCOMPARE(cell(0, 1), u"Server"_s);
    QCOMPARE(cell(0, 2), u"380\u00a0ms"_s);
    QCOMPARE(cell(0, 3), u"Not known"_s);
    QCOMPARE(cell(0, 4), u"4"_s);
    QCOMPARE(cell(1, 3), u"Taking in what has come"_s);
    QCOMPARE(cell(2, 3), u"Spring cleaning"_s);
    QCOMPARE(test::part<QTableWidget>(*m_tab, u"stalls"_s).item(2, 3)->toolTip(), u"Spring cleaning"_s);
    QCOMPARE(cell(2, 4), u"38"_s);
    QVERIFY(detail().contains(u"The Server thread stalled"_s));
}

void TestThreadsTab::messagesThatAStallHeldUpAreCounted()
{
    trace(1, 300ms);
    trace(2, 280ms);
    trace(3, 1ms);
    report({{ThreadKind::Gui, m_now, 310ms, 90}}, {{ThreadKind::Gui, m_now - 310ms, 300ms, {}}});
    m_tab->show(*m_record, range());
    QCOMPARE(cell(0, 4), u"2"_s);
}

void TestThreadsTab::ofTheRangeOnly()
{
    report({{ThreadKind::Gui, m_now - 30s, 310ms, 90}}, {{ThreadKind::Gui, m_now - 31s, 300ms, {}}});
    m_tab->show(*m_record, {m_now - 10s, m_now});
    QCOMPARE(sentence(), u"Not enough data"_s);
    QCOMPARE(test::part<QTableWidget>(*m_tab, u"stalls"_s).rowCount(), 0);
}

QTEST_MAIN(TestThreadsTab)
#include "tst_threadstab.moc"
