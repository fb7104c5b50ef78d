#pragma once

#include "clientset.h"
#include "core/histogram.h"
#include "cores.h"

#include <atomic>
#include <thread>

namespace lanline::bench {

/// One client in a thread of its own who asks a server for an echo again and again: how long anybody waits for an
/// answer while others keep the server busy.
class EchoProbe : private ClientWatcher
{
public:
    /// Begins at once, and connects as often as it takes. The thread stays on `cores`.
    EchoProbe(const Endpoint &endpoint, const Cores &cores);
    ~EchoProbe() override { stop(); }
    EchoProbe(const EchoProbe &) = delete;
    EchoProbe &operator=(const EchoProbe &) = delete;

    /// Ends it. All waits, with that for an answer that has not come yet.
    const Histogram &stop();

private:
    void run();
    void onOpened(RawClient &client) override;
    void onMessage(RawClient &client, QByteArrayView message) override;
    bool onEnded(RawClient &client, const QString &why) override;

    Endpoint m_endpoint;
    Cores m_cores;
    Histogram m_waits;
    SteadyTime m_askedAt; ///< of the answer that has not come yet
    bool m_isConnecting = false;
    bool m_isAsked = false;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread; ///< last: it uses the rest
};

} // namespace lanline::bench
