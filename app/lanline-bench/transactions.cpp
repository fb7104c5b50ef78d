#include "transactions.h"

#include "core/id.h"
#include "core/sqldatabase.h"

#include <sqlite3.h>

#include <optional>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

// What the server's store keeps of a message. Ids come from where the server's clients take theirs.
constexpr auto makeTable = "CREATE TABLE events(room INTEGER NOT NULL, seq INTEGER NOT NULL, message_id BLOB NOT NULL,"
                           " user_id INTEGER NOT NULL, author_name TEXT NOT NULL, author_is_guest INTEGER NOT NULL,"
                           " author_hue INTEGER NOT NULL, stored_ms INTEGER NOT NULL, text TEXT NOT NULL,"
                           " PRIMARY KEY(room, seq))"_L1;
constexpr auto insertRow = "INSERT INTO events(room, seq, message_id, user_id, author_name, author_is_guest,"
                           " author_hue, stored_ms, text) VALUES (1, ?, ?, 1, 'Alice', 0, 7, ?, ?)"_L1;

qint64 nowMs()
{
    return duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

QByteArray freshId(qint64 unixMs)
{
    return makeMessageId(unixMs).value().toRfc4122();
}

class BareTransactions final : public Transactions
{
public:
    explicit BareTransactions(qsizetype payload)
        : m_text(payload, 'x')
    { }
    ~BareTransactions() override
    {
        for (sqlite3_stmt *statement : {m_begin, m_insert, m_commit})
            sqlite3_finalize(statement);
        sqlite3_close(m_database);
    }
    BareTransactions(const BareTransactions &) = delete;
    BareTransactions &operator=(const BareTransactions &) = delete;

    QString open(const QString &path)
    {
        const bool isOpen = sqlite3_open(qUtf8Printable(path), &m_database) == SQLITE_OK
            && execute("PRAGMA journal_mode=WAL") && execute("PRAGMA synchronous=FULL") && execute(makeTable.data())
            && prepare("BEGIN IMMEDIATE", m_begin) && prepare(insertRow.data(), m_insert)
            && prepare("COMMIT", m_commit);
        return isOpen ? QString() : error();
    }

protected:
    QString transact(int rows) override
    {
        if (!run(m_begin))
            return error();
        const qint64 now = nowMs();
        for (int row = 0; row < rows; ++row) {
            const QByteArray id = freshId(now);
            sqlite3_bind_int64(m_insert, 1, ++m_seq);
            sqlite3_bind_blob(m_insert, 2, id.constData(), int(id.size()), SQLITE_STATIC);
            sqlite3_bind_int64(m_insert, 3, now);
            sqlite3_bind_text(m_insert, 4, m_text.constData(), int(m_text.size()), SQLITE_STATIC);
            if (!run(m_insert))
                return error();
        }
        return run(m_commit) ? QString() : error();
    }

private:
    bool execute(const char *sql) { return sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }
    bool prepare(const char *sql, sqlite3_stmt *&statement)
    {
        return sqlite3_prepare_v2(m_database, sql, -1, &statement, nullptr) == SQLITE_OK;
    }
    static bool run(sqlite3_stmt *statement)
    {
        const bool isDone = sqlite3_step(statement) == SQLITE_DONE;
        return sqlite3_reset(statement) == SQLITE_OK && isDone;
    }
    QString error() const { return QString::fromUtf8(sqlite3_errmsg(m_database)); }

    QByteArray m_text;
    sqlite3 *m_database = nullptr;
    sqlite3_stmt *m_begin = nullptr;
    sqlite3_stmt *m_insert = nullptr;
    sqlite3_stmt *m_commit = nullptr;
    qint64 m_seq = 0;
};

class QtTransactions final : public Transactions
{
public:
    explicit QtTransactions(qsizetype payload)
        : m_text(payload, u'x')
    { }

    QString open(const QString &path)
    {
        auto database = SqlDatabase::open(path);
        if (!database)
            return database.error().text;
        m_database.emplace(*std::move(database));
        if (const auto made = m_database->execute(makeTable); !made)
            return made.error().text;
        auto insert = m_database->prepare(insertRow);
        if (!insert)
            return insert.error().text;
        m_insert.emplace(*std::move(insert));
        return {};
    }

protected:
    QString transact(int rows) override
    {
        auto transaction = SqlTransaction::begin(*m_database);
        if (!transaction)
            return transaction.error().text;
        const qint64 now = nowMs();
        for (int row = 0; row < rows; ++row) {
            if (const auto done = SqlDatabase::run(*m_insert, {++m_seq, freshId(now), now, m_text}); !done)
                return done.error().text;
        }
        m_insert->finish();
        const auto committed = transaction->commit();
        return committed ? QString() : committed.error().text;
    }

private:
    QString m_text;
    std::optional<SqlDatabase> m_database;
    std::optional<QSqlQuery> m_insert; ///< after the database, for it goes first
    qint64 m_seq = 0;
};

template <class Kind>
Result<std::unique_ptr<Transactions>, QString> opened(const QString &path, qsizetype payload)
{
    auto transactions = std::make_unique<Kind>(payload);
    if (const QString error = transactions->open(path); !error.isEmpty())
        return unexpected(u"%1: %2"_s.arg(path, error));
    return transactions;
}

} // namespace

Result<std::unique_ptr<Transactions>, QString> Transactions::open(Way way, const QString &path, qsizetype payload)
{
    return way == Way::Bare ? opened<BareTransactions>(path, payload) : opened<QtTransactions>(path, payload);
}

Measured Transactions::measure(int rows, std::chrono::milliseconds time)
{
    Sample sample;
    const auto began = steady_clock::now();
    auto now = began;
    while (now - began < time) {
        sample.asked += quint64(rows);
        if (const QString error = transact(rows); !error.isEmpty())
            return unexpected(u"a transaction failed: %1"_s.arg(error));
        const auto done = steady_clock::now();
        sample.latency.record(duration_cast<microseconds>(done - now));
        sample.done += quint64(rows);
        now = done;
    }
    sample.elapsed = duration_cast<microseconds>(now - began);
    return sample;
}

} // namespace lanline::bench
