#pragma once

#include "ui/faultcontroller.h"

#include <QMap>

#include <algorithm>

namespace lanline::test {

/// Breaks nothing, and keeps what it was asked for.
class FakeFaultController final : public ui::FaultController
{
public:
    using FaultController::FaultController;

    bool isPossible(FaultKind kind, QString *whyNot) const override
    {
        if (whyNot && m_impossible.contains(kind))
            *whyNot = m_impossible.value(kind);
        return !m_impossible.contains(kind);
    }
    void start(const Fault &fault) override
    {
        stop(fault.kind);
        m_running.append({fault, std::chrono::steady_clock::now() + fault.duration});
        Q_EMIT changed();
    }
    void stop(FaultKind kind) override
    {
        m_running.removeIf([kind](const ui::RunningFault &of) { return of.fault.kind == kind; });
        Q_EMIT changed();
    }
    void stopAll() override
    {
        m_running.clear();
        Q_EMIT changed();
    }
    QList<ui::RunningFault> running() const override { return m_running; }

    void setImpossible(FaultKind kind, const QString &why)
    {
        m_impossible.insert(kind, why);
        Q_EMIT changed();
    }

private:
    QList<ui::RunningFault> m_running;
    QMap<FaultKind, QString> m_impossible;
};

} // namespace lanline::test
