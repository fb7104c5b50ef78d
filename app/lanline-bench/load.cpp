#include "load.h"

#include <QTimer>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::bench {

using std::chrono::steady_clock;

namespace {

constexpr auto patience = 10s;

} // namespace

Load::Load(qsizetype payload, QString notLive)
    : m_text(payload, u'x')
    , m_notLive(std::move(notLive))
{ }

Measured Load::measure(int inFlight, std::chrono::milliseconds time)
{
    if (!m_failure.isEmpty())
        return unexpected(m_failure);
    m_sample = {};
    m_delivered = 0;
    m_began = steady_clock::now();
    m_sendUntil = m_began + time;
    for (int i = 0; i < inFlight; ++i)
        sendMessage();
    if (!wait(time + patience))
        return unexpected(m_failure);
    return m_sample;
}

bool Load::wait(std::chrono::milliseconds patience)
{
    QTimer watchdog;
    watchdog.setSingleShot(true);
    connect(&watchdog, &QTimer::timeout, this, [this] {
        fail(m_isLive ? u"%1 of %2 messages were answered, %3 came back as events"_s.arg(m_sample.done)
                            .arg(m_sample.asked)
                            .arg(m_delivered)
                      : m_notLive);
    });
    watchdog.start(patience);
    if (m_failure.isEmpty())
        m_loop.exec();
    return m_failure.isEmpty();
}

void Load::fail(const QString &why)
{
    if (m_failure.isEmpty())
        m_failure = why;
    m_loop.quit();
}

} // namespace lanline::bench
