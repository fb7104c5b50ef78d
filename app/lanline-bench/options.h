#pragma once

#include "core/result.h"

#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace lanline::bench {

enum ExitCode : int { Done = 0, Failed = 1, Usage = 2 };

/// Another server program, to be measured beside ours.
struct Peer
{
    QString name;
    QString command; ///< program and arguments, as QProcess::splitCommand() reads them
};

/// What the command line asks for.
struct Options
{
    enum class Scenario : quint8 { Chat, History, Echo, Fanout, Idle, Polling, Reconnect, Codec, Report };

    /// Set for --help and --version: print it and leave.
    QString printAndLeave;

    Scenario scenario = Scenario::Chat;
    QString jsonFile; ///< empty: none
    QString htmlFile; ///< likewise
    QStringList reportFiles; ///< what Report shows: files that --json wrote
    QString dataDir; ///< on the disk under test

    // What is measured over the network
    std::optional<QUrl> url; ///< none: a server of our own
    QList<Peer> peers; ///< side by side with it
    bool isTls = false;
    std::chrono::milliseconds duration{}; ///< of all measuring together
    int rounds = 0;
    qsizetype payload = 0; ///< bytes of text per message
    std::optional<int> connections; ///< none: what the scenario takes by itself
    std::optional<double> rate; ///< messages per second of open loops; none: as above
    int members = 0; ///< of the room in Chat

    // History
    quint64 messages = 0;
    int pages = 0; ///< to scroll back at least
};

/// The error is a sentence about the usage.
Result<Options, QString> parseOptions(const QStringList &commandLine);

} // namespace lanline::bench
