#include "ui/words.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace lanline;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A message of a .ts file, with all the forms of its translation.
struct Message
{
    QString context;
    QString source;
    QString comment;
    bool isPlural = false;
    QStringList forms;

    QByteArray name() const { return u"%1, %2 %3"_s.arg(context, source, comment).toUtf8(); }
};

Message readMessage(QXmlStreamReader &xml, const QString &context)
{
    Message message{context, {}, {}, xml.attributes().value("numerus"_L1) == "yes"_L1, {}};
    while (xml.readNextStartElement()) {
        if (xml.name() == "source"_L1) {
            message.source = xml.readElementText();
        } else if (xml.name() == "comment"_L1) {
            message.comment = xml.readElementText();
        } else if (xml.name() == "translation"_L1 && message.isPlural) {
            while (xml.readNextStartElement())
                message.forms << xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            message.forms << xml.readElementText();
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

QList<Message> messagesOf(const QString &name)
{
    QFile file(QStringLiteral(LANLINE_TS_FOLDER) + u'/' + name);
    QList<Message> messages;
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1)
            context = xml.readElementText();
        else if (xml.name() == "message"_L1)
            messages << readMessage(xml, context);
    }
    return messages;
}

/// What a translation has to keep: the places of figures and names, and whether a key opens it.
QStringList kept(const QString &text)
{
    static const QRegularExpression part(u"%n|%Ln|%L?[1-9]|&(?=\\w)"_s);
    QStringList parts;
    for (const QRegularExpressionMatch &match : part.globalMatch(text))
        parts << match.captured();
    parts.sort();
    return parts;
}

QString translated(const Message &message, int n)
{
    return QCoreApplication::translate(message.context.toUtf8(), message.source.toUtf8(), message.comment.toUtf8(), n);
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chineseKeepsThePlaces_data();
    void chineseKeepsThePlaces();
    void englishReadsRight_data();
    void englishReadsRight();
    void thePartsFindTheirTranslations_data();
    void thePartsFindTheirTranslations();

    void cleanup() { QCoreApplication::removeTranslator(&m_translator); }

private:
    bool speak(const QString &name)
    {
        return m_translator.load(name, QStringLiteral(LANLINE_QM_FOLDER))
            && QCoreApplication::installTranslator(&m_translator);
    }

    QTranslator m_translator;
};

void TestTranslations::chineseKeepsThePlaces_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QStringList>("forms");
    for (const Message &message : messagesOf(u"lanline_zh_CN.ts"_s))
        QTest::newRow(message.name().constData()) << message.source << message.forms;
}

void TestTranslations::chineseKeepsThePlaces()
{
    QFETCH(QString, source);
    QFETCH(QStringList, forms);
    QCOMPARE(forms.size(), 1);
    QCOMPARE(kept(forms.constFirst()), kept(source));
}

void TestTranslations::englishReadsRight_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("two");
    QVERIFY(speak(u"lanline_en"_s));
    for (const Message &message : messagesOf(u"lanline_en.ts"_s)) {
        QTest::newRow(message.name().constData()) << translated(message, 1) << translated(message, 2);
        QCOMPARE(message.forms.size(), 2);
    }
}

void TestTranslations::englishReadsRight()
{
    QFETCH(QString, one);
    QFETCH(QString, two);
    static const QRegularExpression manyOfOne(u"\\b1 (\\w+s|people|were)\\b(?!\\.)"_s);
    static const QRegularExpression oneOfTwo(u"\\b2 (message|member|byte|day|beat|heartbeat|person|is|was)\\b"_s);
    for (const QString &text : {one, two})
        QVERIFY2(!text.contains(u"(s)"_s), qPrintable(text));
    QVERIFY2(one.contains(u'1') && !one.contains(manyOfOne), qPrintable(one));
    QVERIFY2(two.contains(u'2') && !two.contains(oneOfTwo), qPrintable(two));
}

void TestTranslations::thePartsFindTheirTranslations_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("oneByte");
    QTest::addColumn<QString>("twoBytes");
    QTest::newRow("English") << u"lanline_en"_s << u"1 byte"_s << u"2 bytes"_s;
    QTest::newRow("Chinese") << u"lanline_zh_CN"_s << u"1 字节"_s << u"2 字节"_s;
}

void TestTranslations::thePartsFindTheirTranslations()
{
    QFETCH(QString, language);
    QFETCH(QString, oneByte);
    QFETCH(QString, twoBytes);
    QVERIFY(speak(language));
    QCOMPARE(ui::bytesText(1).replace(QChar::Nbsp, u' '), oneByte);
    QCOMPARE(ui::bytesText(2).replace(QChar::Nbsp, u' '), twoBytes);
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
