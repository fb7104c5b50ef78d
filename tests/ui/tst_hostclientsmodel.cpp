#include "ui/models/hostclientsmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using lanline::ui::HostClient;
using lanline::ui::HostClientsModel;

namespace {

HostClient client(quint64 connection, const QString &name)
{
    HostClient value;
    value.connection = connection;
    value.name = name;
    value.app = u"lanline 0.1.0"_s;
    value.address = u"192.168.1.20"_s;
    return value;
}

HostClient link(quint64 connection, quint64 of, bool isStandby)
{
    HostClient value = client(connection, u"Bob"_s);
    value.client = of;
    value.isStandby = isStandby;
    value.address = u"10.0.0.%1"_s.arg(connection);
    return value;
}

QString cell(const HostClientsModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TestHostClientsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsACell_data();
    void showsACell();
    void insertsWhoCame();
    void removesWhoLeftAndKeepsTheOthersInPlace();
    void tellsOnlyTheRowThatChanged();
    void staysStillWhenNothingChanged();
    void bothLinksOfAClientAreOneRow();
    void clientKeepsItsRowThroughAFailover();
    void clientKeepsItsRowWhenItHasSaidWhoItIs();
    void followsAnyUpdate();
};

void TestHostClientsModel::showsACell_data()
{
    QTest::addColumn<HostClient>("row");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    HostClient guest = client(1, u"Pixel 8"_s);
    guest.isGuest = true;
    guest.queuedBytes = 12 * 1024;
    guest.messages = 1234;
    QTest::newRow("a name") << client(1, u"Alice"_s) << int(HostClientsModel::NameColumn) << u"Alice"_s;
    QTest::newRow("a guest") << guest << int(HostClientsModel::NameColumn) << u"Pixel 8 · guest"_s;
    QTest::newRow("nobody yet") << client(1, {}) << int(HostClientsModel::NameColumn) << u"Joining"_s;
    QTest::newRow("the app") << guest << int(HostClientsModel::AppColumn) << u"lanline 0.1.0"_s;
    QTest::newRow("the address") << guest << int(HostClientsModel::PrimaryColumn) << u"192.168.1.20"_s;
    QTest::newRow("an empty queue") << client(1, u"A"_s) << int(HostClientsModel::QueueColumn) << u"0"_s;
    QTest::newRow("a queue") << guest << int(HostClientsModel::QueueColumn) << u"12\u00a0KiB"_s;
    QTest::newRow("no standby") << guest << int(HostClientsModel::StandbyColumn) << u"None"_s;
    HostClient standby = client(1, u"Bob"_s);
    standby.isStandby = true;
    QTest::newRow("a standby alone") << standby << int(HostClientsModel::StandbyColumn) << u"192.168.1.20"_s;
    QTest::newRow("a standby's primary") << standby << int(HostClientsModel::PrimaryColumn) << u"Down"_s;
    QTest::newRow("messages") << guest << int(HostClientsModel::MessagesColumn) << QLocale().toString(1234);
}

void TestHostClientsModel::showsACell()
{
    QFETCH(HostClient, row);
    QFETCH(int, column);
    QFETCH(QString, text);
    HostClientsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLinks({row});
    QCOMPARE(cell(model, 0, column), text);
    QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
}

void TestHostClientsModel::insertsWhoCame()
{
    HostClientsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QVERIFY(inserted.isValid() && reset.isValid());
    model.setLinks({client(1, u"Alice"_s)});
    model.setLinks({client(1, u"Alice"_s), client(2, u"Bob"_s), client(3, u"Mei"_s)});
    QCOMPARE(inserted.count(), 2);
    QCOMPARE(inserted[1][1].toInt(), 1);
    QCOMPARE(inserted[1][2].toInt(), 2);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(cell(model, 2, HostClientsModel::NameColumn), u"Mei"_s);
}

void TestHostClientsModel::removesWhoLeftAndKeepsTheOthersInPlace()
{
    HostClientsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLinks({client(1, u"Alice"_s), client(2, u"Bob"_s), client(3, u"Mei"_s)});
    const QPersistentModelIndex mei = model.index(2, 0);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QVERIFY(removed.isValid());
    model.setLinks({client(3, u"Mei"_s), client(1, u"Alice"_s)}); // told in another order
    QCOMPARE(removed.count(), 1);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(model, 0, HostClientsModel::NameColumn), u"Alice"_s);
    QCOMPARE(mei.row(), 1);
    QCOMPARE(mei.data().toString(), u"Mei"_s);
}

