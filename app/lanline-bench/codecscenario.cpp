#include "codecscenario.h"

#include "codecforms.h"
#include "codectexts.h"
#include "figures.h"
#include "protocol/compression.h"

#include <chrono>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using std::chrono::steady_clock;

namespace {

constexpr int batchEvents = 50;
constexpr int timedRounds = 9;
constexpr auto roundLength = std::chrono::milliseconds(60);
constexpr double goalOfJson = 0.35;

/// Chat in the lobby: a few people, a message every half minute.
QList<protocol::Event> chat()
{
    const QStringList names{
        u"Ingrid"_s, u"Hamid"_s, u"Freddie"_s, u"周晓燕"_s, u"Okafor"_s, u"孙建国"_s, u"Lindqvist"_s, u"阿杰"_s};
    constexpr qint64 begin = 1'795'000'000'000; // November 2026
    constexpr qint64 pause = 31'250;
    constexpr quint64 firstSeq = 4'711;
    QList<protocol::Event> events;
    for (const char *text : codecTexts()) {
        const auto number = events.size();
        const auto person = (number * 5 + number / 3) % names.size();
        const qint64 time = begin + number * pause;
        protocol::Event event;
        event.seq = firstSeq + quint64(number);
        event.messageId = makeMessageId(time);
        event.author = {UserId(quint64(person) + 3), names[person], person == 2, quint8(person * 31 + 7)};
        event.storedAt = WallTime(std::chrono::milliseconds(time + 4));
        event.text = QString::fromUtf8(text);
        events.append(event);
    }
    return events;
}

protocol::Events frameOf(const QList<protocol::Event> &events, bool isPage)
{
    protocol::Events frame;
    frame.room = RoomId(u"lobby"_s);
    frame.events = events;
    if (isPage) {
        frame.requestId = 3;
        frame.live = true;
        frame.headSeq = events.constLast().seq;
    }
    return frame;
}

QList<protocol::Events> singles()
{
    QList<protocol::Events> frames;
    for (const protocol::Event &event : chat())
        frames.append(frameOf({event}, false));
    return frames;
}

QList<protocol::Events> batches()
{
    const QList<protocol::Event> all = chat();
    QList<protocol::Events> frames;
    for (qsizetype first = 0; first + batchEvents <= all.size(); first += 2)
        frames.append(frameOf(all.mid(first, batchEvents), true));
    return frames;
}

/// Nanoseconds per message: the median of the rounds.
template <class Work>
double timed(qsizetype messages, const Work &work)
{
    QList<double> rounds;
    for (int round = 0; round < timedRounds; ++round) {
        const auto begin = steady_clock::now();
        auto end = begin;
        qint64 passes = 0;
        do {
            work();
            ++passes;
            end = steady_clock::now();
        } while (end - begin < roundLength);
        rounds.append(double((end - begin) / std::chrono::nanoseconds(1)) / double(passes * messages));
    }
    return median(rounds);
}

struct Cost
{
    double bytes = 0; ///< per message, as the rest
    double encodeNs = 0;
    double decodeNs = 0;
};

/// The error is a sentence.
Result<Cost, QString> costOf(Form &form, const QList<protocol::Events> &frames)
{
    QList<QByteArray> encoded;
    qsizetype messages = 0;
    qsizetype bytes = 0;
    for (const protocol::Events &frame : frames) {
        encoded.append(form.encode(frame));
        if (form.decode(encoded.constLast()) != frame)
            return unexpected(u"%1 does not give back what it was given"_s.arg(form.name()));
        messages += frame.events.size();
        bytes += encoded.constLast().size();
    }
    Cost cost;
    cost.bytes = double(bytes) / double(messages);
    cost.encodeNs = timed(messages, [&] {
        for (const protocol::Events &frame : frames)
            form.encode(frame);
    });
    cost.decodeNs = timed(messages, [&] {
        for (const QByteArray &frame : encoded)
            form.decode(frame);
    });
    return cost;
}

/// Bytes of the SENDs that brought these messages, each way the protocol knows.
Table sendTable()
{
    const auto supported = protocol::supportedCompressions();
    const auto methods = QList<std::pair<QString, protocol::Compression>>{{u"Protobuf"_s, {}},
        {u"Protobuf + gzip"_s, supported.constLast()}, {u"Protobuf + zstd + dictionary"_s, supported.constFirst()}};
    const QList<protocol::Event> events = chat();
    const auto meanBytes = [&events](auto encode) {
        qsizetype bytes = 0;
        for (const protocol::Event &event : events)
            bytes += encode(protocol::Send{RoomId(u"lobby"_s), event.messageId, event.text}).size();
        return double(bytes) / double(events.size());
    };
    const double json =
        meanBytes([](const protocol::Send &send) { return protocol::encode(protocol::Encoding::Json, send); });
    Table table{{u"SEND"_s, u"bytes"_s, u"of JSON"_s}, {{u"JSON"_s, number(json, 1), number(1, 3)}}};
    protocol::Compressor compressor;
    for (const auto &[name, compression] : methods) {
        const double bytes = meanBytes([&compressor, as = compression](const protocol::Send &send) {
            const QByteArray plain = protocol::encode(protocol::Encoding::Protobuf, send);
            const bool isPacked = as.method != protocol::CompressionMethod::None;
            return isPacked ? compressor.pack(as, plain) : plain;
        });
        table.rows.append({name, number(bytes, 1), number(bytes / json, 3)});
    }
    return table;
}

} // namespace

