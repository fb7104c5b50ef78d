#include "server/net/requesthead.h"

#include <algorithm>

namespace lanline::server {

namespace {

/// What methods and header names are made of.
bool isToken(QByteArrayView text)
{
    constexpr QByteArrayView marks("!#$%&'*+-.^_`|~");
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [marks](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || marks.contains(c);
    });
}

bool isPrintable(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return quint8(c) >= ' ' && c != '\x7f'; });
}

} // namespace

std::optional<RequestHead> RequestHead::parse(QByteArrayView text)
{
    constexpr QByteArrayView lineEnd("\r\n");
    RequestHead head;
    for (bool isFirst = true; !text.isEmpty(); isFirst = false) {
        const qsizetype end = text.indexOf(lineEnd);
        const QByteArrayView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + lineEnd.size());
        if (isFirst) {
            const QByteArrayList words = line.toByteArray().split(' ');
            if (words.size() != 3 || !isToken(words[0]) || words[1].isEmpty() || !isPrintable(words[1]))
                return std::nullopt;
            head.method = words[0];
            const qsizetype mark = words[1].indexOf('?');
            head.path = words[1].first(mark < 0 ? words[1].size() : mark);
            head.query = words[1].sliced(mark < 0 ? words[1].size() : mark + 1);
            head.version = words[2];
            continue;
        }
        if (line.isEmpty())
            break;
        const qsizetype colon = line.indexOf(':');
        // Neither folded lines nor a space before the colon, nor ends of line of other kinds.
        if (colon < 0 || !isToken(line.first(colon)))
            return std::nullopt;
        const QByteArray value = line.sliced(colon + 1).toByteArray().replace('\t', ' ').trimmed();
        if (!isPrintable(value))
            return std::nullopt;
        head.headers.append({line.first(colon).toByteArray().toLower(), value});
    }
    if (head.method.isEmpty())
        return std::nullopt;
    return head;
}

QByteArrayList RequestHead::values(QByteArrayView name) const
{
    QByteArrayList found;
    for (const auto &[key, value] : headers) {
        if (key == name)
            found.append(value);
    }
    return found;
}

QByteArrayList RequestHead::items(QByteArrayView name) const
{
    QByteArrayList found;
    for (const QByteArray &item : values(name).join(',').split(',')) {
        if (const QByteArray trimmed = item.trimmed(); !trimmed.isEmpty())
            found.append(trimmed);
    }
    return found;
}

bool RequestHead::hasItem(QByteArrayView name, QByteArrayView wanted) const
{
    const QByteArrayList all = items(name);
    return std::any_of(all.begin(), all.end(),
        [wanted](const QByteArray &item) { return item.compare(wanted, Qt::CaseInsensitive) == 0; });
}

} // namespace lanline::server
