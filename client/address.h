#pragma once

#include "core/result.h"

#include <QString>
#include <QUrl>

namespace lanline::client {

/// Where a server listens when nothing else is said.
inline constexpr quint16 defaultPort = 47100;

enum class AddressError : quint8 {
    Empty,
    UnknownScheme, ///< none of ws://, wss:// and lanline://
    BadHost,
    BadPort,
};

/// What a person may type or click: ws://host:port, lanline://host:port, host:port, host, and [v6]:port or a bare v6
/// address. The result is ws://host:port/, and wss://host:port/ of wss://host:port, where the server's certificate has
/// to be one that this system trusts.
[[nodiscard]] Result<QUrl, AddressError> parseServerAddress(const QString &text);

} // namespace lanline::client
