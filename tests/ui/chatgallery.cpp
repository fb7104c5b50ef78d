// Renders the chat window with all sorts of content, for eyes: chat_gallery DIR light|dark [translation.qm]. Set
// QT_SCALE_FACTOR for another scale.

#include "chatstory.h"
#include "ui/chatwindow.h"
#include "ui/newroomdialog.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/timelineview.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTranslator>

#include <cstdio>
#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

using lanline::RoomId;
using lanline::client::Phase;
using lanline::client::Problem;
using lanline::client::SendState;
using lanline::test::ChatStory;

const RoomId ops(u"ops"_s);
const RoomId design(u"design"_s);
const RoomId releases(u"releases"_s);
const RoomId lunch(u"午饭"_s);

class Gallery
{
public:
    Gallery(const QString &dir, const QString &suffix, lanline::ui::ThemeController &themes)
        : m_dir(dir)
        , m_suffix(suffix)
        , m_themes(themes)
    { }

    /// The picture of the specification, as far as this version goes.
    void specification()
    {
        ChatStory story;
        lanline::ui::ChatWindow window(story.session(), m_themes);
        open(story, window);
        save(window, u"chat"_s);
        window.setDetailsShown(true);
        save(window, u"chat-details"_s);
        window.resize(640, 480);
        save(window, u"chat-narrow"_s);
    }

    void scripts()
    {
        ChatStory story;
        lanline::ui::ChatWindow window(story.session(), m_themes);
        story.online();
        story.rooms({u"lobby"_s});
        const RoomId lobby(u"lobby"_s);
        const QTime t(9, 0);
        QString prose;
        while (prose.toUtf8().size() < 3000)
            prose += u"Only on port 7; all the others are clean, and the counter stays where it is. "_s;
        story.reset(lobby,
            {story.event(lobby, u"Bob"_s, u"مرحبا، كيف حالك اليوم؟"_s, t),
                story.event(lobby, u"Bob"_s, u"שלום לכולם 👋 see https://wiki.lan/שלום?a=1."_s, t.addSecs(60)),
                story.event(lobby, u"Mei 王梅"_s,
                    u"👩‍🚀 👨‍👩‍👧‍👦 🇩🇪 ❤️ e\u0301 ｆｕｌｌ　ｗｉｄｔｈ"_s,
                    t.addSecs(120)),
                story.event(lobby, u"Alice"_s, u"مرحبا بالجميع، الكابل الجديد في مكانه الآن."_s, t.addSecs(130)),
                story.event(lobby, u"Jonas"_s,
                    u"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"_s, t.addSecs(200)),
                story.event(
                    lobby, u"Jonas"_s, u"line one\n  indented two\n\nfour after a blank line"_s, t.addSecs(210)),
                story.event(
                    lobby, u"Wolfeschlegelsteinhausenbergerdorff, Head of Everything"_s, u"ok"_s, t.addSecs(230)),
                story.event(lobby, u"Alice"_s, prose.left(600), t.addSecs(250)),
                story.event(lobby, u"Pixel 8"_s,
                    u"开会时间改到三点，请大家提前十分钟到会议室，并且把上一次的记录带上，我们要逐条核对。"_s,
                    t.addSecs(400))});
        save(window, u"scripts"_s);
    }

