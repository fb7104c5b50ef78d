#include "server/serverhost.h"

#include "server/serverworker.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

ServerHost::ServerHost(QObject *parent)
    : QObject(parent)
    , m_thread(u"server"_s)
{
    connect(&m_thread.signalSource(), &QThread::finished, this, &ServerHost::onThreadFinished);
}

ServerHost::~ServerHost()
{
    disconnect(&m_thread.signalSource(), nullptr, this, nullptr);
    Q_EMIT stopRequested();
    m_thread.wait();
}

void ServerHost::start(const ServerOptions &options)
{
    if (m_thread.isRunning())
        return;
    m_failure.reset();
    auto *worker = new ServerWorker(options);
    connect(&m_thread.signalSource(), &QThread::started, worker, &ServerWorker::start);
    connect(this, &ServerHost::stopRequested, worker, &ServerWorker::stop);
    connect(this, &ServerHost::killRequested, worker, &ServerWorker::kill);
    connect(this, &ServerHost::faultRequested, worker, &ServerWorker::setFault);
    connect(worker, &ServerWorker::started, this, [this](const Crossing<Listening> &listening) {
        m_running = true;
        Q_EMIT started(*listening);
    });
    connect(worker, &ServerWorker::startFailed, this,
        [this](const Crossing<StartFailure> &failure) { m_failure = *failure; });
    connect(worker, &ServerWorker::statusChanged, this,
        [this](const Crossing<ServerStatus> &status) { Q_EMIT statusChanged(*status); });
    m_thread.start(worker);
}

void ServerHost::stop()
{
    if (m_thread.isRunning())
        Q_EMIT stopRequested();
    else
        Q_EMIT stopped();
}

void ServerHost::kill()
{
    if (m_thread.isRunning())
        Q_EMIT killRequested();
    else
        Q_EMIT stopped();
}

void ServerHost::setFault(const Fault &fault)
{
    if (m_running)
        Q_EMIT faultRequested(fault);
}

void ServerHost::onThreadFinished()
{
    // The signal comes from the thread's last moments; what it held is only given back when it is over.
    m_thread.wait();
    m_running = false;
    if (const auto failure = std::exchange(m_failure, std::nullopt))
        Q_EMIT startFailed(*failure);
    else
        Q_EMIT stopped();
}

} // namespace lanline::server
