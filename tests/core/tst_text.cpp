#include "core/text.h"

#include <QTest>

#include <rapidcheck.h>

using namespace Qt::StringLiterals;
using namespace lanline;

namespace {

/// Any UTF-16, with many of the units that matter: ASCII, unpaired and paired surrogates, spaces, combining marks.
rc::Gen<QString> anyText()
{
    const auto unit = rc::gen::oneOf(rc::gen::inRange<int>(0, 0x80), rc::gen::inRange<int>(0, 0x10000),
        rc::gen::inRange<int>(0xd800, 0xe000), rc::gen::inRange<int>(0x2000, 0x2010),
        rc::gen::inRange<int>(0x300, 0x320));
    return rc::gen::map(rc::gen::container<std::vector<int>>(unit), [](const std::vector<int> &units) {
        QString text;
        for (const int value : units)
            text.append(QChar(value));
        return text;
    });
}

} // namespace

class TestText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void measuresAsQtConverts()
    {
        QVERIFY(rc::check("utf8Size(t) is the size of t.toUtf8()", [] {
            const QString text = *anyText();
            RC_ASSERT(utf8Size(text) == text.toUtf8().size());
        }));
        QCOMPARE(utf8Size(u"aé会😀"), 1 + 2 + 3 + 4);
        QCOMPARE(utf8Size({}), 0);
    }

    void truncates_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("bytes");
        QTest::addColumn<QString>("head");
        QTest::newRow("fits") << u"abc"_s << 3 << u"abc"_s;
        QTest::newRow("a byte over") << u"abcd"_s << 3 << u"abc"_s;
        QTest::newRow("inside two bytes") << u"aé"_s << 2 << u"a"_s;
        QTest::newRow("inside three bytes") << u"会议"_s << 5 << u"会"_s;
        QTest::newRow("inside a surrogate pair") << u"a😀"_s << 4 << u"a"_s;
        QTest::newRow("a pair that fits") << u"a😀b"_s << 5 << u"a😀"_s;
        QTest::newRow("to nothing") << u"😀"_s << 3 << QString();
        QTest::newRow("nothing allowed") << u"a"_s << 0 << QString();
        QTest::newRow("less than nothing allowed") << u"a"_s << -1 << QString();
    }
    void truncates()
    {
        QFETCH(QString, text);
        QFETCH(int, bytes);
        QFETCH(QString, head);
        QCOMPARE(truncatedToUtf8(text, bytes), head);
    }

    void truncatesToTheLongestHead()
    {
        QVERIFY(rc::check("a head that fits, ends between code points, and cannot be longer", [] {
            const QString text = *anyText();
            const auto bytes = *rc::gen::inRange<qsizetype>(0, 40);
            const QString head = truncatedToUtf8(text, bytes);
            RC_ASSERT(text.startsWith(head));
            RC_ASSERT(utf8Size(head) <= bytes);
            if (head.size() == text.size())
                return;
            const bool cutsAPair =
                !head.isEmpty() && head.back().isHighSurrogate() && text.at(head.size()).isLowSurrogate();
            RC_ASSERT(!cutsAPair);
            const bool nextIsPair = text.at(head.size()).isHighSurrogate() && head.size() + 1 < text.size()
                && text.at(head.size() + 1).isLowSurrogate();
            RC_ASSERT(utf8Size(text.left(head.size() + (nextIsPair ? 2 : 1))) > bytes);
        }));
    }

    void knowsACleanName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isClean");
        QTest::newRow("plain") << u"Alice"_s << true;
        QTest::newRow("two words") << u"Alice Liddell"_s << true;
        QTest::newRow("Chinese") << u"爱丽丝"_s << true;
        QTest::newRow("Arabic") << u"أليس"_s << true;
        QTest::newRow("an emoji") << u"😀"_s << true;
        QTest::newRow("a joined emoji") << u"👩\u200d💻"_s << true;
        QTest::newRow("a combining mark") << u"e\u0301"_s << true;
        QTest::newRow("punctuation") << u"O'Neil-Smith (ops)"_s << true;
        QTest::newRow("not yet assigned") << u"a\u0378"_s << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("spaces") << u"   "_s << false;
        QTest::newRow("a no-break space") << u"\u00a0"_s << false;
        QTest::newRow("only a joiner") << u"\u200d"_s << false;
        QTest::newRow("only a combining mark") << u"\u0301"_s << false;
        QTest::newRow("a Hangul filler") << u"\u3164"_s << false;
        QTest::newRow("a Braille blank") << u"\u2800"_s << false;
        QTest::newRow("a line end") << u"Alice\nBob"_s << false;
        QTest::newRow("a tab") << u"Alice\tBob"_s << false;
        QTest::newRow("NUL") << QString(u"Alice"_s + QChar(0)) << false;
        QTest::newRow("DEL") << u"Alice\u007f"_s << false;
        QTest::newRow("a C1 control") << u"Alice\u0085"_s << false;
        QTest::newRow("right-to-left override") << u"Alice\u202egnp"_s << false;
        QTest::newRow("an isolate") << u"\u2066Alice\u2069"_s << false;
        QTest::newRow("a left-to-right mark") << u"Alice\u200e"_s << false;
        QTest::newRow("zero-width space") << u"Al\u200bice"_s << false;
        QTest::newRow("byte order mark") << u"\ufeffAlice"_s << false;
        QTest::newRow("soft hyphen") << u"Al\u00adice"_s << false;
        QTest::newRow("a tag") << u"Alice\U000e0041"_s << false;
        QTest::newRow("line separator") << u"Alice\u2028"_s << false;
        QTest::newRow("private use") << u"Alice\ue000"_s << false;
        QTest::newRow("unpaired surrogate") << QString(u"Alice"_s + QChar(0xd800)) << false;
        QTest::newRow("noncharacter") << QString(u"Alice"_s + QChar(0xfffe)) << false;
    }
    void knowsACleanName()
    {
        QFETCH(QString, name);
        QFETCH(bool, isClean);
        QCOMPARE(isCleanName(name), isClean);
    }

    void normalizesNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("normal");
        QTest::newRow("as it is") << u"Alice"_s << u"Alice"_s;
        QTest::newRow("spaces around") << u"  Alice\t"_s << u"Alice"_s;
        QTest::newRow("spaces inside") << u"Alice \n  Liddell"_s << u"Alice Liddell"_s;
        QTest::newRow("wide and no-break spaces") << u"Alice\u00a0\u3000Liddell"_s << u"Alice Liddell"_s;
        QTest::newRow("composed") << u"Ame\u0301lie"_s << u"Amélie"_s;
        QTest::newRow("only spaces") << u" \t "_s << QString();
    }
    void normalizesNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, normal);
        QCOMPARE(normalizedName(name), normal);
    }

    void normalizesOnce()
    {
        QVERIFY(rc::check("normalizedName() of its own result changes nothing", [] {
            const QString once = normalizedName(*anyText());
            RC_ASSERT(normalizedName(once) == once);
        }));
    }

    void knowsARoomName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isRoom");
        QTest::newRow("plain") << u"lobby"_s << true;
        QTest::newRow("all that is allowed") << u"ops-2_eu.west"_s << true;
        QTest::newRow("starts with a digit") << u"2nd-floor"_s << true;
        QTest::newRow("accents") << u"café"_s << true;
        QTest::newRow("Chinese") << u"会议室"_s << true;
        QTest::newRow("Devanagari with vowel signs") << u"हिन्दी"_s << true;
        QTest::newRow("Arabic digits") << u"غرفة١"_s << true;
        QTest::newRow("letters beyond 16 bits") << u"\U00010428\U00020000"_s << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("upper case") << u"Lobby"_s << false;
        QTest::newRow("upper case inside") << u"lobbY"_s << false;
        QTest::newRow("Greek upper case") << u"Ωμ"_s << false;
        QTest::newRow("title case") << u"\u01c5"_s << false;
        QTest::newRow("a space") << u"the lobby"_s << false;
        QTest::newRow("a line end") << u"lobby\n"_s << false;
        QTest::newRow("a slash") << u"a/b"_s << false;
        QTest::newRow("a hash") << u"#lobby"_s << false;
        QTest::newRow("an emoji") << u"😀"_s << false;
        QTest::newRow("starts with a dash") << u"-lobby"_s << false;
        QTest::newRow("dots") << u".."_s << false;
        QTest::newRow("starts with a mark") << u"\u0301a"_s << false;
        QTest::newRow("not composed") << u"cafe\u0301"_s << false;
        QTest::newRow("a Hangul filler") << u"a\u3164"_s << false;
        QTest::newRow("zero-width joiner") << u"a\u200db"_s << false;
        QTest::newRow("right-to-left override") << u"a\u202eb"_s << false;
        QTest::newRow("NUL") << QString(u"lobby"_s + QChar(0)) << false;
        QTest::newRow("unpaired surrogate") << QString(u"a"_s + QChar(0xdc00)) << false;
    }
    void knowsARoomName()
    {
        QFETCH(QString, name);
        QFETCH(bool, isRoom);
        QCOMPARE(isRoomName(name), isRoom);
    }

    void roomNamesAreCleanNames()
    {
        int accepted = 0;
        for (char32_t codePoint = 0; codePoint < 0x30000; ++codePoint) {
            const QString name = u'a' + QString::fromUcs4(&codePoint, 1);
            if (!isRoomName(name))
                continue;
            ++accepted;
            QVERIFY2(isCleanName(name) && normalizedName(name) == name, qPrintable(name));
        }
        QVERIFY(accepted > 50'000);
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
