#include "complaint.h"

#include <QMessageBox>

#include <unistd.h>

#include <cstdio>

namespace lanline::app {

void complain(const QString &sentence)
{
    std::fprintf(stderr, "lanline: %s\n", qPrintable(sentence));
    if (isatty(STDERR_FILENO) == 1)
        return;
    QMessageBox box(QMessageBox::Warning, QStringLiteral("Lanline"), sentence);
    box.exec();
}

} // namespace lanline::app
