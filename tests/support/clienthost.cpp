#include "tests/support/clienthost.h"

#include <QTest>

namespace lanline::client {

using namespace Qt::Literals::StringLiterals;

ClientHost::ClientHost()
{
    loseData();
    m_options.name = u"Kitchen"_s;
    connect(&m_host, &server::ServerHost::started, this, [this](const server::Listening &listening) {
        m_url = listening.url;
        m_options.port = listening.port;
    });
    connect(&m_host, &server::ServerHost::startFailed, this,
        [this](const server::StartFailure &failure) { m_failure = failure.detail; });
}

bool ClientHost::start()
{
    m_host.start(m_options);
    return QTest::qWaitFor([this] { return m_host.isRunning(); });
}

bool ClientHost::stop()
{
    m_host.stop();
    return QTest::qWaitFor([this] { return !m_host.isRunning(); });
}

void ClientHost::loseData()
{
    m_data = std::make_unique<QTemporaryDir>();
    m_options.dataDir = m_data->path();
}

} // namespace lanline::client
