#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace lanline {

/// Shorter ones could be guessed.
inline constexpr qsizetype shortestAdminToken = 16;

/// The one line of a file that nobody but its owner may read or write. The error is a sentence.
Result<QByteArray, QString> loadAdminToken(const QString &path);

} // namespace lanline
