#pragma once

#include "tests/power/watchedvfs.h"

#include <QHash>
#include <QRandomGenerator>

#include <optional>

namespace lanline::test {

/// A folder's files on a disk whose power may go at any moment: what was synced stays, and of what was written since
/// each write may be there, be missing, or be torn.
class DiskImage final
{
public:
    /// What is in the folder now is on the disk for good. Only files whose name begins with `prefix` count, and
    /// SQLite's shared memory never does.
    DiskImage(const QString &folder, const QString &prefix);

    void apply(const DiskOperation &operation);
    /// One of the many states in which a power cut can leave the files; `folder` exists and is empty.
    bool cutPower(const QString &folder, QRandomGenerator &random) const;

private:
    struct File
    {
        QByteArray durable;
        bool exists = false; ///< for good
        QList<DiskOperation> pending; ///< since its last sync
    };

    static void perform(QByteArray &bytes, const DiskOperation &operation);
    /// Nothing when the file is not there.
    static std::optional<QByteArray> remainsOf(const File &file, QRandomGenerator &random);

    QHash<QString, File> m_files;
};

} // namespace lanline::test
