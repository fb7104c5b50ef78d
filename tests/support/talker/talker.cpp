#include "talker.h"

#include "records.h"

#include <QUuid>

#include <cmath>

namespace lanline::talker {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto paceOfTimer = 5ms;

RoomId lobby()
{
    return RoomId(u"lobby"_s);
}

QString textOf(const MessageId &message)
{
    return message.value().toString(QUuid::WithoutBraces);
}

} // namespace

Talker::Talker(const QString &name, client::ChatSession &session)
    : m_name(name)
    , m_session(session)
{
    using client::ChatSession;
    m_pace.setTimerType(Qt::PreciseTimer);
    m_pace.setInterval(paceOfTimer);
    connect(&m_pace, &QTimer::timeout, this, &Talker::sayWhatIsDue);

    connect(&session, &ChatSession::stateChanged, this, &Talker::onState);
    connect(&session, &ChatSession::timelineChanged, this, &Talker::onTimeline);
    connect(&session, &ChatSession::outboxChanged, this, &Talker::onOutbox);
    connect(
        &session, &ChatSession::linkEventHappened, this, [](const client::LinkEvent &event) { write(toJson(event)); });
    connect(&session, &ChatSession::roundTripMeasured, this,
        [](const client::RoundTrip &roundTrip) { write(toJson(roundTrip)); });
    // However far behind an outage leaves it, nothing is left out.
    session.follow(lobby(), 0);
}

void Talker::setRate(double perSecond)
{
    m_rate = perSecond;
    m_begin = std::chrono::steady_clock::now();
    m_saidAtRate = 0;
    if (m_rate > 0)
        m_pace.start();
    else
        m_pace.stop();
}

void Talker::drain()
{
    setRate(0);
    m_isDraining = true;
    writeDrained();
}

void Talker::sayWhatIsDue()
{
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - m_begin;
    const auto due = quint64(std::floor(passed.count() * m_rate));
    for (; m_saidAtRate < due; ++m_saidAtRate) {
        const QString text = u"%1/%2"_s.arg(m_name).arg(++m_said);
        QJsonObject json = record("said"_L1);
        const MessageId message = m_session.send(lobby(), text);
        m_unstored.insert(message);
        json[u"message_id"_s] = textOf(message);
        json[u"text"_s] = text;
        write(json);
    }
}

void Talker::writeDrained()
{
    if (m_isDraining && m_unstored.isEmpty()) {
        m_isDraining = false;
        write(record("drained"_L1));
        write(toJson(m_session.ledger()));
    }
}

void Talker::onState(const client::ConnectionState &state)
{
    QJsonObject json = toJson(state);
    const QJsonValue at = json.take("us"_L1);
    // Much of the state changes with every message.
    if (json == m_state)
        return;
    m_state = json;
    json[u"us"_s] = at;
    write(json);
}

void Talker::onTimeline(const client::TimelineUpdate &update)
{
    using Kind = client::TimelineUpdate::Kind;
    if (update.room != lobby() || !(update.kind == Kind::Reset || update.kind == Kind::Append))
        return;
    if (update.kind == Kind::Reset)
        write(record("reset"_L1));
    for (const protocol::Event &event : update.events) {
        QJsonObject json = record("delivered"_L1);
        json[u"seq"_s] = qint64(event.seq);
        json[u"message_id"_s] = textOf(event.messageId);
        json[u"author"_s] = event.author.name;
        json[u"text"_s] = event.text;
        json[u"catch_up"_s] = update.isCatchUp;
        write(json);
    }
}

void Talker::onOutbox(const QList<client::OutboxItem> &items)
{
    for (const client::OutboxItem &item : items) {
        const bool isStored = item.state == client::SendState::Stored;
        if (!isStored && item.state != client::SendState::Failed)
            continue;
        QJsonObject json = record(isStored ? "stored"_L1 : "failed"_L1);
        json[u"message_id"_s] = textOf(item.messageId);
        if (isStored) {
            json[u"seq"_s] = qint64(item.seq);
            json[u"duplicate"_s] = item.isDuplicate;
            json[u"recovered"_s] = item.wasRecovered;
        } else {
            json[u"reason"_s] = item.reason;
        }
        write(json);
        m_unstored.remove(item.messageId);
    }
    writeDrained();
}

} // namespace lanline::talker
