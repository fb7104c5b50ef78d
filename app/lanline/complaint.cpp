#include "complaint.h"

#include <QGuiApplication>
#include <QMessageBox>
#include <QTimer>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace lanline::app {

namespace {

using namespace std::chrono_literals;

/// Nobody closes a box of a script's or a service's; its exit status must come all the same.
constexpr auto longestWait = 60s;

bool canShowBox()
{
    constexpr std::array streams{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
    const bool hasTerminal =
        std::any_of(streams.begin(), streams.end(), [](int stream) { return isatty(stream) == 1; });
    return !hasTerminal && QGuiApplication::platformName() != QStringLiteral("offscreen");
}

} // namespace

void complain(const QString &sentence)
{
    std::fprintf(stderr, "lanline: %s\n", qPrintable(sentence));
    if (!canShowBox())
        return;
    QMessageBox box(QMessageBox::Warning, QStringLiteral("Lanline"), sentence);
    QTimer::singleShot(longestWait, &box, &QDialog::reject);
    box.exec();
}

} // namespace lanline::app
