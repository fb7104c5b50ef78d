#include "chatstory.h"
#include "ui/models/membersmodel.h"
#include "ui/models/roombook.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::ui;
using client::SendState;
using test::ChatStory;

namespace {

const RoomId lobby(u"lobby"_s);
const RoomId ops(u"ops"_s);
const QTime noon(12, 0);

} // namespace

class TestRoomBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_story = std::make_unique<ChatStory>();
        m_book = std::make_unique<RoomBook>(m_story->session());
        m_tester = std::make_unique<QAbstractItemModelTester>(
            &m_book->conversations(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_story->online();
        m_story->rooms({u"lobby"_s, u"ops"_s});
    }
    void cleanup()
    {
        m_tester.reset();
        m_book.reset();
        m_story.reset();
    }

    void keepsWhatStaysAcrossAWelcome()
    {
        m_story->append(ops, {m_story->event(ops, u"Bob"_s, u"hi"_s, noon)});
        m_story->rooms({u"ops"_s});
        QCOMPARE(m_book->conversations().rowCount(), 1);
        QCOMPARE(m_book->conversations().find(ops)->unread, 1);
        QVERIFY(!m_book->conversations().find(lobby));
    }

    void whatWaitsForAnotherServerIsNotShown()
    {
        m_story->tell([](auto &state) { state.serverId = ServerId("one"); });
        m_story->append(ops, {m_story->event(ops, u"Bob"_s, u"hi"_s, noon)});
        m_story->outbox(ops, u"hello"_s, SendState::Waiting, noon);
        QCOMPARE(m_book->timeline(ops).rowCount(), 2);
        m_story->tell([](auto &state) { state.serverId = ServerId("two"); });
        QCOMPARE(m_book->timeline(ops).rowCount(), 0);
        QVERIFY(!m_book->timeline(ops).newest());
    }

    void previewsTheNewest()
    {
        m_story->append(ops, {m_story->event(ops, u"Bob"_s, u"hi"_s, noon)});
        QCOMPARE(m_book->conversations().find(ops)->lastText, u"hi"_s);
        m_story->outbox(ops, u"hello"_s, SendState::Waiting, noon);
        const Conversation *conversation = m_book->conversations().find(ops);
        QCOMPARE(conversation->lastText, u"hello"_s);
        QVERIFY(conversation->isLastOwn);
        QCOMPARE(conversation->waiting, 1);
    }

    void countsUnread_data()
    {
        QTest::addColumn<bool>("isOpen");
        QTest::addColumn<bool>("isReading");
        QTest::addColumn<QString>("author");
        QTest::addColumn<int>("unread");
        QTest::newRow("another room") << false << true << u"Bob"_s << 2;
        QTest::newRow("the open room, read") << true << true << u"Bob"_s << 0;
        QTest::newRow("the open room, nobody looks") << true << false << u"Bob"_s << 2;
        QTest::newRow("one's own") << false << false << u"Alice"_s << 0;
    }
    void countsUnread()
    {
        QFETCH(bool, isOpen);
        QFETCH(bool, isReading);
        QFETCH(QString, author);
        QFETCH(int, unread);
        QSignalSpy arrived(m_book.get(), &RoomBook::unreadArrived);
        QVERIFY(arrived.isValid());
        m_book->open(isOpen ? ops : lobby);
        m_book->setReading(isReading);
        m_story->append(ops, {m_story->event(ops, author, u"1"_s, noon), m_story->event(ops, author, u"2"_s, noon)});
        QCOMPARE(m_book->conversations().find(ops)->unread, unread);
        QCOMPARE(m_book->conversations().unreadTotal(), unread);
        QCOMPARE(arrived.count(), unread);
        m_book->open(ops);
        m_book->setReading(true);
        QCOMPARE(m_book->conversations().unreadTotal(), 0);
    }

    void theNewLineStaysUntilTheRoomIsLeft()
    {
        m_book->open(lobby);
        m_story->append(
            ops, {m_story->event(ops, u"Bob"_s, u"1"_s, noon), m_story->event(ops, u"Bob"_s, u"2"_s, noon)});
        m_book->open(ops);
        QCOMPARE(m_book->timeline(ops).firstNew(), 1u);
        m_book->setReading(true);
        QCOMPARE(m_book->timeline(ops).firstNew(), 1u);
        m_book->open(lobby);
        QCOMPARE(m_book->timeline(ops).firstNew(), 0u);
    }

    void whatComesWhileNobodyLooksStartsTheLineAnew()
    {
        m_book->open(ops);
        m_story->append(ops, {m_story->event(ops, u"Bob"_s, u"1"_s, noon)});
        m_story->append(ops, {m_story->event(ops, u"Bob"_s, u"2"_s, noon)});
        QCOMPARE(m_book->timeline(ops).firstNew(), 1u);
        m_book->setReading(true);
        m_book->setReading(false);
        m_story->append(ops, {m_story->event(ops, u"Bob"_s, u"3"_s, noon)});
        QCOMPARE(m_book->timeline(ops).firstNew(), 3u);
    }

    void saysWhatWasCaughtUp()
    {
        m_book->open(lobby);
        client::LinkEvent event;
        event.kind = client::LinkEvent::Kind::Reconnected;
        event.replayed = 3;
        Q_EMIT m_story->session().linkEventHappened(event);
        QCOMPARE(m_book->timeline(lobby).rowCount(), 1);
        QCOMPARE(m_book->timeline(lobby).entry(0).kind, TimelineEntry::Kind::Notice);
        event.kind = client::LinkEvent::Kind::Lost;
        Q_EMIT m_story->session().linkEventHappened(event);
        QCOMPARE(m_book->timeline(lobby).rowCount(), 1);
    }

    void followsMembersAndPresence()
    {
        const protocol::Member carol{{UserId(50), u"Carol"_s, false, 3}, protocol::Presence::Online};
        const int before = int(m_book->conversations().find(ops)->members.size());
        Q_EMIT m_story->session().memberChanged(ops, carol, true);
        QCOMPARE(m_book->conversations().find(ops)->members.size(), before + 1);
        Q_EMIT m_story->session().presenceChanged(UserId(50), protocol::Presence::Away);
        QCOMPARE(m_book->conversations().find(ops)->members.last().presence, protocol::Presence::Away);
        Q_EMIT m_story->session().memberChanged(ops, carol, false);
        QCOMPARE(m_book->conversations().find(ops)->members.size(), before);
        QCOMPARE(m_book->conversations().find(ops)->info.memberCount, quint32(before));
    }

    void membersAgreeWhateverChanges_data()
    {
        QTest::addColumn<QString>("before"); // upper case: online
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        QTest::newRow("from none") << u""_s << u"bA"_s << u"Ab"_s;
        QTest::newRow("one leaves") << u"ABC"_s << u"AC"_s << u"AC"_s;
        QTest::newRow("one comes") << u"AC"_s << u"ABC"_s << u"ABC"_s;
        QTest::newRow("one goes offline") << u"ABC"_s << u"aBC"_s << u"BCa"_s;
        QTest::newRow("one comes online") << u"Abc"_s << u"AbC"_s << u"ACb"_s;
        QTest::newRow("all leave") << u"ABC"_s << u""_s << u""_s;
        QTest::newRow("all others") << u"ABC"_s << u"DEf"_s << u"DEf"_s;
    }
    void membersAgreeWhateverChanges()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, expected);
        const auto members = [](const QString &letters) {
            QList<protocol::Member> list;
            for (const QChar letter : letters) {
                const protocol::User user{UserId(letter.toUpper().unicode()), letter.toUpper(), false, 0};
                list.append({user, letter.isUpper() ? protocol::Presence::Online : protocol::Presence::Offline});
            }
            return list;
        };
        MembersModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMembers(members(before));
        model.setMembers(members(after));
        QString shown;
        for (int row = 0; row < model.rowCount(); ++row) {
            const auto member = model.index(row).data(MembersModel::MemberRole).value<protocol::Member>();
            shown += member.presence == protocol::Presence::Online ? member.user.name : member.user.name.toLower();
        }
        QCOMPARE(shown, expected);
    }

private:
    std::unique_ptr<ChatStory> m_story;
    std::unique_ptr<RoomBook> m_book;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestRoomBook)
#include "tst_roombook.moc"
