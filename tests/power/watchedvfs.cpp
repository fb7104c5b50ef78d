#include "tests/power/watchedvfs.h"

#include <QMutex>
#include <QMutexLocker>

#include <atomic>
#include <cstring>
#include <sqlite3.h>

using namespace Qt::Literals::StringLiterals;

namespace lanline::test {

struct WatchedVfs::State
{
    sqlite3_vfs vfs{};
    sqlite3_vfs *system = nullptr;
    QMutex mutex;
    QList<DiskOperation> log;
    bool isLogging = false;
    std::atomic<int> writeFailure{0};
    std::atomic<int> syncFailure{0};
    std::atomic<int> failures{0};

    void add(DiskOperation operation)
    {
        const QMutexLocker lock(&mutex);
        if (isLogging)
            log.append(std::move(operation));
    }
    /// True when the operation is to fail.
    bool fails(const std::atomic<int> &with)
    {
        if (with == 0)
            return false;
        ++failures;
        return true;
    }
};

namespace {

using Kind = DiskOperation::Kind;

/// Set by FixedSynchronous; 0: connections choose for themselves.
std::atomic<int> fixedLevel{0};

/// What SQLite holds for an open file: ours, and the system's right behind it.
struct WatchedFile
{
    sqlite3_file base;
    WatchedVfs::State *state;
    const char *name; ///< SQLite keeps it for as long as the file is open

