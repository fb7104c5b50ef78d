#include "ui/delegates/links.h"

#include <QtTest>

using namespace Qt::Literals::StringLiterals;

class TestLinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("none") << u"no link, wiki.lan/a"_s << QStringList();
        QTest::newRow("one") << u"see https://wiki.lan/port-7"_s << QStringList{u"https://wiki.lan/port-7"_s};
        QTest::newRow("full stop behind") << u"http://a.lan/b."_s << QStringList{u"http://a.lan/b"_s};
        QTest::newRow("in brackets") << u"(https://a.lan/b)"_s << QStringList{u"https://a.lan/b"_s};
        QTest::newRow("brackets of its own") << u"https://a.lan/b_(c)"_s << QStringList{u"https://a.lan/b_(c)"_s};
        QTest::newRow("chinese full stop") << u"请看 https://a.lan/b。"_s << QStringList{u"https://a.lan/b"_s};
        QTest::newRow("two") << u"http://a.lan, https://b.lan!"_s << QStringList{u"http://a.lan"_s, u"https://b.lan"_s};
        QTest::newRow("script") << u"javascript:alert(1)"_s << QStringList();
        QTest::newRow("file") << u"file:///etc/passwd"_s << QStringList();
        QTest::newRow("scheme inside a word") << u"xhttp://a.lan"_s << QStringList();
        QTest::newRow("no host") << u"http:// nothing"_s << QStringList();
        QTest::newRow("markup behind") << u"<http://a.lan/b>"_s << QStringList{u"http://a.lan/b"_s};
    }
    void finds()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, found);
        QStringList links;
        for (const lanline::ui::Link &link : lanline::ui::findLinks(text)) {
            links << text.mid(link.start, link.length);
            QVERIFY(link.url.scheme() == "http"_L1 || link.url.scheme() == "https"_L1);
        }
        QCOMPARE(links, found);
    }
};

QTEST_APPLESS_MAIN(TestLinks)
#include "tst_links.moc"
