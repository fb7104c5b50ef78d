#include "server/session/pairingcodes.h"
#include "tests/support/faketime.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;

class tst_PairingCodes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codesAreReadableAndDiffer();
    void codeIsTakenAsPeopleTypeIt_data();
    void codeIsTakenAsPeopleTypeIt();
    void wrongCodesAreNot_data();
    void wrongCodesAreNot();
    void oneKeyOnlyUsesACode();
    void codeExpires();
    void newCodeEndsTheOldOne();
    void noMoreThanSoManyAreOpen();
};

namespace {

const UserId ann{1};
const UserId bob{2};
const QByteArray key(32, 'k');
const QByteArray otherKey(32, 'o');

} // namespace

void tst_PairingCodes::codesAreReadableAndDiffer()
{
    FakeTime time;
    PairingCodes codes(time);
    const QRegularExpression form(u"^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$"_s);
    QSet<QString> seen;
    QSet<QChar> letters;
    for (quint64 user = 1; user <= 500; ++user) {
        const auto code = codes.make(UserId(user));
        QVERIFY(code);
        QVERIFY2(form.match(*code).hasMatch(), qPrintable(*code));
        seen.insert(*code);
        for (const QChar c : *code)
            letters.insert(c);
    }
    QCOMPARE(seen.size(), 500);
    // Each of the 32 digits comes about 125 times; one that never comes would make codes easier to guess.
    QCOMPARE(letters.size(), 33);
}

void tst_PairingCodes::codeIsTakenAsPeopleTypeIt_data()
{
    using Typing = std::function<QString(QString)>;
    QTest::addColumn<Typing>("typed");
    QTest::newRow("as shown") << Typing([](const QString &code) { return code; });
    QTest::newRow("lower case") << Typing([](const QString &code) { return code.toLower(); });
    QTest::newRow("without the dash") << Typing([](QString code) { return code.remove(u'-'); });
    QTest::newRow("with spaces") << Typing([](QString code) { return u"  "_s + code.replace(u'-', u"  "_s) + u'\n'; });
    QTest::newRow("digits that look like letters")
        << Typing([](QString code) { return code.replace(u'0', u'o').replace(u'1', u'L'); });
}

void tst_PairingCodes::codeIsTakenAsPeopleTypeIt()
{
    QFETCH(std::function<QString(QString)>, typed);
    FakeTime time;
    PairingCodes codes(time);
    // As many as it takes to have a 0 and a 1 among them.
    for (quint64 user = 1; user <= 100; ++user)
        QCOMPARE(codes.take(typed(*codes.make(UserId(user))), key), UserId(user));
}

void tst_PairingCodes::wrongCodesAreNot_data()
{
    QTest::addColumn<QString>("code");
    QTest::newRow("empty") << QString();
    QTest::newRow("only a dash") << u"-"_s;
    QTest::newRow("one that could be") << u"0000-0000"_s;
    QTest::newRow("too long") << QString(100'000, u'A');
    QTest::newRow("not of the alphabet") << u"ÄÖÜß-漢字🙂"_s;
}

void tst_PairingCodes::wrongCodesAreNot()
{
    QFETCH(QString, code);
    FakeTime time;
    PairingCodes codes(time);
    const QString right = *codes.make(ann);
    QVERIFY(!codes.take(code, key));
    QVERIFY(!codes.take(right.first(8), key));
    QVERIFY(!codes.take(right + u'0', key));
    QCOMPARE(codes.take(right, key), ann);
}

void tst_PairingCodes::oneKeyOnlyUsesACode()
{
    FakeTime time;
    PairingCodes codes(time);
    const QString code = *codes.make(ann);
    QCOMPARE(codes.take(code, key), ann);
    QVERIFY(!codes.take(code, otherKey));
    // Its WELCOME may never have come.
    QCOMPARE(codes.take(code, key), ann);
    time.advance(PairingCodes::validFor);
    QVERIFY(!codes.take(code, key));
}

void tst_PairingCodes::codeExpires()
{
    FakeTime time;
    PairingCodes codes(time);
    const QString code = *codes.make(ann);
    time.advance(PairingCodes::validFor - 1ms);
    QVERIFY(codes.take(code, key));
    const QString late = *codes.make(bob);
    time.advance(PairingCodes::validFor);
    QVERIFY(!codes.take(late, key));
}

void tst_PairingCodes::newCodeEndsTheOldOne()
{
    FakeTime time;
    PairingCodes codes(time);
    const QString first = *codes.make(ann);
    const QString bobs = *codes.make(bob);
    const QString second = *codes.make(ann);
    QVERIFY(!codes.take(first, key));
    QCOMPARE(codes.take(second, key), ann);
    QCOMPARE(codes.take(bobs, otherKey), bob);
}

void tst_PairingCodes::noMoreThanSoManyAreOpen()
{
    FakeTime time;
    PairingCodes codes(time);
    for (int user = 1; user <= PairingCodes::mostOpen; ++user)
        QVERIFY(codes.make(UserId(quint64(user))));
    const UserId late(PairingCodes::mostOpen + 1);
    QVERIFY(!codes.make(late));
    QVERIFY(codes.make(ann)); // in the place of the one she has
    time.advance(PairingCodes::validFor);
    QVERIFY(codes.make(late));
}

QTEST_GUILESS_MAIN(tst_PairingCodes)
#include "tst_pairingcodes.moc"
