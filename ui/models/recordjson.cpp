#include "ui/models/recordjson.h"

#include "ui/models/latencyseries.h"
#include "ui/models/threadseries.h"
#include "ui/models/traceseries.h"

#include <QJsonArray>

#include <algorithm>
#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

using namespace std::chrono_literals;
using client::Family;
using client::Hop;
using client::Leg;
using client::LinkEvent;
using client::MessageTrace;
using std::chrono::microseconds;

namespace {

// What no honest file goes beyond.
constexpr qint64 latest = microseconds(10s).count(); ///< told a little later than saved
constexpr qint64 longestAgo = microseconds(std::chrono::hours(10 * 365 * 24)).count();
constexpr qint64 longestSpan = microseconds(std::chrono::hours(24)).count();
constexpr qint64 greatestCount = qint64(1) << 53;
constexpr qsizetype mostRooms = 10'000;
constexpr qsizetype mostPeople = 40'000;
constexpr qsizetype longestText = 4'096;
constexpr qsizetype mostMarks = 8 * qsizetype(LatencySeries::markCapacity);

qint64 ago(SteadyTime now, SteadyTime at)
{
    return std::chrono::duration_cast<microseconds>(now - at).count();
}

/// Nothing is written that would not be read.
qint64 span(microseconds duration)
{
    return std::clamp<qint64>(duration.count(), 0, longestSpan);
}

/// The place of every string in a list of them.
class Names
{
public:
    int indexOf(const QString &name)
    {
        const auto found = m_places.constFind(name);
        if (found != m_places.constEnd())
            return *found;
        const int place = int(m_places.size());
        m_places.insert(name, place);
        m_list.append(name);
        return place;
    }
    QJsonArray list() const { return m_list; }

private:
    QHash<QString, int> m_places;
    QJsonArray m_list;
};

QJsonArray toJson(const MessageTrace &trace)
{
    QJsonArray legs;
    for (const Leg &leg : trace.legs) {
        legs.append(QJsonArray{int(leg.hop), int(leg.family), span(leg.duration), span(leg.stalled), span(leg.error)});
    }
    return legs;
}

QJsonObject toJson(const client::Ledger &ledger)
{
    const auto number = [](quint64 count) { return qint64(std::min(count, quint64(greatestCount))); };
    return {{u"sent"_s, number(ledger.sent)}, {u"stored"_s, number(ledger.stored)},
        {u"deduplicated"_s, number(ledger.deduplicated)}, {u"refused"_s, number(ledger.refused)},
        {u"discarded"_s, number(ledger.discarded)}, {u"waiting"_s, number(ledger.waiting)},
        {u"delivered"_s, number(ledger.delivered)}, {u"replayed"_s, number(ledger.replayed)},
        {u"repeated"_s, number(ledger.repeated)}, {u"missing"_s, number(ledger.missing)}};
}

QJsonObject toJson(const LedgerAccount &account)
{
    QJsonObject json{{u"own"_s, toJson(account.own)}, {u"asked"_s, toJson(account.asked)}};
    if (account.host) {
        json.insert(u"host"_s,
            QJsonObject{{u"stored_ever"_s, qint64(account.host->storedEver)},
                {u"duplicates_ever"_s, qint64(account.host->duplicatesEver)}, {u"lost"_s, qint64(account.host->lost)},
                {u"stored"_s, qint64(account.host->stored)}, {u"delivered"_s, qint64(account.host->delivered)},
                {u"replayed"_s, qint64(account.host->replayed)}});
    }
    return json;
}

/// Takes values out of JSON. The first that cannot be spoils all: isGood() tells.
class Reader
{
public:
    bool isGood() const { return m_isGood; }
    void refuse() { m_isGood = false; }

