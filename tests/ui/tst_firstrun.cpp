#include "part.h"
#include "ui/panels/firstrunwindow.h"
#include "ui/panels/joindialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using lanline::test::part;
using lanline::ui::FirstRunWindow;
using lanline::ui::JoinDialog;

namespace {

void type(QLineEdit &field, const QString &text)
{
    field.setFocus();
    field.selectAll();
    QTest::keyClick(&field, Qt::Key_Delete);
    field.insert(text);
}

} // namespace

class TestFirstRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joinsByAddress_data();
    void joinsByAddress();
    void refusesAnAddress_data();
    void refusesAnAddress();
    void theFaultGoesWhenTyping();
    void offersRecentAddresses();
    void takesTheCodeOfAnotherDevice();
    void changesTheName();
    void refusesAName_data();
    void refusesAName();
    void escapeKeepsTheOldName();
    void choicesWorkByKeyboard_data();
    void choicesWorkByKeyboard();
    void nothingBeginsWithoutAName();
    void joinCardLeadsToTheField();
    void joinDialogChecksBoth();

private:
    lanline::ui::ThemeController m_themes;
};

void TestFirstRun::joinsByAddress_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("url");
    QTest::newRow("host and port") << u"192.168.1.20:4000"_s << u"ws://192.168.1.20:4000/"_s;
    QTest::newRow("host alone") << u"mei-nas.local"_s << u"ws://mei-nas.local:47100/"_s;
    QTest::newRow("link") << u" lanline://10.8.0.4:47100 "_s << u"ws://10.8.0.4:47100/"_s;
    QTest::newRow("IPv6") << u"[2001:db8::7]:47100"_s << u"ws://[2001:db8::7]:47100/"_s;
}

void TestFirstRun::joinsByAddress()
{
    QFETCH(QString, typed);
    QFETCH(QString, url);
    FirstRunWindow window(m_themes);
    window.setName(u"Alice"_s);
    QSignalSpy joined(&window, &FirstRunWindow::joinRequested);
    QVERIFY(joined.isValid());
    auto &field = part<QLineEdit>(window, u"addressField"_s);
    type(field, typed);
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(joined.count(), 1);
    QCOMPARE(joined[0][0].toUrl(), QUrl(url));
    QVERIFY(part<QLabel>(window, u"addressFault"_s).text().isEmpty());
}

void TestFirstRun::refusesAnAddress_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("word"); // that the sentence has
    QTest::newRow("nothing") << QString() << u"Type"_s;
    QTest::newRow("another scheme") << u"http://192.168.1.20"_s << u"lanline://"_s;
    QTest::newRow("port too large") << u"192.168.1.20:99999"_s << u"65535"_s;
    QTest::newRow("port is a word") << u"192.168.1.20:chat"_s << u"65535"_s;
    QTest::newRow("no host") << u"lanline://:47100"_s << u"no address"_s;
}

void TestFirstRun::refusesAnAddress()
{
    QFETCH(QString, typed);
    QFETCH(QString, word);
    FirstRunWindow window(m_themes);
    window.setName(u"Alice"_s);
    QSignalSpy joined(&window, &FirstRunWindow::joinRequested);
    type(part<QLineEdit>(window, u"addressField"_s), typed);
    QTest::mouseClick(&part<QPushButton>(window, u"joinButton"_s), Qt::LeftButton);
    QCOMPARE(joined.count(), 0);
    const QString sentence = part<QLabel>(window, u"addressFault"_s).text();
    QVERIFY2(sentence.contains(word), qPrintable(sentence));
}

void TestFirstRun::theFaultGoesWhenTyping()
{
    FirstRunWindow window(m_themes);
    auto &field = part<QLineEdit>(window, u"addressField"_s);
    QTest::keyClick(&field, Qt::Key_Return);
    QVERIFY(!part<QLabel>(window, u"addressFault"_s).text().isEmpty());
    QTest::keyClicks(&field, u"1"_s);
    QVERIFY(part<QLabel>(window, u"addressFault"_s).text().isEmpty());
}

