#pragma once

#include <QJsonObject>
#include <QString>

namespace lanline::bench {

/// Where and with what a run was made.
struct Machine
{
    QString cpu;
    int cores = 0;
    QString memory; ///< "3.8 GiB"
    QString system; ///< distribution and kernel
    QString disk; ///< device and file system of the folder under test, and whether the device caches writes
    QString fileSystem; ///< "ext4"
    QString sqlite;
    QString qt;
    QString lanline; ///< version and commit
    double load = 0; ///< average of the last minute before the run: over some 0.3 others disturb it

    /// A file system in memory: what is measured there says nothing of durability.
    bool isInMemory() const;
};

/// The value of the first line of a /proc file that begins with `key`, after its colon; empty where there is none.
QString procValue(const QString &path, QByteArrayView key);
/// `dir`: the folder under test.
Machine describeMachine(const QString &dir);
QJsonObject toJson(const Machine &machine);

} // namespace lanline::bench