    qint64 number(const QJsonValue &value, qint64 least, qint64 most)
    {
        // Of something that is no whole number both are the same.
        const qint64 number = value.toInteger(least - 1);
        if (number < least || number > most) {
            refuse();
            return least;
        }
        return number;
    }
    quint64 count(const QJsonValue &value) { return quint64(number(value, 0, greatestCount)); }
    microseconds span(const QJsonValue &value) { return microseconds(number(value, 0, longestSpan)); }
    microseconds ago(const QJsonValue &value) { return microseconds(number(value, -latest, longestAgo)); }
    template <class Kind>
    Kind kind(const QJsonValue &value, Kind last)
    {
        return Kind(number(value, 0, qint64(last)));
    }
    bool flag(const QJsonValue &value) { return number(value, 0, 1) == 1; }
    QString text(const QJsonValue &value)
    {
        if (!value.isString() || value.toString().size() > longestText)
            refuse();
        return value.toString().left(longestText);
    }
    QJsonArray list(const QJsonValue &value, qsizetype most)
    {
        if (!value.isArray() || value.toArray().size() > most) {
            refuse();
            return {};
        }
        return value.toArray();
    }
    QJsonArray row(const QJsonValue &value, qsizetype fields)
    {
        QJsonArray row = list(value, fields);
        if (row.size() != fields)
            refuse();
        return row;
    }
    QJsonObject object(const QJsonValue &value)
    {
        if (!value.isObject())
            refuse();
        return value.toObject();
    }

private:
    bool m_isGood = true;
};

client::Ledger ledgerFrom(Reader &reader, const QJsonObject &json)
{
    client::Ledger ledger;
    ledger.sent = reader.count(json[u"sent"]);
    ledger.stored = reader.count(json[u"stored"]);
    ledger.deduplicated = reader.count(json[u"deduplicated"]);
    ledger.refused = reader.count(json[u"refused"]);
    ledger.discarded = reader.count(json[u"discarded"]);
    ledger.waiting = reader.count(json[u"waiting"]);
    ledger.delivered = reader.count(json[u"delivered"]);
    ledger.replayed = reader.count(json[u"replayed"]);
    ledger.repeated = reader.count(json[u"repeated"]);
    ledger.missing = reader.count(json[u"missing"]);
    return ledger;
}

LedgerAccount accountFrom(Reader &reader, const QJsonObject &json)
{
    LedgerAccount account;
    account.own = ledgerFrom(reader, reader.object(json[u"own"]));
    account.asked = ledgerFrom(reader, reader.object(json[u"asked"]));
    if (!json.contains(u"host"))
        return account;
    const QJsonObject host = reader.object(json[u"host"]);
    account.host.emplace();
    account.host->storedEver = reader.count(host[u"stored_ever"]);
    account.host->duplicatesEver = reader.count(host[u"duplicates_ever"]);
    account.host->lost = reader.count(host[u"lost"]);
    account.host->stored = reader.count(host[u"stored"]);
    account.host->delivered = reader.count(host[u"delivered"]);
    account.host->replayed = reader.count(host[u"replayed"]);
    return account;
}

/// Where in time a file's content lies.
struct Moment
{
    SteadyTime now;
    WallTime wallNow;

