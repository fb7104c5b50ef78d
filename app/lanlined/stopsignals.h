#pragma once

#include <QObject>

namespace lanline {

/// SIGTERM and SIGINT as a Qt signal in the thread that made this object. One object per process, made before any
/// thread, for the signals are blocked in this thread and in those that it starts.
class StopSignals final : public QObject
{
    Q_OBJECT

public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

Q_SIGNALS:
    void received();

private:
    int m_descriptor;
};

} // namespace lanline
