#include "chatstory.h"
#include "ui/chatwindow.h"
#include "ui/newroomdialog.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/jumppill.h"
#include "ui/widgets/sidebar.h"
#include "ui/widgets/statusline.h"
#include "ui/widgets/timelineview.h"

#include <QAccessible>
#include <QClipboard>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::ui;
using client::Phase;
using client::SendState;
using test::ChatStory;

namespace {

const RoomId lobby(u"lobby"_s);
const RoomId ops(u"ops"_s);
const QTime noon(12, 0);

} // namespace

class TestChatWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeController>(); }

    void init()
    {
        m_story = std::make_unique<ChatStory>();
        m_window = std::make_unique<ChatWindow>(m_story->session(), *m_themes);
        m_edit = m_window->findChild<QPlainTextEdit *>(u"composer"_s);
        m_timeline = m_window->findChild<TimelineView *>(u"timeline"_s);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_story.reset();
    }
    void cleanupTestCase() { m_themes.reset(); }

    void enterSendsIntoTheOutbox()
    {
        // Nobody listens there, but what is written belongs to that server.
        m_story->session().open(QUrl(u"ws://127.0.0.1:1/"_s));
        QTRY_COMPARE(m_story->session().state().problem, client::Problem::ConnectionRefused);
        open();
        QSignalSpy outbox(&m_story->session(), &client::ChatSession::outboxChanged);
        QVERIFY(outbox.isValid());
        QTest::keyClicks(m_edit, u"hello"_s);
        QTest::keyClick(m_edit, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(m_edit, u"there"_s);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTRY_COMPARE(outbox.count(), 1);
        QVERIFY(m_edit->toPlainText().isEmpty());
        QTRY_COMPARE(m_timeline->model()->rowCount(), 1);
        const auto entry = m_timeline->model()->index(0, 0).data(TimelineModel::EntryRole).value<TimelineEntry>();
        QCOMPARE(entry.text, u"hello\nthere"_s);
        QCOMPARE(entry.state, SendState::Waiting);
        QVERIFY(entry.isOwn);
    }

    void whatIsSent_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("sent"); // null: nothing
        QTest::newRow("words") << u"hello"_s << u"hello"_s;
        QTest::newRow("empty") << u""_s << QString();
        QTest::newRow("blanks") << u"  \n \n"_s << QString();
        QTest::newRow("blank lines around") << u"\n\nhello\n\n"_s << u"hello"_s;
        QTest::newRow("indented") << u"  code\n    more"_s << u"  code\n    more"_s;
        QTest::newRow("at the limit") << u"x"_s.repeated(8192) << u"x"_s.repeated(8192);
        QTest::newRow("over the limit") << u"x"_s.repeated(8193) << QString();
        QTest::newRow("over the limit in bytes, not letters") << u"王"_s.repeated(2731) << QString();
    }
    void whatIsSent()
    {
        QFETCH(QString, typed);
        QFETCH(QString, sent);
        open();
        auto *composer = m_window->findChild<Composer *>();
        QSignalSpy requested(composer, &Composer::sendRequested);
        QVERIFY(requested.isValid());
        composer->setText(typed);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(requested.count(), sent.isNull() ? 0 : 1);
        if (sent.isNull()) {
            QCOMPARE(m_edit->toPlainText(), typed);
            QCOMPARE(m_window->findChild<QLabel *>(u"tooLong"_s)->isVisible(), typed.toUtf8().size() > 8192);
        } else {
            QCOMPARE(requested.first().first().toString(), sent);
        }
    }

    void enterBelongsToAComposingInputMethod()
    {
        open();
        QSignalSpy requested(m_window->findChild<Composer *>(), &Composer::sendRequested);
        QInputMethodEvent composing(u"wo"_s, {});
        QCoreApplication::sendEvent(m_edit, &composing);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(requested.count(), 0);
        QInputMethodEvent committed;
        committed.setCommitString(u"我"_s);
        QCoreApplication::sendEvent(m_edit, &committed);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested.first().first().toString(), u"我"_s);
    }

    void composerGrowsToEightLines()
    {
        open();
        const int one = m_edit->height();
        m_edit->setPlainText(u"1\n2\n3"_s);
        const int three = m_edit->height();
        QVERIFY(three > one);
        m_edit->setPlainText(u"line\n"_s.repeated(7));
        const int eight = m_edit->height();
        QVERIFY(eight > three);
        m_edit->setPlainText(u"line\n"_s.repeated(30));
        QCOMPARE(m_edit->height(), eight);
        m_edit->clear();
        QCOMPARE(m_edit->height(), one);
    }

    void draftsStayWithTheirRoom()
    {
        open();
        m_window->showRoom(lobby);
        QTest::keyClicks(m_edit, u"unfinished"_s);
        m_window->showRoom(ops);
        QVERIFY(m_edit->toPlainText().isEmpty());
        m_window->showRoom(lobby);
        QCOMPARE(m_edit->toPlainText(), u"unfinished"_s);
    }

    void altArrowsSwitchRooms()
    {
        open();
        const RoomId first = m_window->currentRoom();
        QTest::keyClick(m_window.get(), Qt::Key_Down, Qt::AltModifier);
        QVERIFY(m_window->currentRoom() != first);
        QTest::keyClick(m_window.get(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(m_window->currentRoom(), first);
        QTest::keyClick(m_window.get(), Qt::Key_Up, Qt::AltModifier);
        QVERIFY(m_window->currentRoom() != first);
    }

    void ctrlKFindsARoom()
    {
        open();
        m_window->showRoom(lobby);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto *search = m_window->findChild<QLineEdit *>(u"search"_s);
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, u"op"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(m_window->currentRoom(), ops);
        QVERIFY(search->text().isEmpty());
        QTRY_VERIFY(m_edit->hasFocus());
    }

    void ctrlShiftDAsksForDiagnostics()
    {
        QSignalSpy asked(m_window.get(), &ChatWindow::diagnosticsRequested);
        QVERIFY(asked.isValid());
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(asked.count(), 1);
    }

    void staysAtTheEnd()
    {
        open();
        fill(60);
        QVERIFY(m_timeline->isAtEnd());
        m_story->append(lobby, {m_story->event(lobby, u"Bob"_s, u"another"_s, noon)});
        QCoreApplication::processEvents();
        QCOMPARE(m_timeline->verticalScrollBar()->value(), m_timeline->verticalScrollBar()->maximum());
        m_window->resize(700, 500);
        QCoreApplication::processEvents();
        QCOMPARE(m_timeline->verticalScrollBar()->value(), m_timeline->verticalScrollBar()->maximum());
    }

    void olderMessagesDoNotMoveWhatIsRead()
    {
        open();
        fill(60);
        QScrollBar *bar = m_timeline->verticalScrollBar();
        bar->setValue(bar->maximum() / 2);
        const QPersistentModelIndex read = m_timeline->indexAt(QPoint(300, 0));
        const int top = m_timeline->visualRect(read).top();
        client::TimelineUpdate older;
        older.room = lobby;
        older.kind = client::TimelineUpdate::Kind::Prepend;
        for (quint64 seq = 100; seq < 150; ++seq) {
            protocol::Event event = m_story->event(lobby, u"Bob"_s, u"older\nmessage"_s, QTime(8, 0));
            event.seq = seq;
            older.events << event;
        }
        Q_EMIT m_story->session().timelineChanged(older);
        QCoreApplication::processEvents();
        QCOMPARE(m_timeline->model()->rowCount(), 110);
        QCOMPARE(m_timeline->visualRect(read).top(), top);
    }

    void upEditsTheLastMessage()
    {
        open();
        m_story->append(lobby, {m_story->event(lobby, u"Alice"_s, u"helo"_s, noon)});
        m_story->append(lobby, {m_story->event(lobby, u"Bob"_s, u"hi"_s, noon)});
        QCoreApplication::processEvents();
        QTest::keyClick(m_edit, Qt::Key_Up);
        QCOMPARE(m_edit->toPlainText(), u"helo"_s);
        QVERIFY(m_window->findChild<QWidget *>(u"editingStrip"_s)->isVisible());
        QTest::keyClick(m_edit, Qt::Key_Escape);
        QVERIFY(m_edit->toPlainText().isEmpty());
        QVERIFY(!m_window->findChild<QWidget *>(u"editingStrip"_s)->isVisible());
    }

    void anEditGivesTheDraftBack()
    {
        open();
        m_story->append(lobby, {m_story->event(lobby, u"Alice"_s, u"helo"_s, noon)});
        QCoreApplication::processEvents();
        QTest::keyClicks(m_edit, u"draft"_s);
        Q_EMIT m_timeline->editRequested(
            m_timeline->model()->index(0, 0).data(TimelineModel::EntryRole).value<TimelineEntry>());
        QCOMPARE(m_edit->toPlainText(), u"helo"_s);
        auto *composer = m_window->findChild<Composer *>();
        QSignalSpy finished(composer, &Composer::editFinished);
        m_edit->setPlainText(u"hello"_s);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(finished.count(), 1);
        QCOMPARE(finished.first().first().toString(), u"hello"_s);
        QCOMPARE(m_edit->toPlainText(), u"draft"_s);
    }

    void anotherWindowShowsTheSame()
    {
        open();
        fill(5);
        const auto other = m_window->another();
        other->show();
        QVERIFY(QTest::qWaitForWindowExposed(other.get()));
        auto *timeline = other->findChild<TimelineView *>(u"timeline"_s);
        QCOMPARE(timeline->model()->rowCount(), 5);
        QVERIFY(timeline->model() != m_timeline->model());
        m_story->append(lobby, {m_story->event(lobby, u"Bob"_s, u"news"_s, noon)});
        QCOMPARE(timeline->model()->rowCount(), 6);
        QCOMPARE(m_timeline->model()->rowCount(), 6);
    }

    void jumpPillLeadsBack()
    {
        open();
        fill(60);
        auto *pill = m_timeline->findChild<JumpPill *>();
        QVERIFY(!pill->isVisible());
        m_timeline->verticalScrollBar()->setValue(0);
        QVERIFY(pill->isVisible());
        m_story->append(lobby, {m_story->event(lobby, u"Bob"_s, u"news"_s, noon)});
        QVERIFY(pill->accessibleName().contains(u'1'));
        QTest::mouseClick(pill, Qt::LeftButton);
        QTRY_VERIFY(m_timeline->isAtEnd());
        QVERIFY(!pill->isVisible());
    }

    void aFailedMessageCanBeCopiedAndDeleted()
    {
        open();
        const MessageId message =
            m_story->outbox(lobby, u"too much"_s, SendState::Failed, noon, protocol::ErrorCode::TextTooLong);
        QCoreApplication::processEvents();
        m_timeline->setFocus(Qt::TabFocusReason);
        QTest::keyClick(m_timeline, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"too much"_s);

        const QPoint discard = findPart(BubbleLayout::Part::Delete);
        QVERIFY(!discard.isNull());
        QSignalSpy discarded(m_timeline, &TimelineView::discardRequested);
        QTest::mouseClick(m_timeline->viewport(), Qt::LeftButton, {}, discard);
        QCOMPARE(discarded.count(), 1);
        QCOMPARE(discarded.first().first().value<MessageId>(), message);
        // It goes when the outbox has let go of it.
        client::OutboxItem gone;
        gone.messageId = message;
        gone.room = lobby;
        gone.state = SendState::Discarded;
        Q_EMIT m_story->session().outboxChanged({gone});
        QCOMPARE(m_timeline->model()->rowCount(), 0);
    }

    void everyMessageIsOneAccessibleItem()
    {
        open();
        m_story->append(lobby, {m_story->event(lobby, u"Bob"_s, u"hello"_s, noon)});
        QCoreApplication::processEvents();
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_timeline);
        QVERIFY(list && list->tableInterface());
        QCOMPARE(list->tableInterface()->rowCount(), 1);
        QCOMPARE(list->tableInterface()->cellAt(0, 0)->text(QAccessible::Name), u"Bob, 12:00, hello"_s);
    }

    void everyControlHasAName()
    {
        open();
        m_window->setDetailsShown(true);
        for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisibleTo(m_window.get())
                || qobject_cast<const QScrollBar *>(widget) || widget->objectName() == "qt_scrollarea_viewport"_L1)
                continue;
            QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(),
                qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
        }
    }

    void statusLineFollowsTheState()
    {
        auto *status = m_window->findChild<StatusLine *>(u"statusLine"_s);
        auto *retry = m_window->findChild<QPushButton *>(u"retryNow"_s);
        m_story->online();
        QCOMPARE(status->sentence(), u"Connected"_s);
        QVERIFY(!retry->isVisible());
        client::RoundTrip trip;
        trip.rtt = 4200us;
        Q_EMIT m_story->session().roundTripMeasured(trip);
        QCOMPARE(status->sentence(), u"Connected · 4.2\u00a0ms"_s);
        m_story->tell([](client::ConnectionState &state) {
            state.phase = Phase::WaitingToRetry;
            state.attempt = 2;
            state.nextAttemptAt = std::chrono::steady_clock::now() + 30s;
        });
        QVERIFY(status->sentence().startsWith(u"Reconnecting · attempt 2, next in "_s));
        QVERIFY(retry->isVisible());
    }

    void aRoomThatWasLeftGivesWayToTheNext()
    {
        open();
        m_window->showRoom(ops);
        Q_EMIT m_story->session().roomLeft(ops);
        QCOMPARE(m_window->currentRoom(), lobby);
        Q_EMIT m_story->session().roomLeft(lobby);
        QVERIFY(m_window->currentRoom().isNull());
        QVERIFY(!m_edit->isEnabled());
    }

    void newRoomNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("plain") << u"design"_s << true;
        QTest::newRow("made lower case and joined") << u"Night Shift"_s << true;
        QTest::newRow("han") << u"午饭"_s << true;
        QTest::newRow("empty") << u"  "_s << false;
        QTest::newRow("slash") << u"a/b"_s << false;
        QTest::newRow("too long") << u"x"_s.repeated(65) << false;
    }
    void newRoomNames()
    {
        QFETCH(QString, name);
        QFETCH(bool, isGood);
        NewRoomDialog dialog(m_story->session(), {});
        dialog.findChild<QLineEdit *>(u"roomName"_s)->setText(name);
        QCOMPARE(dialog.findChild<QPushButton *>(u"createRoom"_s)->isEnabled(), isGood);
    }

    void newRoomDialogOffersWhatOneIsNotIn()
    {
        NewRoomDialog dialog(m_story->session(), {lobby});
        Q_EMIT m_story->session().roomsListed({{lobby, {}, 0, 1}, {ops, {}, 0, 2}}, true);
        auto *list = dialog.findChild<QListView *>(u"serverRooms"_s);
        QCOMPARE(list->model()->rowCount(), 1);
        QSignalSpy entered(&dialog, &NewRoomDialog::roomEntered);
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"joinRoom"_s), Qt::LeftButton);
        client::RequestFailure failure{protocol::ErrorCode::UnknownRoom, ops, {}};
        Q_EMIT m_story->session().requestFailed(failure);
        QCOMPARE(dialog.findChild<QLabel *>(u"roomHint"_s)->text(), u"There is no room called ops."_s);
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"joinRoom"_s), Qt::LeftButton);
        protocol::RoomState room;
        room.info.id = ops;
        Q_EMIT m_story->session().roomJoined(room);
        QCOMPARE(entered.count(), 1);
    }

