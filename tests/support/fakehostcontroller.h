#pragma once

#include "ui/hostcontroller.h"

namespace lanline::test {

/// Hosting without a server: remembers what it was asked, and answers when the test says so.
class FakeHostController final : public ui::HostController
{
public:
    using HostController::HostController;

    void start(const ui::HostRequest &request) override { starts.append(request); }
    void stop() override { ++stops; }
    bool isHosting() const override { return m_isHosting; }
    const ui::HostInfo &info() const override { return m_info; }

    void answerStarted(const ui::HostInfo &info)
    {
        m_isHosting = true;
        m_info = info;
        Q_EMIT started(info);
    }
    void answerFailed(const ui::HostFailure &failure) { Q_EMIT failed(failure); }
    void answerStopped()
    {
        m_isHosting = false;
        Q_EMIT stopped();
    }

    QList<ui::HostRequest> starts;
    int stops = 0;

private:
    bool m_isHosting = false;
    ui::HostInfo m_info;
};

} // namespace lanline::test
