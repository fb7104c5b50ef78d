#include "client/address.h"

#include <QTest>

using namespace lanline::client;

class TestAddress final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
};

void TestAddress::accepts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("ws") << "ws://10.0.0.5:4000"
                        << "ws://10.0.0.5:4000/";
    QTest::newRow("ws with a path") << "ws://10.0.0.5:4000/"
                                    << "ws://10.0.0.5:4000/";
    QTest::newRow("lanline link") << "lanline://kitchen.local:4000"
                                  << "ws://kitchen.local:4000/";
    QTest::newRow("lanline link without a port") << "lanline://kitchen"
                                                 << "ws://kitchen:47100/";
    QTest::newRow("over TLS") << "wss://kitchen.local:4000"
                              << "wss://kitchen.local:4000/";
    QTest::newRow("over TLS, without a port") << "WSS://[::1]"
                                              << "wss://[::1]:47100/";
    QTest::newRow("scheme in capitals") << "WS://Kitchen:4000"
                                        << "ws://kitchen:4000/";
    QTest::newRow("host and port") << "localhost:4000"
                                   << "ws://localhost:4000/";
    QTest::newRow("host alone") << "kitchen.local"
                                << "ws://kitchen.local:47100/";
    QTest::newRow("IPv4 alone") << "192.168.1.20"
                                << "ws://192.168.1.20:47100/";
    QTest::newRow("IPv6 with brackets and port") << "[fe80::1]:4000"
                                                 << "ws://[fe80::1]:4000/";
    QTest::newRow("IPv6 with brackets") << "[::1]"
                                        << "ws://[::1]:47100/";
    QTest::newRow("bare IPv6: no port") << "::1"
                                        << "ws://[::1]:47100/";
    QTest::newRow("blanks around") << "  localhost:4000 \n"
                                   << "ws://localhost:4000/";
    QTest::newRow("largest port") << "localhost:65535"
                                  << "ws://localhost:65535/";
}

void TestAddress::accepts()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    const auto parsed = parseServerAddress(text);
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->toString(), url);
    // What comes out goes in again.
    QCOMPARE(parseServerAddress(parsed->toString()).value(), *parsed);
}

void TestAddress::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<AddressError>("error");
    QTest::newRow("empty") << "" << AddressError::Empty;
    QTest::newRow("blanks") << "  " << AddressError::Empty;
    QTest::newRow("http") << "http://localhost:80" << AddressError::UnknownScheme;
    QTest::newRow("scheme alone") << "ws://" << AddressError::BadHost;
    QTest::newRow("port alone") << ":4000" << AddressError::BadHost;
    QTest::newRow("blank inside") << "my host:4000" << AddressError::BadHost;
    QTest::newRow("user") << "ann@localhost" << AddressError::BadHost;
    QTest::newRow("open bracket") << "[::1" << AddressError::BadHost;
    QTest::newRow("port zero") << "localhost:0" << AddressError::BadPort;
    QTest::newRow("port too large") << "localhost:65536" << AddressError::BadPort;
    QTest::newRow("no number") << "localhost:x" << AddressError::BadPort;
    QTest::newRow("nothing after the colon") << "localhost:" << AddressError::BadPort;
    QTest::newRow("negative") << "localhost:-1" << AddressError::BadPort;
}

void TestAddress::refuses()
{
    QFETCH(QString, text);
    QFETCH(AddressError, error);
    const auto parsed = parseServerAddress(text);
    QVERIFY2(!parsed, parsed ? qPrintable(parsed->toString()) : "");
    QCOMPARE(parsed.error(), error);
}

QTEST_GUILESS_MAIN(TestAddress)
#include "tst_address.moc"
