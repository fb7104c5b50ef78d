#include "ui/models/diagnosticsexport.h"

#include "ui/models/diagnosis.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

using client::Family;
using client::Hop;
using client::Leg;
using client::MessageTrace;

namespace {

// Names for programs: never translated, never changed.

constexpr std::array hopKeys{"sender"_L1, "composed"_L1, "kept"_L1, "queued"_L1, "encoded"_L1, "uplink"_L1, "routed"_L1,
    "queued_for_disk"_L1, "stored"_L1, "fanned_out"_L1, "written"_L1, "downlink"_L1, "held"_L1, "decoded"_L1,
    "shown"_L1, "painted"_L1};
static_assert(hopKeys.size() == std::size_t(client::hopCount));
constexpr std::array familyKeys{"network"_L1, "threads"_L1, "io"_L1, "back_pressure"_L1};
static_assert(familyKeys.size() == std::size_t(client::familyCount));
constexpr std::array threadKeys{"gui"_L1, "network"_L1, "server"_L1, "storage"_L1};
static_assert(threadKeys.size() == allThreads.size());

QLatin1StringView keyOf(Hop hop)
{
    return hopKeys.at(std::size_t(hop));
}

QLatin1StringView keyOf(Family family)
{
    return familyKeys.at(std::size_t(family));
}

QLatin1StringView keyOf(ThreadKind thread)
{
    return threadKeys.at(std::size_t(thread));
}

QLatin1StringView keyOf(Diagnosis::Kind kind)
{
    switch (kind) {
    case Diagnosis::Kind::NoLink:
        return "no_link"_L1;
    case Diagnosis::Kind::NotEnoughData:
        return "not_enough_data"_L1;
    case Diagnosis::Kind::Fast:
        return "fast"_L1;
    case Diagnosis::Kind::Slow:
        break;
    }
    return "slow"_L1;
}

QString utc(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

/// In quotes where it has to be. What a spreadsheet would take for a formula is made text: names are others' doing.
QString field(const QString &text)
{
    QString field = text;
    if (!field.isEmpty() && u"=+-@\t\r"_s.contains(field.front()))
        field.prepend(u'\'');
    if (!field.contains(u'"') && !field.contains(u',') && !field.contains(u'\n') && !field.contains(u'\r'))
        return field;
    return u'"' + field.replace(u'"', u"\"\""_s) + u'"';
}

std::chrono::microseconds stalledOf(const MessageTrace &trace)
{
    std::chrono::microseconds sum{};
    for (const Leg &leg : trace.legs)
        sum += leg.stalled;
    return sum;
}

QJsonObject toJson(const DeliverySummary &figures)
{
    return {{u"count"_s, qint64(figures.count)}, {u"p50_us"_s, qint64(figures.p50.count())},
        {u"p95_us"_s, qint64(figures.p95.count())}, {u"p99_us"_s, qint64(figures.p99.count())},
        {u"max_us"_s, qint64(figures.max.count())}};
}

QJsonObject toJson(const Diagnosis &diagnosis)
{
    QJsonObject shares;
    for (std::size_t i = 0; i < familyKeys.size(); ++i)
        shares.insert(familyKeys.at(i), diagnosis.shares.at(i));
    QJsonObject json{{u"kind"_s, keyOf(diagnosis.kind)}, {u"sentence"_s, diagnosis.sentence},
        {u"advice"_s, diagnosis.advice}, {u"shares"_s, shares}};
    if (diagnosis.culprit)
        json.insert(u"culprit"_s, keyOf(*diagnosis.culprit));
    if (diagnosis.hop)
        json.insert(u"hop"_s, keyOf(*diagnosis.hop));
    return json;
}

QJsonObject toJson(const MessageTrace &trace, const MessageLabel &label)
{
    QJsonArray legs;
    for (const Leg &leg : trace.legs) {
        QJsonObject entry{
            {u"hop"_s, keyOf(leg.hop)}, {u"family"_s, keyOf(leg.family)}, {u"us"_s, qint64(leg.duration.count())}};
        if (leg.stalled.count() > 0)
            entry.insert(u"stalled_us"_s, qint64(leg.stalled.count()));
        if (leg.error.count() > 0)
            entry.insert(u"error_us"_s, qint64(leg.error.count()));
        legs.append(entry);
    }
    return {{u"time"_s, utc(trace.wallAt)}, {u"room"_s, trace.room.value()}, {u"seq"_s, qint64(trace.seq)},
        {u"author"_s, label.author}, {u"own"_s, trace.isOwn}, {u"detailed"_s, trace.isDetailed},
        {u"total_us"_s, qint64(trace.total().count())}, {u"legs"_s, legs}};
}

QJsonArray roundTripsOf(const DiagnosticsRecord &record, const TimeRange &range)
{
    QJsonArray trips;
    for (const LatencySeries::Sample &sample : record.links().samples(range.to, range.length())) {
        trips.append(QJsonObject{{u"time"_s, utc(record.wallOf(sample.at))}, {u"us"_s, qint64(sample.rtt.count())},
            {u"lane"_s, sample.lane}});
    }
    return trips;
}

QJsonObject threadsOf(const DiagnosticsRecord &record, const TimeRange &range)
{
    QJsonObject threads;
    for (const ThreadKind thread : allThreads) {
        QJsonArray samples;
        for (const client::ThreadSample &sample : record.threads().samples(thread, range)) {
            samples.append(QJsonObject{{u"time"_s, utc(record.wallOf(sample.at))},
                {u"longest_lag_us"_s, qint64(sample.longestLag.count())},
                {u"busy_permille"_s, qint64(sample.busyPermille)}, {u"queued"_s, qint64(sample.queued)}});
        }
        QJsonArray stalls;
        for (const client::ThreadStall &stall : record.threads().stalls(range)) {
            if (stall.thread != thread)
                continue;
            stalls.append(
                QJsonObject{{u"time"_s, utc(record.wallOf(stall.begin))}, {u"us"_s, qint64(stall.duration.count())},
                    {u"what"_s, stall.what}, {u"held_up"_s, qint64(stall.heldUp)}});
        }
        threads.insert(keyOf(thread), QJsonObject{{u"samples"_s, samples}, {u"stalls"_s, stalls}});
    }
    return threads;
}

} // namespace

QByteArray messagesAsCsv(const DiagnosticsRecord &record, const TimeRange &range)
{
    QStringList names{u"time"_s, u"room"_s, u"seq"_s, u"author"_s, u"own"_s, u"detailed"_s, u"total_us"_s};
    for (const QLatin1StringView hop : hopKeys)
        names.append(hop + "_us"_L1);
    for (const QLatin1StringView family : familyKeys)
        names.append("family_"_L1 + family + "_us"_L1);
    names.append(u"stalled_us"_s);

    QByteArray csv = names.join(u',').toUtf8() + "\r\n";
    for (const MessageTrace &trace : record.traces().in(range)) {
        QStringList fields{utc(trace.wallAt), field(trace.room.value()), QString::number(trace.seq),
            field(record.labelOf(trace).author), trace.isOwn ? u"1"_s : u"0"_s, trace.isDetailed ? u"1"_s : u"0"_s,
            QString::number(trace.total().count())};
        // A hop that this trace does not have stays empty: that is not zero.
        std::array<QString, std::size_t(client::hopCount)> hops;
        for (const Leg &leg : trace.legs)
            hops.at(std::size_t(leg.hop)) = QString::number(leg.duration.count());
        for (const QString &hop : hops)
            fields.append(hop);
        for (const std::chrono::microseconds time : trace.families())
            fields.append(QString::number(time.count()));
        fields.append(QString::number(stalledOf(trace).count()));
        csv += fields.join(u',').toUtf8() + "\r\n";
    }
    return csv;
}

QByteArray diagnosticsAsJson(const DiagnosticsRecord &record, const TimeRange &range)
{
    const Diagnosis diagnosis = diagnose(record, range);
    QJsonArray messages;
    for (const MessageTrace &trace : record.traces().in(range))
        messages.append(toJson(trace, record.labelOf(trace)));
    const QJsonObject json{{u"from"_s, utc(record.wallOf(range.from))}, {u"to"_s, utc(record.wallOf(range.to))},
        {u"server"_s, record.state().serverName}, {u"figures"_s, toJson(diagnosis.figures)},
        {u"verdict"_s, toJson(diagnosis)}, {u"messages"_s, messages}, {u"round_trips"_s, roundTripsOf(record, range)},
        {u"threads"_s, threadsOf(record, range)}};
    return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

} // namespace lanline::ui
