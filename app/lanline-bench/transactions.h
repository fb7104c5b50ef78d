#pragma once

#include "sample.h"

#include <QByteArray>

#include <chrono>
#include <memory>

namespace lanline::bench {

/// Durable transactions on a database of its own: WAL, synchronous=FULL, rows of the shape of the server's events and
/// nothing else. Each is on the disk before the next begins.
class Transactions
{
public:
    /// How SQLite is reached.
    enum class Way : quint8 {
        Bare, ///< its C interface
        QtSql, ///< core/sqldatabase, as the server does
    };

    virtual ~Transactions() = default;
    /// The folder must exist. The error is a sentence.
    static Result<std::unique_ptr<Transactions>, QString> open(Way way, const QString &path, qsizetype payload);

    /// One transaction after the other, of `rows` rows each, for `time`. In the thread that opened it.
    Measured measure(int rows, std::chrono::milliseconds time);

protected:
    /// Empty, or what went wrong.
    virtual QString transact(int rows) = 0;
};

} // namespace lanline::bench
