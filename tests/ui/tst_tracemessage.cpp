// From a bubble to its waterfall, and what is said to have been painted: a chat window and a diagnostics panel over one
// session, put together as the application does it.

#include "chatstory.h"
#include "linkstory.h"
#include "part.h"
#include "ui/chatwindow.h"
#include "ui/models/diagnosticsrecord.h"
#include "ui/panels/diagnosticspanel.h"
#include "ui/panels/slowesttab.h"
#include "ui/widgets/timelineview.h"
#include "ui/widgets/waterfall.h"

#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolTip>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::ui;
using test::ChatStory;
using test::LinkStory;
using test::part;

namespace {

const RoomId room(u"design"_s); // LinkStory's
const QList<double> ownWay{0.4, 1.1, 0.1, 0.2, 2.1, 0.6, 0.3, 361, 1.2, 2.4, 0.1, 0.4, 0.7};
const QList<double> othersWay{1.6, 2, 9, 1, 2.2, 0.1, 0.3, 0.4, 12};

} // namespace

class TestTraceMessage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeController>(); }
    void cleanupTestCase() { m_themes.reset(); }
    void init();
    void cleanup();

    void everyStoredMessageCanBeTraced_data();
    void everyStoredMessageCanBeTraced();
    void menuSaysWhyThereIsNoTrace_data();
    void menuSaysWhyThereIsNoTrace();
    void keySaysWhyThereIsNoTrace();
    void freshMessageIsNotRefused();
    void menuOfKeyboardIsOfTheCurrentMessage();
    void keyTracesTheCurrentMessage();
    void noticeHasNoTrace();

    void whatComesIsPaintedOnce();
    void ownMessagesAreNotAwaited();
    void onlyARowThatWasDrawnIsPainted();
    void whatComesWhileScrolledUpIsNotPainted();
    void hiddenWindowPaintsNothing();
    void ofABurstOnlyWhatIsSeenIsPainted();

private:
    static constexpr int messages = 40;

    TimelineView &timeline() { return part<TimelineView>(*m_window, u"timeline"_s); }
    QModelIndex rowOf(quint64 seq);
    /// Waits for it to be open; null where a message has no such action.
    QAction *traceActionOf(const QModelIndex &row, QContextMenuEvent::Reason reason = QContextMenuEvent::Mouse);
    /// Of another, told without a trace.
    quint64 untraced(const WallTime &storedAt);
    /// Another's, as many at once as a catch-up brings.
    QList<quint64> come(int count, const QString &author = u"Bob"_s);
    QList<quint64> seqsOf(const QSignalSpy &painted) const;
    void settle();

    std::unique_ptr<ThemeController> m_themes;
    std::unique_ptr<ChatStory> m_story;
    std::unique_ptr<DiagnosticsRecord> m_record;
    std::unique_ptr<DiagnosticsPanel> m_panel;
    std::unique_ptr<ChatWindow> m_window;
    std::unique_ptr<LinkStory> m_link;
    quint64 m_seq = 0;
};

void TestTraceMessage::init()
{
    m_story = std::make_unique<ChatStory>();
    m_record = std::make_unique<DiagnosticsRecord>();
    m_record->follow(m_story->session());
    m_panel = std::make_unique<DiagnosticsPanel>(*m_record, *m_themes);
    m_window = std::make_unique<ChatWindow>(m_story->session(), *m_themes);
    m_window->setWhyUntraced(
        [this](const RoomId &of, const TimelineEntry &entry) { return m_record->whyUntraced(of, entry); });
    connect(m_window.get(), &ChatWindow::traceRequested, m_panel.get(), [this](const MessageKey &message) {
        m_panel->traceMessage(message);
        m_panel->show();
    });
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    m_story->online();
    m_story->rooms({room.value()});
    m_window->showRoom(room);
    // Enough to scroll.
    QList<protocol::Event> events;
    for (int i = 0; i < messages; ++i)
        events.append(m_story->event(room, u"Bob"_s, QString::number(i), QTime(0, 1), QDate(2026, 1, 1)));
    m_seq = messages;
    m_story->reset(room, events);
    m_link = std::make_unique<LinkStory>(m_story->session(), m_seq);
    settle();
    QVERIFY(timeline().isAtEnd());
}

