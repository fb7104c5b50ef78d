#pragma once

#include "ui/theme/themecontroller.h"

#include <QThread>

#include <functional>

class QWidget;

namespace lanline::test {

/// The diagnostics panel with all of its tabs, each of them empty and filled. Every picture is handed to `show` with
/// its name.
class TabGallery
{
public:
    using Show = std::function<void(QWidget &, const QString &)>;

    TabGallery(QThread &network, ui::ThemeController &themes, Show show);

    void empty();
    void filled();
    /// Each of the sentences that are the longest.
    void longVerdicts();

private:
    QThread &m_network;
    ui::ThemeController &m_themes;
    Show m_show;
};

} // namespace lanline::test