void TestFirstRun::offersRecentAddresses()
{
    FirstRunWindow window(m_themes);
    window.setName(u"Alice"_s);
    QSignalSpy joined(&window, &FirstRunWindow::joinRequested);
    const auto recent = [&] {
        QList<QPushButton *> found;
        const auto buttons = window.findChildren<QPushButton *>();
        std::copy_if(buttons.begin(), buttons.end(), std::back_inserter(found), [](QPushButton *button) {
            return button->property("kind").toString() == "link"_L1 && button->objectName() != "withCode"_L1;
        });
        return found;
    };
    QVERIFY(recent().isEmpty());
    window.setRecentAddresses({u"ws://10.0.0.1:5000/"_s, u"not an address"_s, u"mei-nas.local"_s});
    QCOMPARE(recent().size(), 2);
    QCOMPARE(recent()[0]->text(), u"10.0.0.1:5000"_s);
    recent()[0]->click();
    QCOMPARE(joined.count(), 1);
    QCOMPARE(joined[0][0].toUrl(), QUrl(u"ws://10.0.0.1:5000/"_s));
    window.setRecentAddresses({});
    QVERIFY(recent().isEmpty());
}

void TestFirstRun::takesTheCodeOfAnotherDevice()
{
    FirstRunWindow window(m_themes);
    window.setName(u"Alice"_s);
    QSignalSpy joined(&window, &FirstRunWindow::joinRequested);
    auto &address = part<QLineEdit>(window, u"addressField"_s);
    auto &code = part<QLineEdit>(window, u"codeField"_s);
    QVERIFY(code.isHidden());
    QTest::keyClicks(&address, u"10.0.0.1:5000"_s);
    part<QAbstractButton>(window, u"withCode"_s).click();
    QVERIFY(!code.isHidden());
    QTest::keyClicks(&code, u" 4t6k-9xq2 "_s);
    QTest::keyClick(&code, Qt::Key_Return);
    QCOMPARE(joined.count(), 1);
    QCOMPARE(joined[0][0].toUrl(), QUrl(u"ws://10.0.0.1:5000/"_s));
    QCOMPARE(joined[0][1].toString(), u"4t6k-9xq2"_s);
    code.clear();
    QTest::keyClick(&address, Qt::Key_Return);
    QCOMPARE(joined[1][1].toString(), QString());
}

void TestFirstRun::changesTheName()
{
    FirstRunWindow window(m_themes);
    window.setName(u"Alice"_s);
    QSignalSpy changed(&window, &FirstRunWindow::nameChanged);
    QVERIFY(changed.isValid());
    part<QAbstractButton>(window, u"editName"_s).click();
    auto &field = part<QLineEdit>(window, u"nameField"_s);
    QCOMPARE(field.text(), u"Alice"_s);
    type(field, u"  Mei   王梅 "_s);
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toString(), u"Mei 王梅"_s);
    QCOMPARE(window.name(), u"Mei 王梅"_s);
    QVERIFY(field.isHidden());
}

void TestFirstRun::refusesAName_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("nothing") << QString();
    QTest::newRow("white space") << u"   "_s;
    QTest::newRow("turned around") << u"Alice\u202e"_s;
    QTest::newRow("over the limit in bytes") << QString(40, u'王');
}

void TestFirstRun::refusesAName()
{
    QFETCH(QString, typed);
    FirstRunWindow window(m_themes);
    window.setName(u"Alice"_s);
    QSignalSpy changed(&window, &FirstRunWindow::nameChanged);
    part<QAbstractButton>(window, u"editName"_s).click();
    auto &field = part<QLineEdit>(window, u"nameField"_s);
    type(field, typed);
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(changed.count(), 0);
    QVERIFY(!part<QLabel>(window, u"nameFault"_s).text().isEmpty());
    QVERIFY(!field.isHidden());
    QCOMPARE(window.name(), u"Alice"_s);
}