void TestTraceMessage::cleanup()
{
    m_link.reset();
    m_window.reset();
    m_panel.reset();
    m_record.reset();
    m_story.reset();
}

/// Until what came is laid out, and painted with all that moves.
void TestTraceMessage::settle()
{
    QSignalSpy shown(&timeline(), &TimelineView::painted);
    QTRY_VERIFY(timeline().model() != nullptr);
    timeline().viewport()->repaint();
    QCoreApplication::processEvents();
    timeline().viewport()->repaint();
}

QModelIndex TestTraceMessage::rowOf(quint64 seq)
{
    const QAbstractItemModel &model = *timeline().model();
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        const auto entry = index.data(TimelineModel::EntryRole).value<TimelineEntry>();
        if (entry.seq == seq && entry.isMessage())
            return index;
    }
    return {};
}

QAction *TestTraceMessage::traceActionOf(const QModelIndex &row, QContextMenuEvent::Reason reason)
{
    TimelineView &view = timeline();
    if (const auto *open = view.findChild<QMenu *>())
        delete open;
    view.scrollTo(row);
    const QPoint at = view.visualRect(row).center();
    QContextMenuEvent event(reason, at, view.viewport()->mapToGlobal(at));
    QCoreApplication::sendEvent(view.viewport(), &event);
    auto *menu = view.findChild<QMenu *>();
    return menu ? menu->findChild<QAction *>(u"traceMessage"_s) : nullptr;
}

quint64 TestTraceMessage::untraced(const WallTime &storedAt)
{
    protocol::Event event = m_story->event(room, u"Bob"_s, u"From a page."_s, QTime(12, 0));
    event.seq = ++m_seq;
    event.storedAt = storedAt;
    m_story->append(room, {event});
    settle();
    return event.seq;
}

QList<quint64> TestTraceMessage::come(int count, const QString &author)
{
    QList<protocol::Event> events;
    QList<quint64> seqs;
    for (int i = 0; i < count; ++i) {
        protocol::Event event = m_story->event(room, author, u"Only on port 7."_s, QTime(12, 0));
        event.seq = ++m_seq;
        seqs.append(event.seq);
        events.append(event);
    }
    m_story->append(room, events);
    return seqs;
}

QList<quint64> TestTraceMessage::seqsOf(const QSignalSpy &painted) const
{
    QList<quint64> seqs;
    for (const QList<QVariant> &arguments : painted)
        seqs += arguments.first().value<QList<quint64>>();
    return seqs;
}

// ---- from a bubble to its waterfall --------------------------------------------------------------------------------

void TestTraceMessage::everyStoredMessageCanBeTraced_data()
{
    QTest::addColumn<bool>("isOwn");
    QTest::newRow("one's own") << true;
    QTest::newRow("another's") << false;
}

void TestTraceMessage::everyStoredMessageCanBeTraced()
{
    QFETCH(bool, isOwn);
    const quint64 seq = m_link->message(2, isOwn, isOwn ? ownWay : othersWay, isOwn ? u"Alice"_s : u"Bob"_s);
    m_link->message(1, true, ownWay); // slower than the other, and not meant
    settle();
    QAction *trace = traceActionOf(rowOf(seq));
    QVERIFY(trace);
    QVERIFY2(trace->isEnabled(), qPrintable(trace->text()));
    QVERIFY(!m_panel->isVisible());
    trace->trigger();
    QVERIFY(m_panel->isVisible());
    const auto &tab = part<SlowestTab>(*m_panel, {});
    QVERIFY(tab.isVisible());
    QVERIFY(tab.chosen() == (MessageKey{room, seq}));
    QCOMPARE(part<Waterfall>(*m_panel, {}).rows().rowCount(), isOwn ? LinkStory::ownLegs : LinkStory::othersLegs);
    QVERIFY(!part<QLabel>(*m_panel, u"traceNote"_s).isVisible());
}

