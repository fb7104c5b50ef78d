#pragma once

#include "core/result.h"

#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace lanline::bench {

enum ExitCode : int { Done = 0, Failed = 1, Usage = 2 };

/// What the command line asks for.
struct Options
{
    enum class Scenario : quint8 { Chat, History };

    /// Set for --help and --version: print it and leave.
    QString printAndLeave;

    Scenario scenario = Scenario::Chat;
    QString jsonFile; ///< empty: none
    QString dataDir; ///< on the disk under test

    // Chat
    std::optional<QUrl> url; ///< none: a server of our own
    std::chrono::milliseconds duration{}; ///< of all measuring together
    int rounds = 0;
    qsizetype payload = 0; ///< bytes of text per message

    // History
    quint64 messages = 0;
    int pages = 0; ///< to scroll back at least
};

/// The error is a sentence about the usage.
Result<Options, QString> parseOptions(const QStringList &commandLine);

} // namespace lanline::bench