void TestFirstRun::escapeKeepsTheOldName()
{
    FirstRunWindow window(m_themes);
    window.setName(u"Alice"_s);
    part<QAbstractButton>(window, u"editName"_s).click();
    auto &field = part<QLineEdit>(window, u"nameField"_s);
    type(field, u"Bob"_s);
    QTest::keyClick(&field, Qt::Key_Escape);
    QVERIFY(field.isHidden());
    QCOMPARE(window.name(), u"Alice"_s);
}

void TestFirstRun::choicesWorkByKeyboard_data()
{
    QTest::addColumn<QString>("card");
    QTest::addColumn<Qt::Key>("key");
    QTest::newRow("try, Enter") << u"tryCard"_s << Qt::Key_Return;
    QTest::newRow("try, Space") << u"tryCard"_s << Qt::Key_Space;
    QTest::newRow("host, Enter") << u"hostCard"_s << Qt::Key_Return;
}

void TestFirstRun::choicesWorkByKeyboard()
{
    QFETCH(QString, card);
    QFETCH(Qt::Key, key);
    FirstRunWindow window(m_themes);
    window.setName(u"Alice"_s);
    QSignalSpy tried(&window, &FirstRunWindow::tryRequested);
    QSignalSpy hosted(&window, &FirstRunWindow::hostRequested);
    QVERIFY(tried.isValid() && hosted.isValid());
    auto &button = part<QAbstractButton>(window, card);
    QVERIFY(!button.accessibleName().isEmpty());
    QVERIFY(button.focusPolicy() & Qt::TabFocus);
    QTest::keyClick(&button, key);
    QCOMPARE(tried.count(), card == "tryCard"_L1 ? 1 : 0);
    QCOMPARE(hosted.count(), card == "hostCard"_L1 ? 1 : 0);
}

void TestFirstRun::nothingBeginsWithoutAName()
{
    FirstRunWindow window(m_themes);
    QSignalSpy hosted(&window, &FirstRunWindow::hostRequested);
    QSignalSpy joined(&window, &FirstRunWindow::joinRequested);
    part<QAbstractButton>(window, u"hostCard"_s).click();
    auto &field = part<QLineEdit>(window, u"addressField"_s);
    type(field, u"10.0.0.1"_s);
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(hosted.count(), 0);
    QCOMPARE(joined.count(), 0);
    QVERIFY(!part<QLabel>(window, u"nameFault"_s).text().isEmpty());
    QVERIFY(!part<QLineEdit>(window, u"nameField"_s).isHidden());
}

void TestFirstRun::joinCardLeadsToTheField()
{
    FirstRunWindow window(m_themes);
    window.setName(u"Alice"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    part<QAbstractButton>(window, u"tryCard"_s).setFocus();
    part<QAbstractButton>(window, u"joinCard"_s).click();
    QVERIFY(part<QLineEdit>(window, u"addressField"_s).hasFocus());
}

void TestFirstRun::joinDialogChecksBoth()
{
    JoinDialog dialog;
    auto &name = part<QLineEdit>(dialog, u"nameField"_s);
    auto &join = part<QPushButton>(dialog, u"joinButton"_s);
    dialog.setAddress(u"10.0.0.1"_s);
    join.click();
    QCOMPARE(dialog.result(), int(QDialog::Rejected));
    QVERIFY(!part<QLabel>(dialog, u"nameFault"_s).text().isEmpty());

    type(name, u"Alice "_s);
    dialog.setAddress(u"10.0.0.1:0"_s);
    join.click();
    QCOMPARE(dialog.result(), int(QDialog::Rejected));
    QVERIFY(!part<QLabel>(dialog, u"addressFault"_s).text().isEmpty());

    dialog.setAddress(u"10.0.0.1"_s);
    join.click();
    QCOMPARE(dialog.result(), int(QDialog::Accepted));
    QCOMPARE(dialog.url(), QUrl(u"ws://10.0.0.1:47100/"_s));
    QCOMPARE(dialog.name(), u"Alice"_s);
}

QTEST_MAIN(TestFirstRun)
#include "tst_firstrun.moc"
