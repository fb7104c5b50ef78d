#pragma once

#include "chatclients.h"
#include "sample.h"

#include <vector>

namespace lanline::bench {

/// Guests live in one room, some of whom say what fits into a window; everything is stored before it is told. All
/// count what they get; one decodes it, looks at its order, and times it.
class MemberLoad final : public ChatClients
{
public:
    MemberLoad(ClientSet &clients, const RoomId &room, qsizetype payload);

    /// At most `window` messages that are not stored, for `time`; until everybody has everything.
    Measured measure(std::chrono::milliseconds time, int window);

private:
    void say(RawClient &client);
    void onEvents(RawClient &client, QByteArrayView events) override;
    void onStored(RawClient &client, QByteArrayView stored) override;
    void look(QByteArrayView event);
    bool isComplete() const;
    quint64 delivered() const;

    QByteArray m_filler;
    std::vector<quint64> m_got; ///< events of this measuring, by the client's number
    std::vector<int> m_owed; ///< messages that a sender may say now, likewise
    quint64 m_lastSeq = 0;
    quint64 m_said = 0; ///< in this measuring
    quint64 m_stored = 0;
    Sample m_sample;
    SteadyTime m_began;
    SteadyTime m_sendUntil;
};

} // namespace lanline::bench