Result<Report, QString> runCodec(const Options &options)
{
    Report report;
    report.scenario = u"codec"_s;
    report.machine = describeMachine(options.dataDir);
    qsizetype textBytes = 0;
    for (const char *text : codecTexts())
        textBytes += qsizetype(qstrlen(text));
    report.conditions = {
        u"%1 texts, English and Chinese, %2 bytes each on average; the dictionary was trained with others."_s
            .arg(codecTexts().size())
            .arg(number(double(textBytes) / double(codecTexts().size()), 1)),
        u"Bytes and nanoseconds are per message; times are medians of %1 rounds, from and to the same values."_s.arg(
            timedRounds)};

    double shareOfJson = 0;
    const auto sizes = {std::pair{u"single"_s, singles()}, std::pair{u"batch_of_50"_s, batches()}};
    for (const auto &[size, frames] : sizes) {
        const bool isSingle = frames.constFirst().events.size() == 1;
        Table table{{isSingle ? u"EVENTS with one message"_s : u"EVENTS with 50 messages"_s, u"bytes"_s, u"of JSON"_s,
                        u"encode ns"_s, u"decode ns"_s},
            {}};
        QJsonObject figures;
        double jsonBytes = 0;
        for (const auto &form : codecForms()) {
            const auto cost = costOf(*form, frames);
            if (!cost)
                return unexpected(cost.error());
            if (jsonBytes == 0)
                jsonBytes = cost->bytes;
            const double share = cost->bytes / jsonBytes;
            if (isSingle && form->key() == u"protobuf_zstd"_s)
                shareOfJson = share;
            table.rows.append({form->name(), number(cost->bytes, 1), number(share, 3), number(cost->encodeNs),
                number(cost->decodeNs)});
            figures.insert(form->key(),
                QJsonObject{{u"bytes"_s, cost->bytes}, {u"of_json"_s, share}, {u"encode_ns"_s, cost->encodeNs},
                    {u"decode_ns"_s, cost->decodeNs}});
        }
        report.tables.append(table);
        report.figures.insert(size, figures);
    }
    report.tables.append(sendTable());
    report.goals = {{u"message_of_json"_s, u"One chat message, zstd with the dictionary, of the bytes of its JSON"_s,
        shareOfJson, Goal::Kind::AtMost, goalOfJson, {}}};
    report.settings = {{u"texts"_s, qint64(codecTexts().size())}, {u"rounds"_s, timedRounds}};
    return report;
}

} // namespace lanline::bench
