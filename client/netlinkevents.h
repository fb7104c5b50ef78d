#pragma once

#include <QObject>

class QSocketNotifier;

namespace lanline::client {

/// Hears from the kernel that an interface or an address came, went or changed. Linux only.
class NetlinkEvents final : public QObject
{
    Q_OBJECT

public:
    explicit NetlinkEvents(QObject *parent = nullptr);
    ~NetlinkEvents() override;

    /// False: nothing will be heard, the kernel has refused.
    bool isOpen() const { return m_descriptor >= 0; }

Q_SIGNALS:
    /// Once for what came together.
    void happened();

private:
    void read();

    int m_descriptor = -1;
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace lanline::client
