#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace lanline::app {

/// What was asked for on the command line of `lanline`.
struct Options
{
    bool demo = false;
    QString tourDir; ///< with demo: play the scripted visit and leave its pictures and report here
    QString replayFile; ///< a recording to show, and nothing else
    bool host = false;
    std::optional<quint16> port; ///< to host on
    std::optional<QUrl> join;
    QString code; ///< with join: of the person's other device
    QString name; ///< of the person; empty: as in the profile
    QString profileDir; ///< empty: the user's own
};

/// The options, or a sentence for a person about what is wrong with them. `--help` and `--version` answer by themselves
/// and end the process.
Result<Options, QString> parseOptions(const QStringList &arguments);

} // namespace lanline::app
