#include "server/debug/cpuprofile.h"
#include "server/debug/debugendpoints.h"
#include "server/debug/flamegraph.h"
#include "server/debug/symboltable.h"

#include <QFile>
#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QXmlStreamReader>

#include <atomic>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::server;

/// A function that no other file could see, to be found in stacks and tables.
static Q_NEVER_INLINE void standHereUntilTold(QSemaphore &here, QSemaphore &told)
{
    here.release();
    told.acquire();
    asm volatile(""); // so that it is on the stack while it waits, and not left by a jump
}

namespace {

quint64 addressOfOurFunction()
{
    return quint64(reinterpret_cast<quintptr>(&standHereUntilTold)) + 4;
}

QByteArray profileBytes(const QList<QList<quint64>> &records)
{
    QByteArray bytes;
    for (const QList<quint64> &words : records) {
        for (const quint64 word : words) {
            const auto own = quintptr(word);
            bytes.append(reinterpret_cast<const char *>(&own), sizeof(own));
        }
    }
    return bytes;
}

QByteArray exampleProfile()
{
    const quint64 ours = addressOfOurFunction();
    return profileBytes({{0, 3, 0, 10'000, 0}, {7, 2, ours, ours}, {1, 1, 0x10}, {0, 1, 0}}) + "maps";
}

class FakeProfiler final : public Profiler
{
public:
    bool startCpu(const QByteArray &file) override
    {
        m_file = file;
        if (isSlow)
            mayGoOn.acquire();
        if (!canWrite)
            return false;
        ++running;
        return true;
    }
    void stopCpu() override
    {
        QFile file(QString::fromLocal8Bit(m_file));
        if (file.open(QIODevice::WriteOnly))
            file.write(exampleProfile());
        permissions = file.permissions();
        --running;
        ++taken;
    }
    Result<QByteArray, QByteArray> heap() override
    {
        return isSampling ? Result<QByteArray, QByteArray>("heap profile: ...")
                          : unexpected(QByteArray("Not sampled."));
    }

    std::atomic<int> running{0};
    std::atomic<int> taken{0};
    std::atomic<QFile::Permissions::Int> permissions{0};
    QSemaphore mayGoOn;
    bool isSlow = false;
    bool canWrite = true;
    bool isSampling = true;

private:
    QByteArray m_file;
};

class Asker final : public HttpAsker
{
public:
    void answer(const HttpResponse &response) override { answers.append(response); }
    QList<HttpResponse> answers;
};

} // namespace

class tst_DebugEndpoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void pageLeadsToAllOthers();
    void profileIsWhatTheProfilerWrote();
    void secondProfileMeanwhileIsAConflict();
    void whoGoesEndsItsProfile();
    void whatNobodyWaitsForIsBounded();
    void profileThatCannotBeWrittenIsTold();
    void secondsAreBounded_data();
    void secondsAreBounded();
    void endOfTheServerEndsAProfile();
    void flameGraphIsAPictureWithNames();
    void flameGraphOfNothingIsAPictureToo();
    void heapIsToldOrWhyNot();
    void programWithoutProfilerSaysSo();
    void threadsAreToldWithNamesAndStacks();
    void addressesGetNames();
    void addressesThatAreNoneAreRefused();
    void commandLineIsTold();
    void whatGooglePprofMakesOfAUrlIsUnderstood_data();
    void whatGooglePprofMakesOfAUrlIsUnderstood();
    void cutProfileIsNone();

private:
    std::shared_ptr<Asker> ask(const QByteArray &target, const QByteArray &body = {}, const QByteArray &method = "GET");
    HttpResponse answerTo(const QByteArray &target, const QByteArray &body = {}, const QByteArray &method = "GET");

    std::shared_ptr<FakeProfiler> m_profiler;
    std::unique_ptr<DebugEndpoints> m_endpoints;
};

void tst_DebugEndpoints::init()
{
    m_profiler = std::make_shared<FakeProfiler>();
    m_endpoints = std::make_unique<DebugEndpoints>(m_profiler);
}

void tst_DebugEndpoints::cleanup()
{
    m_endpoints.reset();
}

std::shared_ptr<Asker> tst_DebugEndpoints::ask(
    const QByteArray &target, const QByteArray &body, const QByteArray &method)
{
    const QByteArray line = method + " /debug/pprof" + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const HttpRequest request{*RequestHead::parse(line), body, QHostAddress(QHostAddress::LocalHost)};
    auto asker = std::make_shared<Asker>();
    m_endpoints->serve(request, HttpReply(asker));
    return asker;
}

HttpResponse tst_DebugEndpoints::answerTo(const QByteArray &target, const QByteArray &body, const QByteArray &method)
{
    const auto asker = ask(target, body, method);
    return QTest::qWaitFor([&asker] { return !asker->answers.isEmpty(); }, 10'000) ? asker->answers.first()
                                                                                   : HttpResponse{0, "no answer"};
}

void tst_DebugEndpoints::pageLeadsToAllOthers()
{
    for (const QByteArray &target : {QByteArray("/"), QByteArray()}) {
        const HttpResponse page = answerTo(target);
        QCOMPARE(page.status, 200);
        for (const char *name : {"flamegraph", "threads", "profile", "heap", "symbol", "cmdline"})
            QVERIFY(page.body.contains("href=\"/debug/pprof/" + QByteArray(name)));
    }
    QCOMPARE(answerTo("/nothing").status, 404);
}

void tst_DebugEndpoints::profileIsWhatTheProfilerWrote()
{
    const HttpResponse profile = answerTo("/profile?seconds=1");
    QCOMPARE(profile.status, 200);
    QCOMPARE(profile.body, exampleProfile());
    QCOMPARE(m_profiler->running, 0);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFile::Permissions(m_profiler->permissions.load()) & others, QFile::Permissions());
}

void tst_DebugEndpoints::secondProfileMeanwhileIsAConflict()
{
    const auto first = ask("/profile?seconds=1");
    QCOMPARE(answerTo("/profile?seconds=1").status, 409);
    QCOMPARE(answerTo("/flamegraph?seconds=1").status, 409);
    QTRY_COMPARE(first->answers.size(), 1);
    QCOMPARE(first->answers.first().status, 200);
    QCOMPARE(m_profiler->taken, 1);
}

void tst_DebugEndpoints::whoGoesEndsItsProfile()
{
    auto first = ask("/profile?seconds=60");
    QTRY_COMPARE(m_profiler->running, 1);
    const auto other = ask("/profile?seconds=60"); // refused, and going does not end what is not its own
    QTRY_COMPARE(other->answers.size(), 1);
    first->onGone();
    first.reset();
    QTRY_COMPARE(m_profiler->running, 0);
    QCOMPARE(answerTo("/profile?seconds=1").status, 200);
}

void tst_DebugEndpoints::whatNobodyWaitsForIsBounded()
{
    m_profiler->isSlow = true;
    for (int i = 0; i < DebugEndpoints::mostTasks; ++i) {
        const auto impatient = ask(i == 0 ? "/profile?seconds=60" : "/symbol", i == 0 ? "" : "0x1");
        QVERIFY(impatient->answers.isEmpty());
        impatient->onGone();
    }
    const auto oneTooMany = ask("/symbol", "0x1");
    QCOMPARE(oneTooMany->answers.size(), 1);
    QCOMPARE(oneTooMany->answers.first().status, 503);
    m_profiler->mayGoOn.release();
    QTRY_COMPARE(answerTo("/symbol", "0x1").status, 200);
    QCOMPARE(m_profiler->running, 0);
}

void tst_DebugEndpoints::profileThatCannotBeWrittenIsTold()
{
    m_profiler->canWrite = false;
    QCOMPARE(answerTo("/profile?seconds=1").status, 500);
    QCOMPARE(answerTo("/profile?seconds=1").status, 500);
}

void tst_DebugEndpoints::secondsAreBounded_data()
{
    QTest::addColumn<QByteArray>("seconds");
    for (const char *seconds : {"0", "-1", "61", "1.5", "x", "99999999999999999999"})
        QTest::newRow(seconds) << QByteArray(seconds);
}

void tst_DebugEndpoints::secondsAreBounded()
{
    QFETCH(QByteArray, seconds);
    QCOMPARE(answerTo("/profile?seconds=" + seconds).status, 400);
    QCOMPARE(answerTo("/flamegraph?seconds=" + seconds).status, 400);
    QCOMPARE(answerTo("/profile?seconds=2", {}, "HEAD").status, 405);
    QCOMPARE(m_profiler->running, 0);
}

void tst_DebugEndpoints::endOfTheServerEndsAProfile()
{
    const auto asker = ask("/profile?seconds=60");
    QTRY_COMPARE(m_profiler->running, 1);
    m_endpoints.reset();
    QCOMPARE(m_profiler->running, 0);
    QVERIFY(asker->answers.isEmpty());
}

void tst_DebugEndpoints::flameGraphIsAPictureWithNames()
{
    const HttpResponse picture = answerTo("/flamegraph?seconds=1");
    QCOMPARE(picture.status, 200);
    QCOMPARE(picture.contentType, "image/svg+xml");
    QXmlStreamReader xml(picture.body);
    QStringList titles;
    while (!xml.atEnd()) {
        if (xml.readNextStartElement() && xml.name() == u"title")
            titles.append(xml.readElementText().section(u'\n', 0, 0));
    }
    QVERIFY2(
        !xml.hasError() || xml.error() == QXmlStreamReader::PrematureEndOfDocumentError, qPrintable(xml.errorString()));
    const QString ours = u"standHereUntilTold(QSemaphore&, QSemaphore&)"_s;
    QCOMPARE(titles, (QStringList{u"all"_s, u"0x10"_s, ours, ours})); // it is called by itself there
}

void tst_DebugEndpoints::flameGraphOfNothingIsAPictureToo()
{
    const QByteArray svg = drawFlameGraph({}, "<Nothing> & more", [](quint64) { return QByteArray(); });
    QVERIFY(svg.contains("&lt;Nothing&gt; &amp; more"));
    QVERIFY(svg.endsWith("</svg>\n"));
    QVERIFY(!svg.contains("nan") && !svg.contains("inf"));
}

void tst_DebugEndpoints::heapIsToldOrWhyNot()
{
    QCOMPARE(answerTo("/heap").body, "heap profile: ...");
    m_profiler->isSampling = false;
    const HttpResponse none = answerTo("/heap");
    QCOMPARE(none.status, 501);
    QCOMPARE(none.body, "Not sampled.\n");
}

void tst_DebugEndpoints::programWithoutProfilerSaysSo()
{
    m_endpoints = std::make_unique<DebugEndpoints>(nullptr);
    QCOMPARE(answerTo("/profile?seconds=1").status, 501);
    QCOMPARE(answerTo("/flamegraph?seconds=1").status, 501);
    QCOMPARE(answerTo("/heap").status, 501);
    QCOMPARE(answerTo("/threads").status, 200);
}

void tst_DebugEndpoints::threadsAreToldWithNamesAndStacks()
{
    QSemaphore here;
    QSemaphore told;
    const std::unique_ptr<QThread> thread(QThread::create([&] { standHereUntilTold(here, told); }));
    thread->setObjectName(u"patient one"_s);
    thread->start();
    here.acquire();
    const QByteArray threads = answerTo("/threads").body;
    told.release();
    QVERIFY(thread->wait());

    QVERIFY(threads.startsWith("--- threadz 1 ---\n"));
    const qsizetype at = threads.indexOf("(name: patient one/");
    QVERIFY2(at > 0, threads.constData());
    const QByteArray stack = threads.sliced(at, threads.indexOf("\n\n", at) - at);
    QVERIFY2(stack.contains("  standHereUntilTold("), stack.constData());
    // The handler's own frames are left out.
    QVERIFY2(!stack.contains("onSignal"), stack.constData());
    QVERIFY(threads.contains("/" + QByteArray::number(::getpid()) + ") stack: ---\n")); // the main thread
    QVERIFY(threads.contains("(name: debug/"));
    QVERIFY(threads.contains("--- Memory map: ---\n"));
}

void tst_DebugEndpoints::addressesGetNames()
{
    const QByteArray ours = "0x" + QByteArray::number(addressOfOurFunction(), 16);
    const QByteArray theirs = "0x" + QByteArray::number(quint64(reinterpret_cast<quintptr>(&::getpid)), 16);
    const HttpResponse names = answerTo("/symbol", ours + "+0x10+" + theirs, "POST");
    QCOMPARE(names.status, 200);
    QVERIFY2(names.body.contains(ours + "\tstandHereUntilTold(QSemaphore&, QSemaphore&)\n"), names.body.constData());
    QVERIFY2(names.body.contains("getpid"), names.body.constData());
    QVERIFY(!names.body.contains("0x10\t"));
    QCOMPARE(answerTo("/symbol").body, "num_symbols: 1\n");
    QVERIFY(SymbolTable().nameOf(0).isEmpty());
    QVERIFY(SymbolTable().nameOf(~quint64(0)).isEmpty());
}

void tst_DebugEndpoints::addressesThatAreNoneAreRefused()
{
    QCOMPARE(answerTo("/symbol", "0x1+main", "POST").status, 400);
    QCOMPARE(answerTo("/symbol", "+", "POST").status, 400);
    QCOMPARE(answerTo("/symbol", "0x11112222333344445", "POST").status, 400);
    const QByteArray ours = "0x" + QByteArray::number(addressOfOurFunction(), 16) + '+';
    QCOMPARE(answerTo("/symbol", ours.repeated(1024 * 1024 / ours.size()).chopped(1), "POST").status, 200);
    QCOMPARE(answerTo("/symbol", ours.repeated(8 * 1024 * 1024 / ours.size()).chopped(1), "POST").status, 413);
}

void tst_DebugEndpoints::commandLineIsTold()
{
    const QByteArray words = answerTo("/cmdline").body;
    QVERIFY(words.split('\0').first().trimmed().endsWith("tst_debugendpoints"));
}

void tst_DebugEndpoints::whatGooglePprofMakesOfAUrlIsUnderstood_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("its own way") << QByteArray("/symbol") << QByteArray("num_symbols: 1\n");
    QTest::newRow("symbols") << QByteArray("/profile?seconds=1/pprof/symbol") << QByteArray("num_symbols: 1\n");
    QTest::newRow("profile") << QByteArray("/profile?seconds=1/pprof/profile?seconds=30") << exampleProfile();
}

void tst_DebugEndpoints::whatGooglePprofMakesOfAUrlIsUnderstood()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    QCOMPARE(answerTo(target).body, body);
}

void tst_DebugEndpoints::cutProfileIsNone()
{
    const QByteArray whole = exampleProfile();
    const auto profile = CpuProfile::parse(whole);
    QVERIFY(profile);
    QCOMPARE(profile->stacks.size(), 2u);
    QCOMPARE(profile->stacks.front().samples, 7u);
    QCOMPARE(profile->stacks.front().addresses.size(), 2u);
    const qsizetype complete = whole.size() - qsizetype(strlen("maps"));
    for (qsizetype length = 0; length < complete; ++length)
        QVERIFY(!CpuProfile::parse(whole.first(length)));
    const quint64 most = ~quint64(0);
    QVERIFY(!CpuProfile::parse(profileBytes({{0, 3, 0, 10'000, 0}, {1, most, 1, 1}})));
    QVERIFY(!CpuProfile::parse(profileBytes({{0, 3, 1, 10'000, 0}, {0, 1, 0}}))); // another version
}

QTEST_GUILESS_MAIN(tst_DebugEndpoints)
#include "tst_debugendpoints.moc"
