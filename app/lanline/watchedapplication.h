#pragma once

#include "core/work.h"

#include <QApplication>
#include <QThread>

namespace lanline::app {

/// Notes for whom the events of the GUI thread are, for the record of what a stalled window was busy with.
class WatchedApplication final : public QApplication
{
    Q_OBJECT

public:
    using QApplication::QApplication;

    /// Qt asks it for the events of all threads.
    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread())
            return QApplication::notify(receiver, event);
        const EventScope scope(receiver->metaObject()->className(), thread()->loopLevel());
        return QApplication::notify(receiver, event);
    }
};

} // namespace lanline::app
