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
    return {lobby, kind, events, reachedStart, false};
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
Step discard(int n)
{
    return [=](TimelineModel &model) { model.discard(idOf(n)); };
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
        row("discarded", {mine(7, SendState::Failed), mine(8, SendState::Waiting), discard(7)}, u"8?"_s);
        row("what is stored cannot be discarded", {append({said(1, 1, alice)}), discard(1)}, u"1"_s);
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
        append({said(600, 1)})(model);
        QList<protocol::Event> page;
        for (int seq = 1; seq <= 512; ++seq)
            page << said(quint64(seq), 1000 + seq);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        prepend(page)(model);
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