    sqlite3_file *system() { return reinterpret_cast<sqlite3_file *>(this + 1); }
    QString fileName() const { return QString::fromUtf8(std::strrchr(name, '/') + 1); }
};

WatchedFile *watched(sqlite3_file *file)
{
    return reinterpret_cast<WatchedFile *>(file);
}

const sqlite3_io_methods *methodsOf(sqlite3_file *file)
{
    return watched(file)->system()->pMethods;
}

WatchedVfs::State *stateOf(sqlite3_vfs *vfs)
{
    return static_cast<WatchedVfs::State *>(vfs->pAppData);
}

int closeFile(sqlite3_file *file)
{
    return methodsOf(file)->xClose(watched(file)->system());
}

int readFile(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset)
{
    return methodsOf(file)->xRead(watched(file)->system(), bytes, count, offset);
}

int writeFile(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
{
    WatchedFile &our = *watched(file);
    if (our.state->fails(our.state->writeFailure))
        return our.state->writeFailure;
    const int code = methodsOf(file)->xWrite(our.system(), bytes, count, offset);
    if (code == SQLITE_OK && our.name) {
        our.state->add(
            {Kind::Write, our.fileName(), offset, QByteArray(static_cast<const char *>(bytes), qsizetype(count))});
    }
    return code;
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    WatchedFile &our = *watched(file);
    const int code = methodsOf(file)->xTruncate(our.system(), size);
    if (code == SQLITE_OK && our.name)
        our.state->add({Kind::Truncate, our.fileName(), size});
    return code;
}

int syncFile(sqlite3_file *file, int)
{
    WatchedFile &our = *watched(file);
    if (our.state->fails(our.state->syncFailure))
        return our.state->syncFailure;
    if (our.name)
        our.state->add({Kind::Sync, our.fileName(), 0});
    return SQLITE_OK;
}

int fileSize(sqlite3_file *file, sqlite3_int64 *size)
{
    return methodsOf(file)->xFileSize(watched(file)->system(), size);
}

int lockFile(sqlite3_file *file, int level)
{
    return methodsOf(file)->xLock(watched(file)->system(), level);
}

int unlockFile(sqlite3_file *file, int level)
{
    return methodsOf(file)->xUnlock(watched(file)->system(), level);
}

int checkReservedLock(sqlite3_file *file, int *isHeld)
{
    return methodsOf(file)->xCheckReservedLock(watched(file)->system(), isHeld);
}

int controlFile(sqlite3_file *file, int operation, void *argument)
{
    // Every PRAGMA passes here first; what is answered with OK goes no further.
    if (operation == SQLITE_FCNTL_PRAGMA && fixedLevel != 0) {
        char **words = static_cast<char **>(argument);
        if (qstrcmp(words[1], "synchronous") == 0 && words[2] && qstrcmp(words[2], "FULL") == 0)
            return SQLITE_OK;
    }
    return methodsOf(file)->xFileControl(watched(file)->system(), operation, argument);
}

int sectorSize(sqlite3_file *file)
{
    return methodsOf(file)->xSectorSize(watched(file)->system());
}

int deviceCharacteristics(sqlite3_file *file)
{
    // The system promises that a write which overwrites harms nothing beside it. A disk that tears sectors still keeps
    // that; more is not promised.
    return methodsOf(file)->xDeviceCharacteristics(watched(file)->system());
}

int shmMap(sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
    return methodsOf(file)->xShmMap(watched(file)->system(), page, size, extend, memory);
}

int shmLock(sqlite3_file *file, int offset, int count, int flags)
{
    return methodsOf(file)->xShmLock(watched(file)->system(), offset, count, flags);
}

void shmBarrier(sqlite3_file *file)
{
    methodsOf(file)->xShmBarrier(watched(file)->system());
}

int shmUnmap(sqlite3_file *file, int isToBeDeleted)
{
    return methodsOf(file)->xShmUnmap(watched(file)->system(), isToBeDeleted);
}

const sqlite3_io_methods ioMethods{
    .iVersion = 2, // with shared memory, without mapped files
    .xClose = closeFile,
    .xRead = readFile,
    .xWrite = writeFile,
    .xTruncate = truncateFile,
    .xSync = syncFile,
    .xFileSize = fileSize,
    .xLock = lockFile,
    .xUnlock = unlockFile,
    .xCheckReservedLock = checkReservedLock,
    .xFileControl = controlFile,
    .xSectorSize = sectorSize,
    .xDeviceCharacteristics = deviceCharacteristics,
    .xShmMap = shmMap,
    .xShmLock = shmLock,
    .xShmBarrier = shmBarrier,
    .xShmUnmap = shmUnmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int openFile(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flagsOut)
{
    WatchedVfs::State &state = *stateOf(vfs);
    WatchedFile &our = *watched(file);
    our.state = &state;
    our.name = name;
    our.base.pMethods = nullptr;
    our.system()->pMethods = nullptr;
    const int code = state.system->xOpen(state.system, name, our.system(), flags, flagsOut);
    if (our.system()->pMethods)
        our.base.pMethods = &ioMethods;
    return code;
}

int deleteFile(sqlite3_vfs *vfs, const char *name, int syncsFolder)
{
    WatchedVfs::State &state = *stateOf(vfs);
    const int code = state.system->xDelete(state.system, name, syncsFolder);
    if (code == SQLITE_OK)
        state.add({Kind::Delete, QString::fromUtf8(std::strrchr(name, '/') + 1)});
    return code;
}

int fixLevel(sqlite3 *database, const char **, const sqlite3_api_routines *)
{
    return sqlite3_exec(database,
        fixedLevel == int(FixedSynchronous::Level::Normal) ? "PRAGMA synchronous=1" : "PRAGMA synchronous=2", nullptr,
        nullptr, nullptr);
}

void (*const fixLevelEntry)() = reinterpret_cast<void (*)()>(fixLevel);

} // namespace

WatchedVfs::WatchedVfs()
    : m_state(std::make_unique<State>())
{
    State &state = *m_state;
    state.system = sqlite3_vfs_find(nullptr);
    // Whatever is not ours to watch stays the system's.
    state.vfs = *state.system;
    state.vfs.szOsFile = int(sizeof(WatchedFile)) + state.system->szOsFile;
    state.vfs.zName = "lanline-watched";
    state.vfs.pAppData = &state;
    state.vfs.pNext = nullptr;
    state.vfs.xOpen = openFile;
    state.vfs.xDelete = deleteFile;
    sqlite3_vfs_register(&state.vfs, 1);
}

WatchedVfs::~WatchedVfs()
{
    sqlite3_vfs_unregister(&m_state->vfs);
    sqlite3_vfs_register(m_state->system, 1);
}

void WatchedVfs::startLog()
{
    const QMutexLocker lock(&m_state->mutex);
    m_state->isLogging = true;
    m_state->log.clear();
}

void WatchedVfs::mark(qint64 number)
{
    m_state->add({Kind::Mark, {}, number});
}

QList<DiskOperation> WatchedVfs::takeLog()
{
    const QMutexLocker lock(&m_state->mutex);
    m_state->isLogging = false;
    return std::exchange(m_state->log, {});
}

void WatchedVfs::failWritesWith(int code)
{
    m_state->writeFailure = code;
}

void WatchedVfs::failSyncsWith(int code)
{
    m_state->syncFailure = code;
}

int WatchedVfs::failures() const
{
    return m_state->failures;
}

FixedSynchronous::FixedSynchronous(Level level)
{
    fixedLevel = int(level);
    sqlite3_auto_extension(fixLevelEntry);
}

FixedSynchronous::~FixedSynchronous()
{
    sqlite3_cancel_auto_extension(fixLevelEntry);
    fixedLevel = 0;
}

} // namespace lanline::test
