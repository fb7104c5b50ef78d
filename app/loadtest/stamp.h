#pragma once

#include "core/timing.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace lanline::loadtest {

/// What a measured message says: its number, and when it was meant to be sent. As text, with letters up to its size.
struct Stamp
{
    quint64 number = 0;
    SteadyTime intended;

    /// Writes itself over the front of `message`, which has leastStampBytes at least.
    void writeTo(QByteArray &message) const;
    /// Nothing if it is not a stamped message.
    static std::optional<Stamp> readFrom(QByteArrayView message);
};

inline constexpr qsizetype leastStampBytes = 32;

/// A message of `size` bytes whose stamp is not written yet.
inline QByteArray unstampedMessage(qsizetype size)
{
    return QByteArray(size, 'x');
}
/// Whether all behind the stamp is as it was.
bool isFillerWhole(QByteArrayView message);

} // namespace lanline::loadtest
