#include "server/faults/serverfaults.h"

#include "server/logging.h"

#include <QRandomGenerator>

#include <algorithm>

namespace lanline::server {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

const char *nameOf(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Delay:
        return "delay";
    case FaultKind::Jitter:
        return "jitter";
    case FaultKind::DropHeartbeats:
        return "drop-heartbeats";
    case FaultKind::StallServer:
        return "stall-server";
    case FaultKind::StallStorage:
        return "stall-storage";
    case FaultKind::SlowDisk:
        return "slow-disk";
    default:
        return "none of a server's";
    }
}

} // namespace

ServerFaults::ServerFaults(TimeSource &time, bool isAllowed, Sink sink)
    : m_time(time)
    , m_isAllowed(isAllowed)
    , m_sink(std::move(sink))
    , m_faults(time, [this](FaultKind kind) { onChanged(kind); })
    , m_stall(time)
{ }

void ServerFaults::set(const Fault &fault)
{
    if (isServerFault(fault.kind))
        m_faults.set(fault);
}

milliseconds ServerFaults::delay() const
{
    milliseconds delay = m_faults.amountOf(FaultKind::Delay);
    if (const milliseconds jitter = m_faults.amountOf(FaultKind::Jitter); jitter > 0ms)
        delay += milliseconds(QRandomGenerator::global()->bounded(qint64(jitter.count()) + 1));
    return delay;
}

QList<protocol::ActiveFault> ServerFaults::active() const
{
    QList<protocol::ActiveFault> active;
    for (const ActiveFaults::Entry &entry : m_faults.entries()) {
        const auto left = std::chrono::ceil<milliseconds>(entry.endsAt - m_time.now());
        active.append({entry.fault.kind, entry.fault.amount, std::max(left, 0ms)});
    }
    return active;
}

void ServerFaults::onChanged(FaultKind kind)
{
    const auto entries = m_faults.entries();
    const auto entry =
        std::find_if(entries.begin(), entries.end(), [kind](const auto &of) { return of.fault.kind == kind; });
    const Fault fault = entry == entries.end() ? Fault{kind} : entry->fault;
    if (m_faults.isOn(kind)) {
        qCWarning(lcServer, "fault on purpose: %s, %lld ms, for %lld ms", nameOf(kind), qint64(fault.amount.count()),
            qint64(fault.duration.count()));
    } else {
        qCWarning(lcServer, "fault on purpose: %s is over", nameOf(kind));
    }

    switch (kind) {
    case FaultKind::Delay:
    case FaultKind::Jitter:
        if (m_faults.isOn(kind))
            m_sink.breakLinks();
        else if (!isDelaying())
            m_sink.mendLinks();
        break;
    case FaultKind::StallServer:
        m_stall.set(fault.duration > 0ms ? fault.amount : 0ms);
        break;
    case FaultKind::StallStorage:
    case FaultKind::SlowDisk:
        m_sink.breakStore(fault);
        break;
    default:
        break;
    }
}

} // namespace lanline::server
