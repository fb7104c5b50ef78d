#pragma once

#include <QByteArrayView>

#include <span>

namespace lanline::protocol {

/// The dictionaries for zstd that this version has, newest first. Read-only, for all threads.
std::span<const QByteArrayView> shippedDictionaries();

} // namespace lanline::protocol