void TestTraceMessage::menuSaysWhyThereIsNoTrace_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("why");
    QTest::newRow("not stored yet") << u"unsent"_s << u"it is not with the host yet"_s;
    QTest::newRow("older than what is kept") << u"old"_s << u"it is over an hour old"_s;
    QTest::newRow("before the record began") << u"before"_s << u"it came before Lanline was opened"_s;
    QTest::newRow("came in a page") << u"page"_s << u"it was not followed on its way"_s;
    QTest::newRow("another life of the server") << u"life"_s << u"it was not followed on its way"_s;
}

void TestTraceMessage::menuSaysWhyThereIsNoTrace()
{
    QFETCH(QString, what);
    QFETCH(QString, why);
    const WallTime now = SystemTime().wallNow();
    QModelIndex row;
    if (what == u"unsent"_s) {
        m_story->outbox(room, u"On its way"_s, client::SendState::Waiting, QTime(12, 0));
        settle();
        row = rowOf(0);
    } else if (what == u"old"_s) {
        row = rowOf(3);
    } else if (what == u"before"_s) {
        row = rowOf(untraced(now - 10min));
    } else if (what == u"page"_s) {
        row = rowOf(untraced(now));
    } else {
        // The server has lost its history, and counts anew: this message's place had another one.
        m_link->message(0, false, othersWay, u"Bob"_s, u"In the former life."_s);
        protocol::Event event = m_story->event(room, u"Bob"_s, u"In this life."_s, QTime(12, 0));
        event.seq = messages + 1;
        event.storedAt = now;
        m_story->reset(room, {event});
        row = rowOf(event.seq);
    }
    QVERIFY(row.isValid());
    const auto entry = row.data(TimelineModel::EntryRole).value<TimelineEntry>();
    // The trace of what is quite fresh may be about to be told.
    QTRY_VERIFY(entry.isPending() || !m_record->whyUntraced(room, entry).isEmpty());
    const QAction *trace = traceActionOf(row);
    QVERIFY(trace);
    QVERIFY(!trace->isEnabled());
    QVERIFY2(trace->text().contains(why), qPrintable(trace->text()));
}

void TestTraceMessage::keySaysWhyThereIsNoTrace()
{
    QSignalSpy requested(m_window.get(), &ChatWindow::traceRequested);
    QVERIFY(requested.isValid());
    timeline().setFocus();
    timeline().setCurrentIndex(rowOf(messages));
    QTest::keyClick(&timeline(), Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(requested.count(), 0);
    QVERIFY2(QToolTip::text().contains(u"over an hour old"_s), qPrintable(QToolTip::text()));
    QToolTip::hideText();
}

void TestTraceMessage::freshMessageIsNotRefused()
{
    // Its trace is told when it has been painted.
    const QModelIndex row = rowOf(untraced(SystemTime().wallNow()));
    QVERIFY(row.isValid());
    const QAction *trace = traceActionOf(row);
    QVERIFY(trace);
    QVERIFY2(trace->isEnabled(), qPrintable(trace->text()));
}

void TestTraceMessage::menuOfKeyboardIsOfTheCurrentMessage()
{
    const quint64 seq = m_link->message(1, false, othersWay, u"Bob"_s);
    m_link->message(0.5, false, othersWay, u"Bob"_s);
    settle();
    timeline().setFocus();
    timeline().setCurrentIndex(rowOf(seq));
    QAction *trace = traceActionOf(rowOf(seq + 1), QContextMenuEvent::Keyboard);
    QVERIFY(trace && trace->isEnabled());
    QCOMPARE(trace->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_T));
    trace->trigger();
    QVERIFY(part<SlowestTab>(*m_panel, {}).chosen() == (MessageKey{room, seq}));
}

void TestTraceMessage::keyTracesTheCurrentMessage()
{
    const quint64 seq = m_link->message(1, false, othersWay, u"Bob"_s);
    m_link->message(0.5, true, ownWay);
    settle();
    timeline().setFocus();
    timeline().setCurrentIndex(rowOf(seq));
    QTest::keyClick(&timeline(), Qt::Key_T, Qt::ControlModifier);
    QVERIFY(m_panel->isVisible());
    QVERIFY(part<SlowestTab>(*m_panel, {}).chosen() == (MessageKey{room, seq}));
}