    /// Edited, deleted, and such on their way; a host that cannot write.
    void changes()
    {
        ChatStory story;
        lanline::ui::ChatWindow window(story.session(), m_themes);
        story.online();
        story.rooms({u"lobby"_s, u"ops"_s});
        const RoomId lobby(u"lobby"_s);
        const QTime t(9, 0);
        auto edited = story.event(lobby, u"Bob"_s, u"The meeting is at four, room 2.10"_s, t);
        edited.changedSeq = 90;
        auto deleted = story.event(lobby, u"Bob"_s, {}, t.addSecs(30));
        deleted.isDeleted = true;
        auto ownEdited = story.event(lobby, u"Alice"_s, u"I will bring the projector."_s, t.addSecs(60));
        ownEdited.changedSeq = 91;
        auto ownDeleted = story.event(lobby, u"Alice"_s, {}, t.addSecs(70));
        ownDeleted.isDeleted = true;
        const auto waiting = story.event(lobby, u"Alice"_s, u"At tree o’clock?"_s, t.addSecs(120));
        const auto refused = story.event(lobby, u"Alice"_s, u"Who has the key?"_s, t.addSecs(130));
        const auto leaving = story.event(lobby, u"Alice"_s, u"This one goes."_s, t.addSecs(140));
        story.reset(lobby, {edited, deleted, ownEdited, ownDeleted, waiting, refused, leaving});
        const auto amend = [&](const lanline::protocol::Event &target, const QString &text, SendState state) {
            lanline::client::OutboxItem item;
            item.messageId = lanline::MessageId(QUuid::createUuid());
            item.room = lobby;
            item.kind = text.isEmpty() ? lanline::protocol::EventKind::Deletion : lanline::protocol::EventKind::Edit;
            item.text = text;
            item.targetSeq = target.seq;
            item.state = state;
            item.code = lanline::protocol::ErrorCode::TextTooLong;
            Q_EMIT story.session().outboxChanged({item});
        };
        amend(waiting, u"At three o’clock?"_s, SendState::Waiting);
        amend(refused, u"Who has the key to the roof?"_s, SendState::Failed);
        amend(leaving, {}, SendState::Sending);
        story.tell([](auto &state) { state.isHostReadOnly = true; });
        window.findChild<lanline::ui::Composer *>()->startEditing(u"At three o’clock?"_s);
        save(window, u"changes"_s);
        story.tell([](auto &state) { state.storeProblem = u"The disk is full."_s; });
        window.findChild<lanline::ui::Composer *>()->stopEditing();
        save(window, u"store-problem"_s);
    }

    void states()
    {
        ChatStory story;
        lanline::ui::ChatWindow window(story.session(), m_themes);
        open(story, window);
        const auto shot = [&](const QString &name, auto change) {
            story.tell(change);
            save(window, name);
        };
        shot(u"reconnecting"_s, [](auto &state) {
            state.phase = Phase::WaitingToRetry;
            state.problem = Problem::ConnectionLost;
            state.attempt = 3;
            state.waiting = 2;
            state.nextAttemptAt = std::chrono::steady_clock::now() + 4s;
        });
        shot(u"catching-up"_s, [](auto &state) {
            state.phase = Phase::CatchingUp;
            state.caughtUp = 37;
            state.toCatchUp = 112;
        });
        shot(u"name-taken"_s, [](auto &state) {
            state.phase = Phase::Offline;
            state.problem = Problem::NameTaken;
        });
    }

