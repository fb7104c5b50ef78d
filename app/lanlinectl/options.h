#pragma once

#include "core/fault.h"
#include "core/id.h"
#include "core/result.h"

#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace lanline::ctl {

/// The contract with scripts.
enum ExitCode : int { Done = 0, Failed = 1, Usage = 2, NoConnection = 3 };

/// What the command line asks for.
struct Options
{
    enum class Command : quint8 { Send, Tail, Ping, Rooms, Status, Fault };

    /// Set for --help and --version: print it and leave.
    QString printAndLeave;

    QUrl url;
    std::optional<QString> profileDir; ///< none: a guest
    std::optional<QString> name;
    QString code; ///< of another device of the same person
    std::chrono::milliseconds timeout{}; ///< longest time without a connection

    RoomId room;
    std::optional<QString> text;
    std::optional<quint64> since;
    std::optional<quint64> count;

    std::chrono::milliseconds faultAmount{};
    std::chrono::milliseconds faultDuration{};
    std::optional<FaultKind> fault; ///< none: only asks, or stops all

    // Small ones together.
    Command command = Command::Status;
    bool json = false;
    bool create = false;
    bool stop = false; ///< faults
};

/// The error is a sentence about the usage.
Result<Options, QString> parseOptions(const QStringList &commandLine);

} // namespace lanline::ctl