void TestTraceMessage::noticeHasNoTrace()
{
    TimelineEntry notice;
    notice.kind = TimelineEntry::Kind::Notice;
    notice.seq = 3;
    const TraceAction action;
    QMenu menu;
    QCOMPARE(action.addTo(menu, notice), nullptr);
    QVERIFY(menu.isEmpty());
    QVERIFY(!action.isPossible(notice, menu, {}));
}

// ---- what is painted -----------------------------------------------------------------------------------------------

void TestTraceMessage::whatComesIsPaintedOnce()
{
    QSignalSpy painted(&timeline(), &TimelineView::painted);
    QVERIFY(painted.isValid());
    const QList<quint64> first = come(1);
    QVERIFY2(painted.isEmpty(), "said before anything was drawn");
    QTRY_COMPARE(seqsOf(painted), first);
    settle();
    settle();
    QCOMPARE(seqsOf(painted), first);
    const QList<quint64> next = come(2);
    QTRY_COMPARE(seqsOf(painted), first + next);
}

void TestTraceMessage::ownMessagesAreNotAwaited()
{
    QSignalSpy painted(&timeline(), &TimelineView::painted);
    come(1, u"Alice"_s);
    const QList<quint64> others = come(1);
    QTRY_COMPARE(seqsOf(painted), others);
    settle();
    QCOMPARE(seqsOf(painted), others);
}

void TestTraceMessage::onlyARowThatWasDrawnIsPainted()
{
    const QList<quint64> seqs = come(2);
    settle();
    const auto &model = static_cast<const TimelineModel &>(*timeline().model());
    const QRect first = timeline().visualRect(rowOf(seqs[0]));
    const QRect second = timeline().visualRect(rowOf(seqs[1]));
    PaintWatch watch;
    watch.noteInserted(model, model.rowCount() - 2, model.rowCount() - 1);
    const auto paint = [&](const QRect &region) { return watch.painted(timeline(), model, region); };
    QCOMPARE(paint({0, 0, 20, 20}), QList<quint64>());
    QCOMPARE(paint(second), QList<quint64>{seqs[1]});
    QCOMPARE(paint(second), QList<quint64>());
    QCOMPARE(paint(first), QList<quint64>{seqs[0]});
    QCOMPARE(paint(first | second), QList<quint64>());

    watch.noteInserted(model, model.rowCount() - 2, model.rowCount() - 1);
    watch.clear(); // another room
    QCOMPARE(paint(first | second), QList<quint64>());
}

void TestTraceMessage::whatComesWhileScrolledUpIsNotPainted()
{
    QSignalSpy painted(&timeline(), &TimelineView::painted);
    timeline().verticalScrollBar()->setValue(0);
    QVERIFY(!timeline().isAtEnd());
    come(1);
    settle();
    // When somebody goes there later, that says nothing about its way.
    timeline().verticalScrollBar()->setValue(timeline().verticalScrollBar()->maximum());
    settle();
    QVERIFY(rowOf(m_seq).isValid());
    QVERIFY(timeline().viewport()->rect().intersects(timeline().visualRect(rowOf(m_seq))));
    QVERIFY(painted.isEmpty());
}

void TestTraceMessage::hiddenWindowPaintsNothing()
{
    QSignalSpy painted(&timeline(), &TimelineView::painted);
    m_window->hide();
    come(1);
    QCoreApplication::processEvents();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    settle();
    QVERIFY(painted.isEmpty());
}

void TestTraceMessage::ofABurstOnlyWhatIsSeenIsPainted()
{
    QSignalSpy painted(&timeline(), &TimelineView::painted);
    const QList<quint64> seqs = come(200);
    QTRY_VERIFY(seqsOf(painted).contains(seqs.last()));
    settle();
    const QList<quint64> seen = seqsOf(painted);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QCOMPARE(std::adjacent_find(seen.begin(), seen.end()), seen.end()); // none twice
    for (const quint64 seq : seqs) {
        const QRect row = timeline().visualRect(rowOf(seq));
        if (!timeline().viewport()->rect().intersects(row))
            QVERIFY2(!seen.contains(seq), qPrintable(QString::number(seq)));
        else if (timeline().viewport()->rect().contains(row))
            QVERIFY2(seen.contains(seq), qPrintable(QString::number(seq)));
    }
}

QTEST_MAIN(TestTraceMessage)
#include "tst_tracemessage.moc"
