#pragma once

#include "core/work.h"

#include <QApplication>
#include <QThread>
#include <QTimer>

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
        // A timer says little: whose it is, more.
        const bool isTimer = qobject_cast<QTimer *>(receiver) && receiver->parent();
        const QObject *whom = isTimer ? receiver->parent() : receiver;
        const EventScope scope(whom->metaObject()->className(), thread()->loopLevel());
        return QApplication::notify(receiver, event);
    }
};

} // namespace lanline::app
