#pragma once

#include "client/chatsession.h"

#include <QJsonObject>
#include <QSet>
#include <QTimer>

namespace lanline::talker {

/// Says numbered lines in the lobby at a steady rate, through the outbox, and writes down what it says, what becomes of
/// it, what it is told, and every change of its links.
class Talker final : public QObject
{
    Q_OBJECT

public:
    Talker(const QString &name, client::ChatSession &session);

    /// Lines a second, from now on; 0: it only listens. After a stall it makes up for what it has not said.
    void setRate(double perSecond);
    /// Says no more, and writes `drained` once all that was said is stored.
    void drain();

private:
    void sayWhatIsDue();
    void writeDrained();
    void onState(const client::ConnectionState &state);
    void onTimeline(const client::TimelineUpdate &update);
    void onOutbox(const QList<client::OutboxItem> &items);

    QString m_name;
    client::ChatSession &m_session;
    QTimer m_pace;
    double m_rate = 0; ///< lines a second
    SteadyTime m_begin; ///< of this rate
    quint64 m_saidAtRate = 0;
    quint64 m_said = 0;
    QSet<MessageId> m_unstored;
    bool m_isDraining = false;
    QJsonObject m_state; ///< last written, without its time
};

} // namespace lanline::talker
