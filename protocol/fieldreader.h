#pragma once

#include "core/id.h"
#include "core/timing.h"
#include "protocol/limits.h"
#include "protocol/messages.h"

#include <QByteArray>
#include <QLatin1StringView>
#include <QString>

#include <limits>
#include <string>

namespace lanline::protocol {

/// The largest integer that every JSON reader keeps exact: 2^53 - 1.
inline constexpr quint64 largestInteger = (quint64{1} << 53) - 1;

/// Exactly the text of `wire`: QString::fromUtf8() would drop a U+FEFF in front.
QString textFromUtf8(const std::string &wire);

/// Turns the fields of a parsed frame into values and remembers the first one that is not of its form; what it returns
/// after that is of no use.
class FieldReader
{
public:
    enum class Need : quint8 { Required, Optional };

    explicit FieldReader(const Limits &limits)
        : m_limits(limits)
    { }

    const Limits &limits() const { return m_limits; }
    bool hasFailed() const { return !m_error.isEmpty(); }
    /// "cursors.message_id: not 16 bytes"
    const QString &error() const { return m_error; }

    void check(bool isGood, QLatin1StringView field, QLatin1StringView complaint);

    QString text(const std::string &wire) { return textFromUtf8(wire); }
    QString text(const std::string &wire, QLatin1StringView field, qint64 mostBytes);
    RoomId room(const std::string &wire, QLatin1StringView field);
    /// Of any length: in a command the server has an answer for it, and the answer repeats it.
    RoomId roomAsGiven(const std::string &wire, QLatin1StringView field, Need need = Need::Required);
    MessageId messageId(const std::string &wire, QLatin1StringView field, Need need = Need::Required);
    Epoch epoch(const std::string &wire, QLatin1StringView field, Need need = Need::Required);
    QByteArray bytes(const std::string &wire, QLatin1StringView field, qsizetype size);
    QByteArray bytesUpTo(const std::string &wire, QLatin1StringView field, qsizetype most);
    quint64 integer(quint64 wire, QLatin1StringView field);
    quint64 positive(quint64 wire, QLatin1StringView field);
    WallTime time(quint64 wire, QLatin1StringView field);

private:
    const Limits &m_limits;
    QString m_error;
};

} // namespace lanline::protocol
