#include "core/timing.h"

#include <QTimer>

namespace lanline {

namespace {

class SystemTimer final : public Timer
{
public:
    explicit SystemTimer(std::function<void()> onTimeout)
        : m_onTimeout(std::make_shared<std::function<void()>>(std::move(onTimeout)))
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            // The callback may destroy its timer, and must outlive that itself.
            const auto callback = m_onTimeout;
            (*callback)();
        });
    }

    void start(std::chrono::milliseconds delay) override { m_timer.start(delay); }
    void stop() override { m_timer.stop(); }
    bool isActive() const override { return m_timer.isActive(); }

private:
    std::shared_ptr<std::function<void()>> m_onTimeout;
    QTimer m_timer;
};

} // namespace

SteadyTime SystemTime::now() const
{
    return std::chrono::steady_clock::now();
}

WallTime SystemTime::wallNow() const
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::unique_ptr<Timer> SystemTime::makeTimer(std::function<void()> onTimeout)
{
    return std::make_unique<SystemTimer>(std::move(onTimeout));
}

} // namespace lanline
