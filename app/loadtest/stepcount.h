#pragma once

#include "ui/loadtestcontroller.h"

#include <vector>

namespace lanline::loadtest {

/// Counts what becomes of the messages of one step. Their numbers rise from one step to the next, so that what comes
/// late is not taken for another's.
class StepCount
{
public:
    /// The first message has the number `first`. `audience`: clients to whom each of them goes.
    void begin(double offered, quint64 first, int audience);
    void onSent();
    /// Nothing more is sent: what is stored from here on comes too late to count for the rate.
    void endSending() { m_isSending = false; }
    void onStored(quint64 number, bool isInTime);
    void onDelivered(quint64 number, Histogram::Duration time);
    /// For now, whatever comes of it. Each message is counted once.
    void onRefused(quint64 number);

    /// Everything that was sent is stored and delivered to all.
    bool isComplete() const { return m_complete == m_messages.size(); }
    /// The step with rates over `time`, in which was sent.
    ui::LoadTestStep step(std::chrono::milliseconds time) const;

private:
    struct Message
    {
        quint16 delivered = 0;
        bool isStored = false;
        bool isInTime = false;
        bool isRefused = false;
    };

    Message *find(quint64 number);
    void countIfComplete(const Message &message);

    ui::LoadTestStep m_step;
    quint64 m_first = 0;
    int m_audience = 0;
    std::vector<Message> m_messages;
    size_t m_complete = 0;
    quint64 m_stored = 0; ///< while it was sent
    bool m_isSending = false;
};

} // namespace lanline::loadtest
