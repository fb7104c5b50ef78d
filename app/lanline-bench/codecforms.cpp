#include "codecforms.h"

#include "protocol/compression.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using protocol::Compression;
using protocol::Encoding;

namespace {

constexpr qint64 mostBytes = 1024 * 1024;

/// The two encodings of the protocol, compressed or not. (In the protocol JSON never is.)
class OurForm final : public Form
{
public:
    OurForm(Encoding encoding, Compression compression, const QString &name, const QString &key)
        : m_encoding(encoding)
        , m_compression(compression)
        , m_name(name)
        , m_key(key)
    { }

    QString name() const override { return m_name; }
    QString key() const override { return m_key; }

    QByteArray encode(const protocol::Events &events) override
    {
        const QByteArray plain = protocol::encode(m_encoding, protocol::ServerMessage(events));
        return isPacked() ? m_compressor.pack(m_compression, plain) : plain;
    }

    protocol::Events decode(const QByteArray &bytes) override
    {
        const auto plain = isPacked() ? m_decompressor.unpack(m_compression, bytes, mostBytes)
                                      : Result<QByteArrayView, protocol::DecodeError>(bytes);
        const auto message =
            plain.and_then([this](QByteArrayView frame) { return protocol::decodeMessage(m_encoding, frame, {}); });
        return message ? std::get<protocol::Events>(*message) : protocol::Events();
    }

private:
    bool isPacked() const { return m_compression.method != protocol::CompressionMethod::None; }

    Encoding m_encoding;
    Compression m_compression;
    QString m_name;
    QString m_key;
    protocol::Compressor m_compressor;
    protocol::Decompressor m_decompressor;
};

/// The names of the JSON, ids as bytes, defaults left out.
class CborForm final : public Form
{
public:
    QString name() const override { return u"CBOR"_s; }
    QString key() const override { return u"cbor"_s; }

    QByteArray encode(const protocol::Events &events) override
    {
        QCborArray list;
        for (const protocol::Event &event : events.events) {
            QCborMap author{{u"id"_s, qint64(event.author.id.value())}, {u"name"_s, event.author.name},
                {u"hue"_s, int(event.author.hue)}};
            if (event.author.isGuest)
                author.insert(u"is_guest"_s, true);
            list.append(QCborMap{{u"seq"_s, qint64(event.seq)}, {u"message_id"_s, event.messageId.value().toRfc4122()},
                {u"author"_s, author}, {u"stored_ms"_s, qint64(event.storedAt.time_since_epoch().count())},
                {u"text"_s, event.text}});
        }
        QCborMap frame{{u"type"_s, u"EVENTS"_s}, {u"room"_s, events.room.value()}, {u"events"_s, list}};
        if (events.requestId > 0)
            frame.insert(u"request_id"_s, qint64(events.requestId));
        if (events.live)
            frame.insert(u"live"_s, true);
        if (events.headSeq > 0)
            frame.insert(u"head_seq"_s, qint64(events.headSeq));
        return frame.toCborValue().toCbor();
    }

    protocol::Events decode(const QByteArray &bytes) override
    {
        const QCborMap frame = QCborValue::fromCbor(bytes).toMap();
        protocol::Events events;
        events.requestId = quint32(frame.value(u"request_id"_s).toInteger());
        events.room = RoomId(frame.value(u"room"_s).toString());
        events.live = frame.value(u"live"_s).toBool();
        events.headSeq = quint64(frame.value(u"head_seq"_s).toInteger());
        for (const QCborValue entry : frame.value(u"events"_s).toArray()) {
            const QCborMap map = entry.toMap();
            const QCborMap author = map.value(u"author"_s).toMap();
            protocol::Event event;
            event.seq = quint64(map.value(u"seq"_s).toInteger());
            event.messageId = MessageId(QUuid::fromRfc4122(map.value(u"message_id"_s).toByteArray()));
            event.author = {UserId(quint64(author.value(u"id"_s).toInteger())), author.value(u"name"_s).toString(),
                author.value(u"is_guest"_s).toBool(), quint8(author.value(u"hue"_s).toInteger())};
            event.storedAt = WallTime(std::chrono::milliseconds(map.value(u"stored_ms"_s).toInteger()));
            event.text = map.value(u"text"_s).toString();
            events.events.append(event);
        }
        return events;
    }
};

} // namespace

std::vector<std::unique_ptr<Form>> codecForms()
{
    const Compression gzip{protocol::CompressionMethod::Gzip, 0};
    const Compression zstd = protocol::supportedCompressions().constFirst();
    std::vector<std::unique_ptr<Form>> forms;
    const auto add = [&forms](
                         Encoding encoding, const Compression &compression, const QString &name, const QString &key) {
        forms.push_back(std::make_unique<OurForm>(encoding, compression, name, key));
    };
    add(Encoding::Json, {}, u"JSON"_s, u"json"_s);
    add(Encoding::Json, gzip, u"JSON + gzip"_s, u"json_gzip"_s);
    add(Encoding::Protobuf, {}, u"Protobuf"_s, u"protobuf"_s);
    add(Encoding::Protobuf, gzip, u"Protobuf + gzip"_s, u"protobuf_gzip"_s);
    add(Encoding::Protobuf, zstd, u"Protobuf + zstd + dictionary"_s, u"protobuf_zstd"_s);
    forms.push_back(std::make_unique<CborForm>());
    forms.push_back(makeAvroForm());
    return forms;
}

} // namespace lanline::bench
