#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>

namespace lanline::test {

/// One thing that SQLite asked of the disk, or a mark that a test has put between two of them.
struct DiskOperation
{
    enum class Kind : quint8 {
        Write, ///< `bytes` at `offset`
        Truncate, ///< to `offset` bytes
        Sync, ///< all that was written to the file before is on the disk for good
        Delete,
        Mark, ///< by the test; `offset` is its number
    };
    Kind kind = Kind::Mark;
    QString file; ///< its name without the folder
    qint64 offset = 0;
    QByteArray bytes{};
};

/// An SQLite VFS over the system's own, the default of the process for as long as it lives: it logs what goes to the
/// disk, and fails when a test wants it to. Nothing is synced in truth, which nobody can see while the machine runs.
/// Any number of threads may use databases through it; the rest is for the test's thread. One at a time.
class WatchedVfs final
{
public:
    WatchedVfs();
    ~WatchedVfs();
    Q_DISABLE_COPY_MOVE(WatchedVfs)

    /// From here on operations are kept.
    void startLog();
    void mark(qint64 number);
    QList<DiskOperation> takeLog();

    /// What SQLite is told instead of success, by SQLite's result codes; 0: nothing fails.
    void failWritesWith(int code);
    void failSyncsWith(int code);
    /// How many operations have failed so.
    int failures() const;

    struct State;

private:
    std::unique_ptr<State> m_state;
};

/// For as long as it lives, every new connection of the process has `synchronous` at this and cannot change it.
class FixedSynchronous final
{
public:
    enum class Level : quint8 { Normal = 1, Full = 2 };
    explicit FixedSynchronous(Level level);
    ~FixedSynchronous();
    Q_DISABLE_COPY_MOVE(FixedSynchronous)
};

} // namespace lanline::test
