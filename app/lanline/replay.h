#pragma once

#include <QString>

namespace lanline::ui {
class ThemeController;
}

namespace lanline::app {

/// Shows a recording that a diagnostics panel has exported, without a session, until its window is closed. Returns the
/// process's exit status: 1, and it complains, where the file cannot be shown.
int replay(const QString &file, ui::ThemeController &themes);

} // namespace lanline::app
