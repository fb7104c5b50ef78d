#pragma once

#include <QWidget>

namespace lanline::test {

/// The part of a window that has this object name; ends the test program when there is none.
template <class T>
T &part(QWidget &window, const QString &name)
{
    T *found = window.findChild<T *>(name);
    if (!found)
        qFatal("no part of this name: %s", qPrintable(name));
    return *found;
}

} // namespace lanline::test