    SteadyTime at(microseconds ago) const { return now - ago; }
    WallTime wallAt(microseconds ago) const
    {
        return wallNow - std::chrono::duration_cast<std::chrono::milliseconds>(ago);
    }
};

void readLinks(Reader &reader, const QJsonObject &json, const Moment &moment, RecordContent &content)
{
    for (const auto &value : reader.list(json[u"round_trips"], qsizetype(LatencySeries::capacity))) {
        const QJsonArray row = reader.row(value, 3);
        const microseconds ago = reader.ago(row[0]);
        client::RoundTrip trip;
        trip.at = moment.at(ago);
        trip.wallAt = moment.wallAt(ago);
        trip.rtt = reader.span(row[1]);
        trip.lane = int(reader.number(row[2], 0, client::laneCount - 1));
        content.roundTrips.append(trip);
    }
    for (const auto &value : reader.list(json[u"events"], mostMarks)) {
        const QJsonArray row = reader.row(value, 7);
        const microseconds ago = reader.ago(row[0]);
        LinkEvent event;
        event.at = moment.at(ago);
        event.wallAt = moment.wallAt(ago);
        event.kind = reader.kind(row[1], LinkEvent::Kind::LaneChanged);
        event.problem = reader.kind(row[2], client::Problem::KeyUnusable);
        event.outage = std::chrono::milliseconds(reader.number(row[3], 0, longestAgo));
        event.replayed = reader.count(row[4]);
        event.lane = int(reader.number(row[5], 0, client::laneCount - 1));
        event.laneState = reader.kind(row[6], client::LaneState::Active);
        content.events.append(event);
    }
}

void readTraces(Reader &reader, const QJsonObject &json, const Moment &moment, RecordContent &content)
{
    const QJsonArray rooms = reader.list(json[u"rooms"], mostRooms);
    const QJsonArray people = reader.list(json[u"people"], mostPeople);
    for (const auto &value : reader.list(json[u"traces"], qsizetype(TraceSeries::capacity))) {
        const QJsonArray row = reader.row(value, 11);
        if (!reader.isGood() || rooms.isEmpty() || people.isEmpty())
            return reader.refuse();
        const QJsonArray room = reader.row(rooms[reader.number(row[0], 0, rooms.size() - 1)], 2);
        MessageTrace trace;
        trace.room = RoomId(reader.text(room[0]));
        trace.seq = reader.count(row[1]);
        trace.messageId = MessageId(QUuid::fromString(reader.text(row[2])));
        trace.author = UserId(reader.count(row[3]));
        trace.isOwn = reader.flag(row[4]);
        trace.isDetailed = reader.flag(row[5]);
        const microseconds ago = reader.ago(row[6]);
        trace.endedAt = moment.at(ago);
        trace.wallAt = moment.wallAt(ago);
        trace.roundTrip = reader.span(row[7]);
        for (const auto &leg : reader.list(row[10], 2 * client::hopCount)) {
            const QJsonArray fields = reader.row(leg, 5);
            trace.legs.append({reader.kind(fields[0], Hop::Painted), reader.kind(fields[1], Family::BackPressure),
                reader.span(fields[2]), reader.span(fields[3]), reader.span(fields[4])});
        }
        content.labels.insert(trace.messageId,
            {reader.text(people[reader.number(row[8], 0, people.size() - 1)]), reader.text(room[1]),
                reader.text(row[9])});
        content.traces.append(trace);
    }
}

void readThreads(Reader &reader, const QJsonObject &json, const Moment &moment, RecordContent &content)
{
    constexpr auto mostSamples = qsizetype(ThreadSeries::samplesPerThread) * qsizetype(allThreads.size());
    for (const auto &value : reader.list(json[u"samples"], mostSamples)) {
        const QJsonArray row = reader.row(value, 5);
        content.threads.samples.append({reader.kind(row[0], ThreadKind::Storage), moment.at(reader.ago(row[1])),
            reader.span(row[2]), quint32(reader.number(row[3], 0, 1'000)),
            quint32(reader.number(row[4], 0, std::numeric_limits<quint32>::max()))});
    }
    for (const auto &value : reader.list(json[u"stalls"], qsizetype(ThreadSeries::stallCapacity))) {
        const QJsonArray row = reader.row(value, 5);
        content.threads.stalls.append(
            {reader.kind(row[0], ThreadKind::Storage), moment.at(reader.ago(row[1])), reader.span(row[2]),
                reader.text(row[3]), quint32(reader.number(row[4], 0, std::numeric_limits<quint32>::max()))});
    }
}

void writeLinks(QJsonObject &json, const RecordContent &content)
{
    QJsonArray roundTrips;
    for (const client::RoundTrip &trip : content.roundTrips)
        roundTrips.append(QJsonArray{ago(content.now, trip.at), span(trip.rtt), trip.lane});
    QJsonArray events;
    for (const LinkEvent &event : content.events) {
        events.append(QJsonArray{ago(content.now, event.at), int(event.kind), int(event.problem),
            qint64(event.outage.count()), qint64(event.replayed), event.lane, int(event.laneState)});
    }
    json.insert(u"round_trips"_s, roundTrips);
    json.insert(u"events"_s, events);
}

void writeTraces(QJsonObject &json, const RecordContent &content)
{
    Names rooms;
    Names people;
    QJsonArray titles;
    QJsonArray traces;
    for (const MessageTrace &trace : content.traces) {
        const MessageLabel label = content.labels.value(trace.messageId);
        const int room = rooms.indexOf(trace.room.value());
        if (room == titles.size())
            titles.append(QJsonArray{trace.room.value(), label.room});
        traces.append(QJsonArray{room, qint64(trace.seq), trace.messageId.value().toString(QUuid::WithoutBraces),
            qint64(trace.author.value()), int(trace.isOwn), int(trace.isDetailed), ago(content.now, trace.endedAt),
            span(trace.roundTrip), people.indexOf(label.author), label.preview, toJson(trace)});
    }
    json.insert(u"rooms"_s, titles);
    json.insert(u"people"_s, people.list());
    json.insert(u"traces"_s, traces);
}

void writeThreads(QJsonObject &json, const RecordContent &content)
{
    QJsonArray samples;
    for (const client::ThreadSample &sample : content.threads.samples) {
        samples.append(QJsonArray{int(sample.thread), ago(content.now, sample.at), span(sample.longestLag),
            qint64(std::min<quint32>(sample.busyPermille, 1'000)), qint64(sample.queued)});
    }
    QJsonArray stalls;
    for (const client::ThreadStall &stall : content.threads.stalls) {
        stalls.append(QJsonArray{int(stall.thread), ago(content.now, stall.begin), span(stall.duration),
            stall.what.left(longestText), qint64(stall.heldUp)});
    }
    json.insert(u"samples"_s, samples);
    json.insert(u"stalls"_s, stalls);
}

} // namespace

QJsonObject toJson(const RecordContent &content)
{
    const client::ConnectionState &state = content.state;
    QJsonObject json{{u"wall_ms"_s, qint64(content.wallNow.time_since_epoch().count())},
        {u"state"_s,
            QJsonObject{{u"phase"_s, int(state.phase)}, {u"problem"_s, int(state.problem)},
                {u"server"_s, state.serverName}, {u"self"_s, state.self.name},
                {u"self_id"_s, qint64(state.self.id.value())}}},
        {u"ledger"_s, toJson(content.ledgers)}};
    writeLinks(json, content);
    writeTraces(json, content);
    writeThreads(json, content);
    return json;
}

std::optional<RecordContent> recordFromJson(const QJsonObject &json, SteadyTime now)
{
    Reader reader;
    RecordContent content;
    content.now = now;
    content.wallNow = WallTime(std::chrono::milliseconds(reader.number(json[u"wall_ms"], 0, longestAgo * 100)));
    const Moment moment{now, content.wallNow};
    const QJsonObject state = reader.object(json[u"state"]);
    content.state.phase = reader.kind(state[u"phase"], client::Phase::WaitingToRetry);
    content.state.problem = reader.kind(state[u"problem"], client::Problem::KeyUnusable);
    content.state.serverName = reader.text(state[u"server"]);
    content.state.self.name = reader.text(state[u"self"]);
    content.state.self.id = UserId(reader.count(state[u"self_id"]));
    content.ledgers = accountFrom(reader, reader.object(json[u"ledger"]));
    readLinks(reader, json, moment, content);
    readTraces(reader, json, moment, content);
    readThreads(reader, json, moment, content);
    if (!reader.isGood())
        return {};
    return content;
}

} // namespace lanline::ui
