#pragma once

#include <QByteArray>
#include <QRandomGenerator>

namespace lanline::server {

/// Fit for secrets: they come from the system's generator.
inline QByteArray randomBytes(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    // The generator is no container of bytes: take 32 bits and keep eight.
    for (char &byte : bytes)
        byte = char(QRandomGenerator::system()->generate() & 0xff);
    return bytes;
}

} // namespace lanline::server
