#include "ui/models/timelinemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::ui;
using client::SendState;
using client::TimelineUpdate;

namespace {

const RoomId lobby(u"lobby"_s);
const protocol::User alice{UserId(1), u"Alice"_s, false, 0};
const protocol::User bob{UserId(2), u"Bob"_s, false, 1};

/// Message number `n`, whose text is its number; the same number is the same message everywhere.
MessageId idOf(int n)
{
    return MessageId(QUuid(uint(n), 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));
}

WallTime at(std::chrono::milliseconds time)
{
    const QDateTime noon(QDate(2026, 11, 21), QTime(12, 0));
    return WallTime(std::chrono::milliseconds(noon.toMSecsSinceEpoch()) + time);
}

protocol::Event said(quint64 seq, int n, const protocol::User &author = bob, std::chrono::milliseconds time = 0ms)
{
    return {seq, idOf(n), author, at(time), QString::number(n)};
}

TimelineUpdate update(TimelineUpdate::Kind kind, const QList<protocol::Event> &events, bool reachedStart = false)
{
    const quint64 from = events.isEmpty() ? 0 : events.first().seq;
    return {lobby, kind, events, from, events.isEmpty() ? 0 : events.last().seq, reachedStart, false};
}

client::OutboxItem outbox(int n, SendState state, quint64 seq = 0)
{
    client::OutboxItem item;
    item.messageId = idOf(n);
    item.room = lobby;
    item.text = QString::number(n);
    item.state = state;
    item.seq = seq;
    item.composedAt = at(0ms);
    item.storedAt = at(1s);
    return item;
}

/// "1 2 n 7? 8!": texts in order; "n" a notice, "?" not stored yet, "!" failed.
QString shown(const TimelineModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const TimelineEntry entry = model.entry(row);
        QString text = entry.isMessage() ? entry.text : u"n"_s;
        if (entry.isPending())
            text += entry.state == SendState::Failed ? u'!' : u'?';
        rows << text;
    }
    return rows.join(u' ');
}

using Step = std::function<void(TimelineModel &)>;

Step append(const QList<protocol::Event> &events)
{
    return [=](TimelineModel &model) { model.apply(update(TimelineUpdate::Kind::Append, events)); };
}
Step prepend(const QList<protocol::Event> &events)
{
    return [=](TimelineModel &model) { model.apply(update(TimelineUpdate::Kind::Prepend, events)); };
}
Step reset(const QList<protocol::Event> &events)
{
    return [=](TimelineModel &model) { model.apply(update(TimelineUpdate::Kind::Reset, events)); };
}
Step mine(int n, SendState state, quint64 seq = 0)
{
    return [=](TimelineModel &model) { model.apply(outbox(n, state, seq)); };
}
Step notice()
{
    return [](TimelineModel &model) { model.addNotice(u"Reconnected"_s, at(0ms)); };
}
Step extend(const QList<protocol::Event> &events)
{
    return [=](TimelineModel &model) { model.apply(update(TimelineUpdate::Kind::Extend, events)); };
}
Step change(const protocol::Event &event)
{
    return [=](TimelineModel &model) { model.apply(update(TimelineUpdate::Kind::Change, {event})); };
}

protocol::Event edited(quint64 seq, quint64 target, const QString &text)
{
    return {seq, idOf(int(seq) + 1000), bob, at(0ms), text, protocol::EventKind::Edit, target};
}
protocol::Event deleted(quint64 seq, quint64 target)
{
    return {seq, idOf(int(seq) + 1000), bob, at(0ms), {}, protocol::EventKind::Deletion, target};
}

/// One's own edit or deletion of message number `n`.
Step amend(int id, int n, quint64 targetSeq, SendState state, const QString &text, quint64 seq = 0)
{
    client::OutboxItem item = outbox(id, state, seq);
    item.kind = text.isEmpty() ? protocol::EventKind::Deletion : protocol::EventKind::Edit;
    item.text = text;
    item.targetId = idOf(n);
    item.targetSeq = targetSeq;
    return [=](TimelineModel &model) { model.apply(item); };
}

/// Messages `first` to `last`, numbered like their seq.
QList<protocol::Event> page(int first, int last)
{
    QList<protocol::Event> events;
    for (int seq = first; seq <= last; ++seq)
        events << said(quint64(seq), seq);
    return events;
}

} // namespace

Q_DECLARE_METATYPE(QList<Step>)

class TestTimelineModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void merges_data()
    {
        QTest::addColumn<QList<Step>>("steps");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QList<Step> &steps, const QString &expected) {
            QTest::newRow(name) << steps << expected;
        };
        row("a page, then live", {reset({said(1, 1), said(2, 2)}), append({said(3, 3)})}, u"1 2 3"_s);
        row("an older page", {reset({said(3, 3)}), prepend({said(1, 1), said(2, 2)})}, u"1 2 3"_s);
        row("the same event twice", {append({said(1, 1)}), append({said(1, 1), said(2, 2)})}, u"1 2"_s);
        row("a late event goes to its place", {append({said(1, 1), said(3, 3)}), append({said(2, 2)})}, u"1 2 3"_s);
        row("a page out of order", {append({said(3, 3), said(1, 1), said(2, 2)})}, u"1 2 3"_s);
        row("waiting ones stay last",
            {mine(7, SendState::Waiting), append({said(1, 1)}), mine(8, SendState::Waiting), append({said(2, 2)})},
            u"1 2 7? 8?"_s);
        row("stored, then its event",
            {mine(7, SendState::Waiting), mine(7, SendState::Sending), mine(7, SendState::Stored, 1),
                append({said(1, 7, alice)})},
            u"7"_s);
        row("its event, then stored",
            {mine(7, SendState::Sending), append({said(1, 7, alice)}), mine(7, SendState::Stored, 1)}, u"7"_s);
        row("stored before what stands above it has come",
            {append({said(1, 1)}), mine(7, SendState::Sending), mine(7, SendState::Stored, 3), append({said(2, 2)})},
            u"1 2 7"_s);
        row("the second of two is stored first",
            {mine(7, SendState::Sending), mine(8, SendState::Sending), mine(8, SendState::Stored, 1)}, u"8 7?"_s);
        row("a failed one waits among the unsent",
            {mine(7, SendState::Failed), mine(8, SendState::Waiting), append({said(1, 1)})}, u"1 7! 8?"_s);
        row("a failed one tried again keeps its place",
            {mine(7, SendState::Failed), mine(8, SendState::Waiting), mine(7, SendState::Waiting)}, u"7? 8?"_s);
        row("a late word of the outbox does not undo stored",
            {mine(7, SendState::Stored, 1), mine(7, SendState::Sending)}, u"7"_s);
        row("a notice stays between what was and what comes",
            {append({said(1, 1)}), mine(7, SendState::Waiting), notice(), append({said(2, 2)})}, u"1 n 2 7?"_s);
        row("a notice before everything", {notice(), append({said(1, 1)})}, u"n 1"_s);
        row("discarded", {mine(7, SendState::Failed), mine(8, SendState::Waiting), mine(7, SendState::Discarded)},
            u"8?"_s);
        row("what is stored cannot be discarded", {append({said(1, 1, alice)}), mine(1, SendState::Discarded)}, u"1"_s);
        row("another text before it was sent",
            {mine(7, SendState::Waiting),
                [](TimelineModel &model) {
                    client::OutboxItem item = outbox(7, SendState::Waiting);
                    item.text = u"better"_s;
                    model.apply(item);
                }},
            u"better?"_s);
        row("an edit", {append({said(1, 1), said(2, 2)}), append({edited(3, 1, u"one"_s)})}, u"one 2"_s);
        row("an edit in the page of its message", {append({said(1, 1), edited(2, 1, u"one"_s)})}, u"one"_s);
        row("an older edit comes late", {append({said(1, 1), edited(3, 1, u"new"_s)}), change(edited(2, 1, u"old"_s))},
            u"new"_s);
        row("an edit of what is not here", {append({said(5, 5)}), append({edited(6, 1, u"one"_s)})}, u"5"_s);
        row("an event of a later version takes no row",
            {append({said(1, 1), {2, idOf(2), bob, at(0ms), u"?"_s, protocol::EventKind::Other}}),
                append({said(3, 3)})},
            u"1 3"_s);
        row("a hole is no place to go on from",
            {reset(page(10, 12)),
                [](TimelineModel &model) { model.apply(update(TimelineUpdate::Kind::Extend, page(20, 22))); }},
            u"10 11 12"_s);
        row("an older page that does not meet the window", {reset(page(10, 12)), prepend(page(1, 3))}, u"10 11 12"_s);
        row("a reload keeps what is not sent",
            {append({said(1, 1)}), mine(7, SendState::Waiting), reset({said(40, 4), said(41, 5)})}, u"4 5 7?"_s);
        row("a reload that has the waiting one",
            {mine(7, SendState::Waiting), reset({said(40, 4), said(41, 7, alice)})}, u"4 7"_s);
    }
    void merges()
    {
        QFETCH(QList<Step>, steps);
        QFETCH(QString, expected);
        TimelineModel model(lobby);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSelf(alice);
        for (const Step &step : steps)
            step(model);
        QCOMPARE(shown(model), expected);
    }

    void anOwnMessageIsStoredWithoutLeavingItsRow()
    {
        TimelineModel model(lobby);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSelf(alice);
        append({said(1, 1)})(model);
        mine(7, SendState::Sending)(model);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        QVERIFY(removed.isValid() && inserted.isValid() && moved.isValid());
        append({said(2, 7, alice)})(model);
        mine(7, SendState::Stored, 2)(model);
        QCOMPARE(removed.count() + inserted.count() + moved.count(), 0);
        QCOMPARE(model.entry(1).state, SendState::Stored);
    }

    void aPageIsOneInsertion()
    {
        TimelineModel model(lobby);
        append(page(513, 513))(model);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        prepend(page(1, 512))(model);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.rowCount(), 513);
    }

    void onlyAResetResets()
    {
        TimelineModel model(lobby);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        append({said(1, 1)})(model);
        prepend({})(model);
        QCOMPARE(resets.count(), 0);
        reset({said(9, 9)})(model);
        QCOMPARE(resets.count(), 1);
    }

    void reachesTheStart()
    {
        TimelineModel model(lobby);
        model.apply(update(TimelineUpdate::Kind::Reset, {said(9, 9)}, false));
        QVERIFY(!model.hasReachedStart());
        model.apply(update(TimelineUpdate::Kind::Append, {said(10, 10)}, true));
        QVERIFY(!model.hasReachedStart());
        model.apply(update(TimelineUpdate::Kind::Prepend, {said(8, 8)}, true));
        QVERIFY(model.hasReachedStart());
    }

    void groups_data()
    {
        QTest::addColumn<QList<protocol::Event>>("events");
        QTest::addColumn<QString>("expected"); // per row: d starts a day, ( starts a group, ) ends one
        QTest::newRow("same author") << QList{said(1, 1), said(2, 2, bob, 4min)} << u"d( )"_s;
        QTest::newRow("five minutes later") << QList{said(1, 1), said(2, 2, bob, 5min)} << u"d() ()"_s;
        QTest::newRow("another author") << QList{said(1, 1), said(2, 2, alice, 1s)} << u"d() ()"_s;
        QTest::newRow("another day") << QList{said(1, 1, bob, 12h - 1s), said(2, 2, bob, 12h)} << u"d() d()"_s;
        QTest::newRow("three in a row") << QList{said(1, 1), said(2, 2), said(3, 3)} << u"d( - )"_s;
    }
    void groups()
    {
        QFETCH(QList<protocol::Event>, events);
        QFETCH(QString, expected);
        TimelineModel model(lobby);
        model.setSelf(alice);
        append(events)(model);
        QStringList marks;
        for (int row = 0; row < model.rowCount(); ++row) {
            const TimelineEntry entry = model.entry(row);
            const QString mark = (entry.startsDay ? u"d"_s : QString()) + (entry.startsGroup ? u"("_s : QString())
                + (entry.endsGroup ? u")"_s : QString());
            marks << (mark.isEmpty() ? u"-"_s : mark);
        }
        QCOMPARE(marks.join(u' '), expected);
    }

    void theNewLineStartsAGroupAndTellsItsRows()
    {
        TimelineModel model(lobby);
        append({said(1, 1), said(2, 2), said(3, 3)})(model);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setFirstNew(2);
        QVERIFY(model.entry(1).isFirstNew);
        QVERIFY(model.entry(1).startsGroup);
        QVERIFY(model.entry(0).endsGroup);
        QVERIFY(changed.count() >= 2);
        model.setFirstNew(0);
        QVERIFY(!model.entry(1).isFirstNew);
    }

    void aDeletedMessageKeepsItsPlaceWithoutItsText()
    {
        TimelineModel model(lobby);
        model.setSelf(alice);
        append({said(1, 1), said(2, 2), deleted(3, 1)})(model);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.entry(0).isDeleted);
        QVERIFY(model.entry(0).text.isEmpty());
        QCOMPARE(model.index(0).data().toString(), u"Message deleted"_s);
        append({edited(4, 1, u"again"_s)})(model);
        append({deleted(5, 2)})(model);
        QCOMPARE(model.newest()->shownText(), u"Message deleted"_s);
    }

    void anEditOnItsWayShowsWhatItWillBe()
    {
        TimelineModel model(lobby);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSelf(alice);
        append({said(1, 1, alice)})(model);
        amend(90, 1, 1, SendState::Waiting, u"one"_s)(model);
        QCOMPARE(model.entry(0).text, u"one"_s);
        QCOMPARE(model.entry(0).state, SendState::Waiting);
        QVERIFY(model.entry(0).isEdited);
        QCOMPARE(model.entry(0).commandId, idOf(90));

        amend(90, 1, 1, SendState::Failed, u"one"_s)(model);
        QCOMPARE(model.entry(0).text, u"1"_s);
        QCOMPARE(model.entry(0).state, SendState::Failed);
        amend(90, 1, 1, SendState::Sending, u"one"_s)(model);
        amend(90, 1, 1, SendState::Stored, u"one"_s, 2)(model);
        QCOMPARE(model.entry(0).text, u"one"_s);
        QCOMPARE(model.entry(0).state, SendState::Stored);
        QCOMPARE(model.entry(0).commandId, idOf(1));

        amend(91, 1, 1, SendState::Waiting, {})(model);
        QVERIFY(model.entry(0).isDeleted);
        amend(91, 1, 1, SendState::Discarded, {})(model);
        QVERIFY(!model.entry(0).isDeleted);
        QCOMPARE(model.entry(0).text, u"one"_s);
    }

    void anEditFindsItsMessageWhileThatIsOnItsWay()
    {
        TimelineModel model(lobby);
        model.setSelf(alice);
        mine(7, SendState::Sending)(model);
        amend(90, 7, 0, SendState::Waiting, u"seven"_s)(model);
        QCOMPARE(model.entry(0).text, u"seven"_s);
        mine(7, SendState::Stored, 1)(model);
        QCOMPARE(model.entry(0).text, u"seven"_s);
        amend(90, 7, 0, SendState::Stored, u"seven"_s, 2)(model);
        QCOMPARE(model.entry(0).text, u"seven"_s);
        QCOMPARE(model.entry(0).changedSeq, quint64(2));
    }

    void scrollingBackKeepsTheWindowSmall()
    {
        constexpr int most = TimelineModel::mostRows;
        TimelineModel model(lobby);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSelf(alice);
        reset(page(9801, 10000))(model);
        mine(20000, SendState::Waiting)(model);
        model.setFollowed(false);
        for (int first = 9601; first > 10000 - 2 * most; first -= 200)
            prepend(page(first, first + 199))(model);
        QCOMPARE(model.rowCount(), most);
        QVERIFY(model.isDetached());
        QCOMPARE(model.newestShownSeq(), model.oldestSeq() + most - 1);
        QCOMPARE(model.headSeq(), quint64(10000));
        QCOMPARE(model.pendingCount(), 1);
        QCOMPARE(model.newest()->messageId, idOf(20000));

        // What comes meanwhile is known, not shown.
        append(page(10001, 10002))(model);
        QCOMPARE(model.rowCount(), most);
        QCOMPARE(model.headSeq(), quint64(10002));

        while (model.isDetached()) {
            const int next = int(model.newestShownSeq()) + 1;
            extend(page(next, qMin(next + 199, 10002)))(model);
            QVERIFY(model.rowCount() <= most + 1);
        }
        QCOMPARE(model.entry(model.rowCount() - 1).messageId, idOf(20000));
        QCOMPARE(model.entry(model.rowCount() - 2).seq, quint64(10002));
        QVERIFY(!model.hasReachedStart());
    }

    void aStoredOneLeavesTheWindowsOutside()
    {
        TimelineModel model(lobby);
        model.setSelf(alice);
        reset(page(1001, 1200))(model);
        model.setFollowed(false);
        for (int first = 801; first >= 1; first -= 200)
            prepend(page(first, first + 199))(model);
        append(page(1201, 1201))(model);
        QVERIFY(model.isDetached());
        mine(7000, SendState::Waiting)(model);
        QCOMPARE(model.pendingCount(), 1);
        append({said(1202, 7000, alice)})(model);
        QCOMPARE(model.pendingCount(), 0);
        reset(page(1100, 1202))(model);
        QVERIFY(!model.isDetached());
        QCOMPARE(model.rowCount(), 103);
    }

    void whoFollowsTheEndLosesTheOldest()
    {
        TimelineModel model(lobby);
        reset(page(1, 200))(model);
        for (int seq = 201; seq <= TimelineModel::mostRows + 50; ++seq)
            append(page(seq, seq))(model);
        QCOMPARE(model.rowCount(), TimelineModel::mostRows);
        QCOMPARE(model.oldestSeq(), quint64(51));
        QVERIFY(!model.isDetached());
    }

    void speaksOneSentencePerMessage()
    {
        TimelineModel model(lobby);
        model.setSelf(alice);
        append({said(1, 1)})(model);
        client::OutboxItem item = outbox(7, SendState::Failed);
        item.code = protocol::ErrorCode::TextTooLong;
        model.apply(item);
        QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(), u"Bob, 12:00, 1"_s);
        QCOMPARE(model.index(1).data(Qt::AccessibleTextRole).toString(),
            u"Alice, 12:00, 7, Not sent, Over this host’s 8\u00a0KiB limit"_s);
    }

    void knowsWhatWasOnTheWire()
    {
        TimelineModel model(lobby);
        mine(7, SendState::Waiting)(model);
        QVERIFY(!model.entry(0).hasLeft);
        mine(7, SendState::Sending)(model);
        mine(7, SendState::Waiting)(model);
        QVERIFY(model.entry(0).hasLeft);
    }
};

QTEST_MAIN(TestTimelineModel)
#include "tst_timelinemodel.moc"
