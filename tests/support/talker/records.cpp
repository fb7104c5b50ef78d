#include "records.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

namespace lanline::talker {

using namespace Qt::Literals::StringLiterals;

namespace {

QString nameOf(client::Phase phase)
{
    switch (phase) {
    case client::Phase::Offline:
        return u"offline"_s;
    case client::Phase::Connecting:
        return u"connecting"_s;
    case client::Phase::Joining:
        return u"joining"_s;
    case client::Phase::CatchingUp:
        return u"catching up"_s;
    case client::Phase::Online:
        return u"online"_s;
    case client::Phase::WaitingToRetry:
        return u"waiting"_s;
    }
    return {};
}

QString nameOf(client::LaneState state)
{
    switch (state) {
    case client::LaneState::Empty:
        return u"empty"_s;
    case client::LaneState::Connecting:
        return u"connecting"_s;
    case client::LaneState::Ready:
        return u"ready"_s;
    case client::LaneState::Active:
        return u"active"_s;
    }
    return {};
}

QString nameOf(client::LinkEvent::Kind kind)
{
    using Kind = client::LinkEvent::Kind;
    switch (kind) {
    case Kind::Connected:
        return u"connected"_s;
    case Kind::Lost:
        return u"lost"_s;
    case Kind::Reconnected:
        return u"reconnected"_s;
    case Kind::HeartbeatMissed:
        return u"heartbeat missed"_s;
    case Kind::FailedOver:
        return u"failed over"_s;
    case Kind::StandbyReady:
        return u"standby ready"_s;
    case Kind::StandbyLost:
        return u"standby lost"_s;
    case Kind::LaneChanged:
        return u"lane changed"_s;
    }
    return {};
}

qint64 microseconds(SteadyTime time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

} // namespace

QJsonObject record(QLatin1StringView event, SteadyTime at)
{
    return {{u"event"_s, event}, {u"us"_s, microseconds(at)}};
}

void write(const QJsonObject &record)
{
    const QByteArray line = QJsonDocument(record).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fflush(stdout);
}

QJsonObject toJson(const client::ConnectionState &state)
{
    QJsonArray lanes;
    for (const client::Lane &lane : state.lanes) {
        lanes += QJsonObject{
            {u"state"_s, nameOf(lane.state)}, {u"local"_s, lane.local.toString()}, {u"peer"_s, lane.peer.toString()}};
    }
    QJsonObject json = record("state"_L1);
    json[u"phase"_s] = nameOf(state.phase);
    json[u"problem"_s] = int(state.problem);
    json[u"detail"_s] = state.problemDetail;
    json[u"lanes"_s] = lanes;
    json[u"same_path"_s] = state.isStandbyOnSamePath;
    json[u"other_path"_s] = state.hasOtherPath;
    if (state.failover) {
        json[u"failover"_s] = QJsonObject{{u"us"_s, microseconds(state.failover->at)},
            {u"gap_ms"_s, qint64(state.failover->gap.count())}, {u"nothing_lost"_s, state.failover->isNothingLost}};
    }
    return json;
}

QJsonObject toJson(const client::LinkEvent &event)
{
    QJsonObject json = record("link"_L1, event.at);
    json[u"kind"_s] = nameOf(event.kind);
    json[u"problem"_s] = int(event.problem);
    json[u"outage_ms"_s] = qint64(event.outage.count());
    json[u"lane"_s] = event.lane;
    json[u"lane_state"_s] = nameOf(event.laneState);
    return json;
}

QJsonObject toJson(const client::RoundTrip &roundTrip)
{
    QJsonObject json = record("round trip"_L1, roundTrip.at);
    json[u"rtt_us"_s] = qint64(roundTrip.rtt.count());
    json[u"lane"_s] = roundTrip.lane;
    json[u"standby"_s] = roundTrip.isOfStandby;
    return json;
}

QJsonObject toJson(const client::Ledger &ledger)
{
    QJsonObject json = record("ledger"_L1);
    const auto add = [&json](QLatin1StringView name, quint64 count) { json[name] = qint64(count); };
    add("sent"_L1, ledger.sent);
    add("stored"_L1, ledger.stored);
    add("deduplicated"_L1, ledger.deduplicated);
    add("refused"_L1, ledger.refused);
    add("waiting"_L1, ledger.waiting);
    add("delivered"_L1, ledger.delivered);
    add("replayed"_L1, ledger.replayed);
    add("repeated"_L1, ledger.repeated);
    add("missing"_L1, ledger.missing);
    add("lost"_L1, ledger.lost());
    return json;
}

} // namespace lanline::talker