private:
    void open()
    {
        m_story->online();
        m_story->rooms({u"lobby"_s, u"ops"_s});
        m_window->showRoom(lobby);
    }
    void fill(int count)
    {
        QList<protocol::Event> events;
        for (int i = 0; i < count; ++i) {
            protocol::Event event = m_story->event(lobby, i % 3 ? u"Bob"_s : u"Alice"_s, QString::number(i), noon);
            event.seq += 1000;
            events << event;
        }
        m_story->reset(lobby, events);
        QCoreApplication::processEvents();
    }
    /// Where in the viewport a part of a message is, found as the pointer would find it.
    QPoint findPart(BubbleLayout::Part part) const
    {
        auto *delegate = static_cast<MessageDelegate *>(m_timeline->itemDelegate());
        for (int y = 0; y < m_timeline->viewport()->height(); y += 4) {
            for (int x = 0; x < m_timeline->viewport()->width(); x += 4) {
                const QModelIndex index = m_timeline->indexAt({x, y});
                if (index.isValid()
                    && delegate->hitAt(QPointF(x, y), m_timeline->visualRect(index), index).part == part)
                    return {x, y};
            }
        }
        return {};
    }

    std::unique_ptr<ThemeController> m_themes;
    std::unique_ptr<ChatStory> m_story;
    std::unique_ptr<ChatWindow> m_window;
    QPlainTextEdit *m_edit = nullptr;
    TimelineView *m_timeline = nullptr;
};

QTEST_MAIN(TestChatWindow)
#include "tst_chatwindow.moc"
