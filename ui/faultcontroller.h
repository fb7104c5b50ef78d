#pragma once

#include "core/fault.h"
#include "core/timing.h"

#include <QList>
#include <QObject>

namespace lanline::ui {

struct RunningFault
{
    Fault fault;
    SteadyTime endsAt;
    friend bool operator==(const RunningFault &, const RunningFault &) = default;
};

/// Breaking things on purpose, as the face needs it: values only. `app` implements it with the session's faults, those
/// of the embedded server, and those that a server elsewhere allows to be asked for.
class FaultController : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Whether it can be done here, and if not, why not (a sentence).
    virtual bool isPossible(FaultKind kind, QString *whyNot = nullptr) const = 0;
    /// Ends by itself. Answers with changed(), or with refused().
    virtual void start(const Fault &fault) = 0;
    virtual void stop(FaultKind kind) = 0;
    virtual void stopAll() = 0;
    virtual QList<RunningFault> running() const = 0;

Q_SIGNALS:
    /// What is running, or what is possible.
    void changed();
    void refused(lanline::FaultKind kind, const QString &why);
};

} // namespace lanline::ui
