#include "copies.h"

#include "server/store/storecopies.h"

#include <cstdio>

namespace lanline {

int makeCopy(const Arguments &arguments)
{
    const QString &dataDir = arguments.options.dataDir;
    const auto print = [](const QByteArray &line) {
        return std::fwrite(line.constData(), 1, size_t(line.size()), stdout) == size_t(line.size());
    };
    auto done = arguments.exportedRoom.isNull() ? server::backUp(dataDir, arguments.backupFile)
                                                : server::exportRoom(dataDir, arguments.exportedRoom, print);
    if (done && std::fflush(stdout) != 0)
        done = unexpected(QStringLiteral("The export cannot be written."));
    if (!done)
        std::fprintf(stderr, "lanlined: %s\n", qUtf8Printable(done.error()));
    return done ? 0 : 1;
}

} // namespace lanline
