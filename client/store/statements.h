#pragma once

#include "core/id.h"
#include "core/sqldatabase.h"

#include <map>

namespace lanline::client {

/// The statements of one connection, each prepared once. Destroyed before the connection.
class Statements
{
public:
    explicit Statements(const SqlDatabase &database)
        : m_database(database)
    { }

    /// `sql` is a literal: it names its statement. The rows are to be read before it runs again.
    Result<QSqlQuery *, SqlError> query(const QString &sql, const QVariantList &values = {});
    /// The number of rows that changed.
    Result<int, SqlError> execute(const QString &sql, const QVariantList &values = {});
    const SqlDatabase &database() const { return m_database; }

private:
    const SqlDatabase &m_database;
    std::map<QString, QSqlQuery> m_prepared;
};

// SQLite has signed integers only, and QtSql binds a null string or byte array as NULL.
inline QVariant sqlNumber(quint64 number)
{
    return qint64(number);
}
inline QVariant sqlText(const QString &text)
{
    return text.isNull() ? QVariant(QString::fromLatin1("")) : QVariant(text);
}
inline QVariant sqlBytes(const QByteArray &bytes)
{
    return bytes.isEmpty() ? QVariant(QMetaType::fromType<QByteArray>()) : QVariant(bytes);
}
inline QVariant sqlId(const MessageId &id)
{
    return id.isNull() ? QVariant(QMetaType::fromType<QByteArray>()) : QVariant(id.value().toRfc4122());
}
inline MessageId messageIdFrom(const QVariant &value)
{
    return MessageId(QUuid::fromRfc4122(value.toByteArray()));
}

} // namespace lanline::client