    void empty()
    {
        ChatStory story;
        lanline::ui::ChatWindow window(story.session(), m_themes);
        story.tell([](auto &state) { state.phase = Phase::Connecting; });
        save(window, u"connecting"_s);
        story.online();
        story.rooms({u"lobby"_s});
        window.findChild<lanline::ui::Composer *>()->setText(u"x"_s.repeated(9000));
        save(window, u"too-long"_s);
        lanline::ui::NewRoomDialog dialog(story.session(), {RoomId(u"lobby"_s)});
        Q_EMIT story.session().roomsListed(
            {{ops, u"Network, releases and night shift"_s, 12, 4}, {lunch, {}, 3, 2}}, true);
        save(dialog, u"new-room"_s);
    }

private:
    void open(ChatStory &story, lanline::ui::ChatWindow &window)
    {
        story.online();
        story.rooms({u"ops"_s, u"design"_s, u"releases"_s, u"午饭"_s}, {u"Network, releases and night shift"_s});
        story.reset(lunch, {story.event(lunch, u"Jonas"_s, u"dumplings it is 🥟"_s, QTime(0, 31))});
        story.reset(releases, {});
        story.reset(design, {});
        story.reset(ops,
            {story.event(ops, u"Jonas"_s, u"Night shift was quiet."_s, QTime(6, 2), QDate::currentDate().addDays(-1)),
                story.event(ops, u"Mei 王梅"_s, u"早上好！新的 onboarding 第三稿，请看"_s, QTime(0, 52)),
                story.event(ops, u"Mei 王梅"_s, u"Three screens, one idea."_s, QTime(0, 52)),
                story.event(
                    ops, u"Bob"_s, u"$ ethtool -S enp3s0 | grep -E 'crc|drop'\nrx_crc_errors: 1842"_s, QTime(0, 59)),
                story.event(ops, u"Bob"_s, u"Only on port 7. All the others are clean."_s, QTime(0, 59)),
                story.event(ops, u"Alice"_s, u"That’s the cable, not the switch. Swapping it now."_s, QTime(1, 1))});
        window.showRoom(ops);
        Q_EMIT story.session().linkEventHappened(reconnected());
        story.append(ops,
            {story.event(
                 ops, u"Jonas"_s, u"runbook: https://wiki.lan/runbooks/port-7 换线前先确认备用链路。"_s, QTime(1, 5)),
                story.event(ops, u"Alice"_s, u"备用链路已就绪，开始换线。"_s, QTime(1, 5)),
                story.event(ops, u"Alice"_s, u"New cable is in. The CRC counter stays at 1842 🎉"_s, QTime(1, 6))});
        story.append(releases, {story.event(releases, u"Bob"_s, u"2.4.1 is on the mirror"_s, QTime(0, 47))});
        story.append(releases, {story.event(releases, u"Bob"_s, u"and signed"_s, QTime(0, 48))});
        for (int i = 0; i < 5; ++i)
            story.append(design, {story.event(design, u"Mei 王梅"_s, u"@Alice 首页选哪一版？"_s, QTime(1, 6))});
        story.outbox(ops, u"port-7-full-trace.log in one message"_s, SendState::Failed, QTime(1, 6),
            lanline::protocol::ErrorCode::TextTooLong);
        story.outbox(ops, u"Sending the short trace instead"_s, SendState::Sending, QTime(1, 7));
        story.outbox(ops, u"Mei，麻烦看一下首页"_s, SendState::Waiting, QTime(1, 7));
        std::mt19937 random(7);
        std::uniform_int_distribution<int> jitter(3600, 5200);
        for (int i = 0; i < 24; ++i) {
            lanline::client::RoundTrip trip;
            trip.rtt = std::chrono::microseconds(i == 15 ? 11000 : jitter(random));
            Q_EMIT story.session().roundTripMeasured(trip);
        }
    }

    static lanline::client::LinkEvent reconnected()
    {
        lanline::client::LinkEvent event;
        event.kind = lanline::client::LinkEvent::Kind::Reconnected;
        const QDateTime at(QDate::currentDate(), QTime(1, 2));
        event.wallAt = lanline::WallTime(std::chrono::milliseconds(at.toMSecsSinceEpoch()));
        event.replayed = 3;
        return event;
    }

    void save(QWidget &window, const QString &name)
    {
        window.show();
        QElapsedTimer since;
        for (since.start(); since.elapsed() < 300;)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        window.grab().save(m_dir.filePath(name + m_suffix + u".png"_s));
    }

    QDir m_dir;
    QString m_suffix;
    lanline::ui::ThemeController &m_themes;
};

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 3) {
        std::fprintf(stderr, "usage: chat_gallery DIR light|dark [translation.qm] [rtl]\n");
        return 2;
    }
    QTranslator translator;
    if (arguments.size() > 3 && translator.load(arguments[3])) {
        QCoreApplication::installTranslator(&translator);
        QLocale::setDefault(QLocale(QLocale::Chinese));
    }
    if (arguments.contains(u"rtl"_s))
        QApplication::setLayoutDirection(Qt::RightToLeft);
    lanline::ui::ThemeController themes;
    using Choice = lanline::ui::ThemeController::Choice;
    themes.setChoice(arguments[2] == u"dark"_s ? Choice::Dark : Choice::Light);
    Gallery gallery(arguments[1], u"-"_s + arguments[2], themes);
    gallery.specification();
    gallery.scripts();
    gallery.changes();
    gallery.states();
    gallery.empty();
    return 0;
}
