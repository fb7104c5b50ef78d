#include "core/sqlstatement.h"

#include <sqlite3.h>

namespace lanline {

using namespace Qt::StringLiterals;

namespace {

/// As QtSql has it, where a null string is no empty one.
bool isNull(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::QString:
        return value.toString().isNull();
    case QMetaType::QByteArray:
        return value.toByteArray().isNull();
    default:
        return value.isNull();
    }
}

SqlError errorOf(sqlite3 *connection)
{
    return {QString::fromUtf8(sqlite3_errmsg(connection)), QString::number(sqlite3_extended_errcode(connection))};
}

} // namespace

void SqlStatement::Finalizer::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Result<SqlStatement, SqlError> SqlStatement::prepare(const SqlDatabase &database, const QString &sql)
{
    const auto connection = database.handle();
    if (!connection)
        return unexpected(connection.error());
    const QByteArray text = sql.toUtf8();
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(
            *connection, text.constData(), int(text.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr)
        != SQLITE_OK)
        return unexpected(errorOf(*connection));
    return SqlStatement(statement);
}

Result<void, SqlError> SqlStatement::run(const QVariantList &values)
{
    finish();
    sqlite3_stmt *statement = m_statement.get();
    bool isDone = values.size() == sqlite3_bind_parameter_count(statement);
    for (int i = 0; isDone && i < int(values.size()); ++i)
        isDone = bind(i + 1, values.at(i)) == SQLITE_OK;
    const int step = isDone ? sqlite3_step(statement) : SQLITE_ERROR;
    m_hasRow = step == SQLITE_ROW;
    if (m_hasRow || step == SQLITE_DONE)
        return {};
    // Read before reset() repeats it as its own.
    auto error = errorOf(sqlite3_db_handle(statement));
    finish();
    return unexpected(std::move(error));
}

int SqlStatement::bind(int place, const QVariant &value)
{
    sqlite3_stmt *statement = m_statement.get();
    if (isNull(value))
        return sqlite3_bind_null(statement, place);
    switch (value.typeId()) {
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        return sqlite3_bind_blob64(statement, place, bytes.constData(), quint64(bytes.size()), SQLITE_TRANSIENT);
    }
    case QMetaType::QString: {
        const QByteArray text = value.toString().toUtf8();
        return sqlite3_bind_text64(
            statement, place, text.constData(), quint64(text.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    case QMetaType::Double:
        return sqlite3_bind_double(statement, place, value.toDouble());
    default:
        return sqlite3_bind_int64(statement, place, value.toLongLong());
    }
}

bool SqlStatement::next()
{
    if (std::exchange(m_hasRow, false)) {
        m_isOnRow = true;
    } else if (m_isOnRow) {
        const int step = sqlite3_step(m_statement.get());
        m_isOnRow = step == SQLITE_ROW;
        if (!m_isOnRow && step != SQLITE_DONE)
            m_error = errorOf(sqlite3_db_handle(m_statement.get()));
    }
    return m_isOnRow;
}

QVariant SqlStatement::value(int column) const
{
    sqlite3_stmt *statement = m_statement.get();
    if (!m_isOnRow)
        return {};
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return qint64(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
        return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
        const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
        return QString::fromUtf8(text, sqlite3_column_bytes(statement, column));
    }
    case SQLITE_BLOB: {
        const auto *bytes = static_cast<const char *>(sqlite3_column_blob(statement, column));
        return QByteArray(bytes, sqlite3_column_bytes(statement, column));
    }
    default:
        return {};
    }
}

void SqlStatement::finish()
{
    sqlite3_reset(m_statement.get());
    m_hasRow = false;
    m_isOnRow = false;
    m_error.reset();
}

} // namespace lanline
