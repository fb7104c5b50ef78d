#include "echoprobe.h"

namespace lanline::bench {

using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

constexpr auto glance = 1ms;
/// Between an answer and the next question.
constexpr auto pause = 2ms;

} // namespace

EchoProbe::EchoProbe(const Endpoint &endpoint, const Cores &cores)
    : m_endpoint(endpoint)
    , m_cores(cores)
    , m_thread([this] { run(); })
{ }

const Histogram &EchoProbe::stop()
{
    m_isOver = true;
    if (m_thread.joinable())
        m_thread.join();
    return m_waits;
}

void EchoProbe::run()
{
    pinThisThread(m_cores);
    ClientSet set(false);
    set.setWatcher(this);
    RawClient &client = set.add(m_endpoint);
    client.setWhole(true);
    SteadyTime next = steady_clock::now();
    while (!m_isOver) {
        const auto now = steady_clock::now();
        if (!client.isOpen() && !m_isConnecting) {
            m_isConnecting = true;
            set.connect(client);
        } else if (client.isOpen() && !m_isAsked && now >= next) {
            m_isAsked = true;
            m_askedAt = now;
            next = now + pause;
            set.send(client, Opcode::Binary, "?");
        }
        set.poll(now + glance);
    }
    if (m_isAsked)
        m_waits.record(duration_cast<microseconds>(steady_clock::now() - m_askedAt));
    set.setWatcher(nullptr);
}

void EchoProbe::onOpened(RawClient & /*client*/)
{
    m_isConnecting = false;
}

void EchoProbe::onMessage(RawClient & /*client*/, QByteArrayView /*message*/)
{
    m_isAsked = false;
    m_waits.record(duration_cast<microseconds>(steady_clock::now() - m_askedAt));
}

bool EchoProbe::onEnded(RawClient & /*client*/, const QString & /*why*/)
{
    m_isConnecting = false;
    m_isAsked = false;
    return true;
}

} // namespace lanline::bench
