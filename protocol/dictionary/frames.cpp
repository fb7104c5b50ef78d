/// For training a dictionary: reads frames as docs/protocol.md writes them ("> {json}" of a client, "< {json}" of a
/// server) and leaves each in a file of its own as it is on the wire of a Protobuf link.
#include "protocol/codec.h"

#include <QDir>
#include <QFile>

#include <cstdio>

using namespace lanline::protocol;
using namespace Qt::Literals::StringLiterals;

namespace {

lanline::Result<QByteArray, DecodeError> binaryOf(QByteArrayView line)
{
    const auto encoded = [](const auto &value) { return encode(Encoding::Protobuf, value); };
    const QByteArrayView json = line.sliced(2);
    if (line.startsWith("> "))
        return decodeCommand(Encoding::Json, json, {}).map(encoded);
    return decodeMessage(Encoding::Json, json, {}).map(encoded);
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 2) {
        std::fputs("usage: lanline-frames FOLDER <FRAMES\n", stderr);
        return 2;
    }
    const QDir folder(QFile::decodeName(argv[1]));
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return 1;
    for (int number = 1;; ++number) {
        const QByteArray line = input.readLine().trimmed();
        if (line.isEmpty())
            return 0;
        const auto frame = binaryOf(line);
        if (!frame) {
            std::fprintf(stderr, "line %d: %s\n", number, qUtf8Printable(frame.error().text));
            return 1;
        }
        QFile file(folder.filePath(u"%1"_s.arg(number, 6, 10, QLatin1Char('0'))));
        if (!file.open(QIODevice::WriteOnly) || file.write(*frame) != frame->size()) {
            std::fprintf(stderr, "%s: %s\n", qUtf8Printable(file.fileName()), qUtf8Printable(file.errorString()));
            return 1;
        }
    }
}
