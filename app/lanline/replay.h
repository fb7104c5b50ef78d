#pragma once

#include <QString>

namespace lanline::ui {
class ThemeController;
}

namespace lanline::app {

/// Shows a recording that a diagnostics panel has exported, without a session, until its window is closed. Returns the
/// process's exit status: 1, with a sentence on stderr and on the screen, where the file cannot be shown, as of complain().
int replay(const QString &file, ui::ThemeController &themes);

} // namespace lanline::app
