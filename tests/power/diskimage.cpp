#include "tests/power/diskimage.h"

#include <QDir>
#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace lanline::test {

using Kind = DiskOperation::Kind;

DiskImage::DiskImage(const QString &folder, const QString &prefix)
{
    const QDir dir(folder);
    for (const QString &name : dir.entryList({prefix + u'*'}, QDir::Files)) {
        QFile file(dir.filePath(name));
        if (name.endsWith(u"-shm") || !file.open(QFile::ReadOnly))
            continue;
        m_files.insert(name, {file.readAll(), true, {}});
    }
}

void DiskImage::apply(const DiskOperation &operation)
{
    if (operation.kind == Kind::Mark)
        return;
    File &file = m_files[operation.file];
    if (operation.kind != Kind::Sync) {
        file.pending.append(operation);
        return;
    }
    for (const DiskOperation &done : std::exchange(file.pending, {}))
        perform(file.durable, done);
    file.exists = true;
}

void DiskImage::perform(QByteArray &bytes, const DiskOperation &operation)
{
    switch (operation.kind) {
    case Kind::Write:
        if (bytes.size() < operation.offset + operation.bytes.size())
            bytes.append(operation.offset + operation.bytes.size() - bytes.size(), '\0');
        bytes.replace(operation.offset, operation.bytes.size(), operation.bytes);
        break;
    case Kind::Truncate:
        bytes.truncate(operation.offset);
        break;
    case Kind::Delete:
        bytes.clear();
        break;
    case Kind::Sync:
    case Kind::Mark:
        break;
    }
}

std::optional<QByteArray> DiskImage::remainsOf(const File &file, QRandomGenerator &random)
{
    constexpr int sector = 512;
    QByteArray bytes = file.durable;
    bool exists = file.exists;
    for (const DiskOperation &operation : file.pending) {
        const quint32 fate = random.bounded(4u);
        if (operation.kind == Kind::Delete) {
            // What would be written later is another file. Should the old one stay, it stays as it was.
            if (fate < 2)
                break;
            bytes.clear();
            exists = false;
        } else if (fate < 2) {
            perform(bytes, operation);
            exists = true;
        } else if (fate == 2 && operation.kind == Kind::Write) {
            DiskOperation torn = operation;
            const auto sectors = quint32(operation.bytes.size() / sector);
            torn.bytes.truncate(qsizetype(random.bounded(sectors + 1)) * sector);
            perform(bytes, torn);
            exists = true;
        }
    }
    return exists ? std::optional(bytes) : std::nullopt;
}

bool DiskImage::cutPower(const QString &folder, QRandomGenerator &random) const
{
    for (auto file = m_files.cbegin(); file != m_files.cend(); ++file) {
        const auto bytes = remainsOf(*file, random);
        if (!bytes)
            continue;
        QFile written(QDir(folder).filePath(file.key()));
        if (!written.open(QFile::WriteOnly) || written.write(*bytes) != bytes->size())
            return false;
    }
    return true;
}

} // namespace lanline::test
