#include "codecforms.h"

#include <avro.h>

#include <string_view>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The fields of EVENTS that a chat message uses, in the schema's order: Avro writes no names and no numbers.
constexpr std::string_view schemaText = R"({"type":"record","name":"Events","fields":[
    {"name":"request_id","type":"int"},
    {"name":"room","type":"string"},
    {"name":"events","type":{"type":"array","items":{"type":"record","name":"Event","fields":[
        {"name":"seq","type":"long"},
        {"name":"message_id","type":{"type":"fixed","name":"Uuid","size":16}},
        {"name":"author","type":{"type":"record","name":"User","fields":[
            {"name":"id","type":"long"},
            {"name":"name","type":"string"},
            {"name":"is_guest","type":"boolean"},
            {"name":"hue","type":"int"}]}},
        {"name":"stored_ms","type":"long"},
        {"name":"text","type":"string"}]}}},
    {"name":"live","type":"boolean"},
    {"name":"head_seq","type":"long"}]})";

constexpr size_t mostBytes = 1024 * 1024;

// Avro fills its values itself; how, the analyzer does not see.
// NOLINTBEGIN(clang-analyzer-core.NullDereference)
avro_value_t field(const avro_value_t &record, size_t index)
{
    avro_value_t value{};
    avro_value_get_by_index(&record, index, &value, nullptr);
    return value;
}

void setText(const avro_value_t &record, size_t index, const QString &text)
{
    avro_value_t value = field(record, index);
    QByteArray utf8 = text.toUtf8();
    avro_value_set_string_len(&value, utf8.data(), size_t(utf8.size()) + 1);
}

void setLong(const avro_value_t &record, size_t index, qint64 number)
{
    avro_value_t value = field(record, index);
    avro_value_set_long(&value, number);
}

void setInt(const avro_value_t &record, size_t index, qint32 number)
{
    avro_value_t value = field(record, index);
    avro_value_set_int(&value, number);
}

void setBool(const avro_value_t &record, size_t index, bool is)
{
    avro_value_t value = field(record, index);
    avro_value_set_boolean(&value, is ? 1 : 0);
}

QString text(const avro_value_t &record, size_t index)
{
    const avro_value_t value = field(record, index);
    const char *utf8 = nullptr;
    size_t size = 0;
    avro_value_get_string(&value, &utf8, &size);
    return QString::fromUtf8(utf8, qsizetype(size) - 1);
}

qint64 longOf(const avro_value_t &record, size_t index)
{
    const avro_value_t value = field(record, index);
    int64_t number = 0;
    avro_value_get_long(&value, &number);
    return number;
}

qint32 intOf(const avro_value_t &record, size_t index)
{
    const avro_value_t value = field(record, index);
    int32_t number = 0;
    avro_value_get_int(&value, &number);
    return number;
}

bool boolOf(const avro_value_t &record, size_t index)
{
    const avro_value_t value = field(record, index);
    int is = 0;
    avro_value_get_boolean(&value, &is);
    return is != 0;
}

/// Avro's C library, its generic values over a schema: Debian has no other for C and C++.
class AvroForm final : public Form
{
public:
    AvroForm()
        : m_buffer(mostBytes, Qt::Uninitialized)
    {
        if (avro_schema_from_json_length(schemaText.data(), schemaText.size(), &m_schema) != 0)
            qFatal("Avro does not take the schema: %s", avro_strerror());
        m_class = avro_generic_class_from_schema(m_schema);
        avro_generic_value_new(m_class, &m_value);
    }
    ~AvroForm() override
    {
        avro_value_decref(&m_value);
        avro_value_iface_decref(m_class);
        avro_schema_decref(m_schema);
    }
    AvroForm(const AvroForm &) = delete;
    AvroForm &operator=(const AvroForm &) = delete;

    QString name() const override { return u"Avro"_s; }
    QString key() const override { return u"avro"_s; }

    QByteArray encode(const protocol::Events &events) override
    {
        avro_value_reset(&m_value);
        setInt(m_value, 0, qint32(events.requestId));
        setText(m_value, 1, events.room.value());
        avro_value_t list = field(m_value, 2);
        for (const protocol::Event &event : events.events) {
            avro_value_t entry{};
            avro_value_append(&list, &entry, nullptr);
            setLong(entry, 0, qint64(event.seq));
            avro_value_t id = field(entry, 1);
            QByteArray uuid = event.messageId.value().toRfc4122();
            avro_value_set_fixed(&id, uuid.data(), size_t(uuid.size()));
            const avro_value_t author = field(entry, 2);
            setLong(author, 0, qint64(event.author.id.value()));
            setText(author, 1, event.author.name);
            setBool(author, 2, event.author.isGuest);
            setInt(author, 3, event.author.hue);
            setLong(entry, 3, event.storedAt.time_since_epoch().count());
            setText(entry, 4, event.text);
        }
        setBool(m_value, 3, events.live);
        setLong(m_value, 4, qint64(events.headSeq));

        avro_writer_t writer = avro_writer_memory(m_buffer.data(), m_buffer.size());
        avro_value_write(writer, &m_value);
        QByteArray bytes(m_buffer.constData(), avro_writer_tell(writer));
        avro_writer_free(writer);
        return bytes;
    }

    protocol::Events decode(const QByteArray &bytes) override
    {
        avro_reader_t reader = avro_reader_memory(bytes.constData(), bytes.size());
        avro_value_reset(&m_value);
        const bool isRead = avro_value_read(reader, &m_value) == 0;
        avro_reader_free(reader);
        protocol::Events events;
        if (!isRead)
            return events;
        events.requestId = quint32(intOf(m_value, 0));
        events.room = RoomId(text(m_value, 1));
        const avro_value_t list = field(m_value, 2);
        size_t count = 0;
        avro_value_get_size(&list, &count);
        for (size_t i = 0; i < count; ++i) {
            const avro_value_t entry = field(list, i);
            const avro_value_t id = field(entry, 1);
            const void *uuid = nullptr;
            size_t size = 0;
            avro_value_get_fixed(&id, &uuid, &size);
            const avro_value_t author = field(entry, 2);
            protocol::Event event;
            event.seq = quint64(longOf(entry, 0));
            event.messageId =
                MessageId(QUuid::fromRfc4122(QByteArrayView(static_cast<const char *>(uuid), qsizetype(size))));
            event.author = {
                UserId(quint64(longOf(author, 0))), text(author, 1), boolOf(author, 2), quint8(intOf(author, 3))};
            event.storedAt = WallTime(std::chrono::milliseconds(longOf(entry, 3)));
            event.text = text(entry, 4);
            events.events.append(event);
        }
        events.live = boolOf(m_value, 3);
        events.headSeq = quint64(longOf(m_value, 4));
        return events;
    }

private:
    avro_schema_t m_schema = nullptr;
    avro_value_iface_t *m_class = nullptr;
    avro_value_t m_value{};
    QByteArray m_buffer;
};
// NOLINTEND(clang-analyzer-core.NullDereference)

} // namespace

std::unique_ptr<Form> makeAvroForm()
{
    return std::make_unique<AvroForm>();
}

} // namespace lanline::bench