void TestHostClientsModel::tellsOnlyTheRowThatChanged()
{
    HostClientsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLinks({client(1, u"Alice"_s), client(2, u"Bob"_s)});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QVERIFY(changed.isValid());
    HostClient bob = client(2, u"Bob"_s);
    bob.messages = 1;
    model.setLinks({client(1, u"Alice"_s), bob});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(changed[0][1].toModelIndex().row(), 1);
    QVERIFY(changed[0][2].value<QList<int>>().contains(Qt::DisplayRole));
    QCOMPARE(cell(model, 1, HostClientsModel::MessagesColumn), u"1"_s);
}

void TestHostClientsModel::staysStillWhenNothingChanged()
{
    HostClientsModel model;
    const QList<HostClient> clients{client(1, u"Alice"_s), client(2, u"Bob"_s)};
    model.setLinks(clients);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.setLinks(clients);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(inserted.count(), 0);
}

void TestHostClientsModel::bothLinksOfAClientAreOneRow()
{
    HostClientsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    HostClient standby = link(2, 7, true);
    standby.queuedBytes = 1024;
    HostClient primary = link(1, 7, false);
    primary.messages = 5;
    primary.heartbeat = std::chrono::seconds(1);
    // The standby may be told first, and two that have not said who they are stay two.
    model.setLinks({standby, client(8, {}), primary, client(9, {})});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(model, 0, HostClientsModel::PrimaryColumn), u"10.0.0.1"_s);
    QCOMPARE(cell(model, 0, HostClientsModel::StandbyColumn), u"10.0.0.2"_s);
    QCOMPARE(cell(model, 0, HostClientsModel::QueueColumn), u"1\u00a0KiB"_s);
    QCOMPARE(cell(model, 0, HostClientsModel::MessagesColumn), u"5"_s);
    const auto mark = [&](int row, int column) {
        return model.index(row, column).data(HostClientsModel::LinkRole).value<HostClientsModel::Link>();
    };
    QCOMPARE(mark(0, HostClientsModel::PrimaryColumn), HostClientsModel::Active);
    QCOMPARE(mark(0, HostClientsModel::StandbyColumn), HostClientsModel::Ready);
    QCOMPARE(mark(1, HostClientsModel::StandbyColumn), HostClientsModel::None);
    QCOMPARE(mark(0, HostClientsModel::NameColumn), HostClientsModel::None);
    const QString tooltip = model.index(0, HostClientsModel::PrimaryColumn).data(Qt::ToolTipRole).toString();
    QVERIFY2(tooltip.contains(u"1.0\u00a0s"_s), qPrintable(tooltip));
}

void TestHostClientsModel::clientKeepsItsRowThroughAFailover()
{
    HostClientsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLinks({link(1, 7, false), link(2, 7, true), client(3, u"Mei"_s)});
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QVERIFY(removed.isValid() && inserted.isValid());
    const auto shown = [&] {
        return cell(model, 0, HostClientsModel::PrimaryColumn) + u' ' + cell(model, 0, HostClientsModel::StandbyColumn);
    };
    model.setLinks({client(3, u"Mei"_s), link(2, 7, true)});
    QCOMPARE(shown(), u"Down 10.0.0.2"_s);
    model.setLinks({client(3, u"Mei"_s), link(2, 7, false)});
    QCOMPARE(shown(), u"10.0.0.2 None"_s);
    model.setLinks({client(3, u"Mei"_s), link(2, 7, false), link(4, 7, true)});
    QCOMPARE(shown(), u"10.0.0.2 10.0.0.4"_s);
    QCOMPARE(removed.count(), 0);
    QCOMPARE(inserted.count(), 0);
}

void TestHostClientsModel::clientKeepsItsRowWhenItHasSaidWhoItIs()
{
    HostClientsModel model;
    model.setLinks({client(1, {}), client(2, u"Mei"_s)});
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.setLinks({link(1, 7, false), client(2, u"Mei"_s)});
    QCOMPARE(removed.count(), 0);
    QCOMPARE(cell(model, 0, HostClientsModel::NameColumn), u"Bob"_s);
}

void TestHostClientsModel::followsAnyUpdate()
{
    HostClientsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (quint64 round = 0; round < 64; ++round) { // every subset of six clients
        QList<HostClient> clients;
        for (quint64 connection = 0; connection < 6; ++connection) {
            if ((round ^ (round >> 1)) & (1u << connection))
                clients.append(client(connection, QString::number(round)));
        }
        model.setLinks(clients);
        QCOMPARE(model.rowCount(), clients.size());
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(cell(model, row, HostClientsModel::NameColumn), QString::number(round));
    }
}

QTEST_MAIN(TestHostClientsModel)
#include "tst_hostclientsmodel.moc"
