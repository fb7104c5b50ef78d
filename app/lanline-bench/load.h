#pragma once

#include "client/values.h"
#include "core/result.h"
#include "sample.h"

#include <QEventLoop>
#include <QObject>

#include <chrono>

namespace lanline::bench {

/// One sender in one room, who keeps a number of messages unanswered; what it sends through is its subclass's business.
class Load : public QObject
{
    Q_OBJECT

public:
    /// Keeps `inFlight` messages unanswered for `time`, then waits for the last answer and the last event.
    Measured measure(int inFlight, std::chrono::milliseconds time);

protected:
    /// `payload`: bytes of text per message. `notLive`: why there is nothing to measure, a sentence.
    Load(qsizetype payload, QString notLive);

    virtual void sendMessage() = 0;
    /// Ends what waits; the first reason counts.
    void fail(const QString &why);
    /// Until m_loop is quit. False once it has failed.
    bool wait(std::chrono::milliseconds patience);

    QString m_text;
    QEventLoop m_loop;
    QString m_failure; ///< empty as long as all is well
    RoomId m_room;
    bool m_isLive = false;

    // One measuring
    Sample m_sample;
    SteadyTime m_began;
    SteadyTime m_sendUntil;
    quint64 m_delivered = 0;
    quint64 m_lastSeq = 0; ///< of the newest event that was told

private:
    QString m_notLive;
};

} // namespace lanline::bench
