#include "client/chatsession.h"
#include "ui/draftkeeper.h"
#include "ui/models/conversationmodel.h"
#include "ui/models/roombook.h"
#include "ui/widgets/composer.h"

#include <QSignalSpy>
#include <QTest>

using namespace lanline;
using namespace lanline::ui;
using namespace Qt::Literals::StringLiterals;

namespace {

const RoomId ops(u"ops"_s);
const RoomId lobby(u"lobby"_s);

protocol::RoomState roomOf(const RoomId &id)
{
    protocol::RoomState room;
    room.info.id = id;
    return room;
}

} // namespace

/// What has been begun, as two windows of one session share it.
class TestDrafts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_network.start(); }
    void cleanupTestCase();
    void init();
    void typingReachesTheOtherWindow();
    void draftFollowsItsRoom();
    void draftFromElsewhereDoesNotDisturbTyping();
    void sentTextIsNoDraft();
    void readingElsewhereLowersTheUnread();

private:
    struct Window
    {
        Window(client::ChatSession &session, const ThemeController &themes)
            : composer(themes)
            , keeper(session, conversations, composer, nullptr)
        {
            conversations.setRooms({roomOf(lobby), roomOf(ops)});
            composer.setRoom(lobby);
            keeper.enter(lobby);
        }
        void type(const QString &text) { QTest::keyClicks(composer.focusProxy(), text); }

        ConversationModel conversations;
        Composer composer;
        DraftKeeper keeper;
    };

    QThread m_network;
    ThemeController m_themes;
    std::unique_ptr<client::ChatSession> m_session;
    std::unique_ptr<Window> m_one;
    std::unique_ptr<Window> m_two;
};

void TestDrafts::cleanupTestCase()
{
    m_one.reset();
    m_two.reset();
    m_session.reset();
    m_network.quit();
    m_network.wait();
}

void TestDrafts::init()
{
    m_one.reset();
    m_two.reset();
    m_session = std::make_unique<client::ChatSession>(client::Identity{u"Ann"_s}, &m_network);
    m_one = std::make_unique<Window>(*m_session, m_themes);
    m_two = std::make_unique<Window>(*m_session, m_themes);
}

void TestDrafts::typingReachesTheOtherWindow()
{
    QSignalSpy told(m_session.get(), &client::ChatSession::draftChanged);
    m_one->type(u"half a sen"_s);
    // Ten keys are one change.
    QTRY_COMPARE(m_two->composer.text(), u"half a sen"_s);
    QCOMPARE(told.size(), 1);
    m_two->type(u"tence"_s);
    m_two->keeper.save();
    QCOMPARE(m_one->composer.text(), u"half a sentence"_s);
}

void TestDrafts::draftFollowsItsRoom()
{
    m_one->type(u"for the lobby"_s);
    m_one->composer.setRoom(ops);
    m_one->keeper.enter(ops);
    QCOMPARE(m_one->composer.text(), QString());
    QCOMPARE(m_one->conversations.find(lobby)->draft, u"for the lobby"_s);
    Q_EMIT m_session->draftChanged(ops, u"from my desk"_s);
    QCOMPARE(m_one->composer.text(), u"from my desk"_s);
    QCOMPARE(m_two->conversations.find(ops)->draft, u"from my desk"_s);
    QCOMPARE(m_two->composer.text(), u"for the lobby"_s);
    m_one->keeper.enter(lobby);
    QCOMPARE(m_one->composer.text(), u"for the lobby"_s);
}

void TestDrafts::draftFromElsewhereDoesNotDisturbTyping()
{
    m_one->type(u"mine"_s);
    Q_EMIT m_session->draftChanged(lobby, u"theirs"_s);
    QCOMPARE(m_one->composer.text(), u"mine"_s);
    QCOMPARE(m_two->composer.text(), u"theirs"_s);
    m_one->keeper.save();
    QCOMPARE(m_two->composer.text(), u"mine"_s);
}

void TestDrafts::sentTextIsNoDraft()
{
    m_one->type(u"said"_s);
    m_one->keeper.save();
    QCOMPARE(m_two->composer.text(), u"said"_s);
    QTest::keyClick(m_one->composer.focusProxy(), Qt::Key_Return);
    m_one->keeper.save();
    QCOMPARE(m_two->composer.text(), QString());
}

void TestDrafts::readingElsewhereLowersTheUnread()
{
    RoomBook book(*m_session);
    Q_EMIT m_session->roomsReset({roomOf(lobby), roomOf(ops)});
    client::TimelineUpdate update{ops, client::TimelineUpdate::Kind::Append, {}, 1, 5};
    for (quint64 seq = 1; seq <= 5; ++seq) {
        protocol::Event event;
        event.seq = seq;
        event.messageId = makeMessageId(qint64(seq));
        event.author = {UserId(9), u"Bob"_s};
        event.text = u"x"_s;
        update.events.append(event);
    }
    Q_EMIT m_session->timelineChanged(update);
    QCOMPARE(book.conversations().find(ops)->unread, 5);
    Q_EMIT m_session->roomRead(ops, 3);
    QCOMPARE(book.conversations().find(ops)->unread, 2);
    QCOMPARE(book.conversations().find(ops)->firstUnread, 4ull);
    Q_EMIT m_session->roomRead(ops, 2);
    QCOMPARE(book.conversations().find(ops)->unread, 2);
    Q_EMIT m_session->roomRead(ops, 5);
    QCOMPARE(book.conversations().find(ops)->unread, 0);
}

QTEST_MAIN(TestDrafts)
#include "tst_drafts.moc"
