#include "client/chatsession.h"
#include "ui/heartbeatpace.h"

#include <QTest>
#include <QThread>

using namespace std::chrono_literals;
using lanline::ui::HeartbeatPace;

namespace {

constexpr auto shortWhile = 30ms;
constexpr auto longWhile = 1h;

} // namespace

class TestHeartbeatPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_network.start(); }
    void cleanupTestCase()
    {
        m_network.quit();
        m_network.wait();
    }
    void init() { m_session = std::make_unique<lanline::client::ChatSession>(lanline::client::Identity{}, &m_network); }

    void cleanup() { m_session.reset(); } // waits for the network thread

    void measuresWhileTheDiagnosticsAreOpen()
    {
        HeartbeatPace pace(*m_session, longWhile);
        QWidget window;
        QWidget diagnostics;
        pace.watchWindow(window);
        pace.watchDiagnostics(diagnostics);
        window.show();
        QCOMPARE(pace.interval(), HeartbeatPace::usual);
        diagnostics.show();
        QTRY_COMPARE(pace.interval(), HeartbeatPace::measuring);
        window.hide();
        QTest::qWait(0);
        QCOMPARE(pace.interval(), HeartbeatPace::measuring);
        diagnostics.hide();
        QTRY_COMPARE(pace.interval(), HeartbeatPace::usual);
    }

    void restsWhenAllWindowsAreOutOfSight()
    {
        HeartbeatPace pace(*m_session, shortWhile);
        QWidget window;
        auto another = std::make_unique<QWidget>();
        QWidget diagnostics;
        pace.watchWindow(window);
        pace.watchWindow(*another);
        pace.watchDiagnostics(diagnostics);
        window.show();
        another->show();
        diagnostics.show();
        QTRY_COMPARE(pace.interval(), HeartbeatPace::measuring);
        diagnostics.hide();
        window.hide();
        QTRY_COMPARE(pace.interval(), HeartbeatPace::usual);
        another.reset(); // closed for good
        QTRY_COMPARE(pace.interval(), HeartbeatPace::resting);
        window.show();
        QTRY_COMPARE(pace.interval(), HeartbeatPace::usual);
        window.showMinimized();
        QTRY_COMPARE(pace.interval(), HeartbeatPace::resting);
        diagnostics.show();
        QTRY_COMPARE(pace.interval(), HeartbeatPace::measuring);
    }

    void waitsBeforeItRests()
    {
        HeartbeatPace pace(*m_session, longWhile);
        QWidget window;
        pace.watchWindow(window);
        window.show();
        window.hide();
        QTest::qWait(0);
        QCOMPARE(pace.interval(), HeartbeatPace::usual);
    }

private:
    QThread m_network;
    std::unique_ptr<lanline::client::ChatSession> m_session;
};

QTEST_MAIN(TestHeartbeatPace)
#include "tst_heartbeatpace.moc"
