#pragma once

#include "client/trace.h"

#include <QString>

#include <array>
#include <optional>
#include <random>

class QThread;

namespace lanline::verdicts {

/// What is broken, one thing at a time.
enum class Cause : quint8 { Nothing, NetworkDelay, GuiStall, ServerStall, SlowDisk, SlowReader };
inline constexpr std::array causes{
    Cause::NetworkDelay, Cause::GuiStall, Cause::ServerStall, Cause::SlowDisk, Cause::SlowReader};

QString nameOf(Cause cause);
/// What a right diagnosis blames; none: nothing.
std::optional<client::Family> familyOf(Cause cause);

struct Outcome
{
    Cause cause = Cause::Nothing;
    std::optional<client::Family> blamed;
    std::array<double, client::familyCount> shares{};
    quint64 messages = 0;
    bool isSlow = false;
    QString sentence;
    QString problem; ///< it could not be tried: why
};

/// A server and two people who write to each other, on real sockets and real disks, for a few seconds in which `cause`
/// is at work; then the diagnosis of one of them. Runs the caller's event loop, which is the face's thread. `random`
/// draws how bad it is.
Outcome tryOut(Cause cause, std::mt19937 &random);

} // namespace lanline::verdicts
