#include "ui/faultwords.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::Faults)
};

} // namespace

QList<FaultGroup> faultGroups()
{
    using enum FaultKind;
    return {{Words::tr("Network"), {Delay, Jitter, DropHeartbeats, SlowReader}},
        {Words::tr("Threads"), {StallGui, StallNetwork, StallServer, StallStorage}}, {Words::tr("Disk"), {SlowDisk}},
        {Words::tr("Links"), {CutPrimary, CutStandby}}, {Words::tr("Server"), {RestartServer}}};
}

QString faultName(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Delay:
        return Words::tr("Delay");
    case FaultKind::Jitter:
        return Words::tr("Jitter");
    case FaultKind::DropHeartbeats:
        return Words::tr("Drop heartbeats");
    case FaultKind::StallGui:
        return Words::tr("Stall the GUI thread");
    case FaultKind::StallNetwork:
        return Words::tr("Stall the network thread");
    case FaultKind::StallServer:
        return Words::tr("Stall the server thread");
    case FaultKind::StallStorage:
        return Words::tr("Stall the storage thread");
    case FaultKind::SlowDisk:
        return Words::tr("Slow disk");
    case FaultKind::SlowReader:
        return Words::tr("Slow reader");
    case FaultKind::CutPrimary:
        return Words::tr("Cut the primary link");
    case FaultKind::CutStandby:
        return Words::tr("Cut the standby link");
    case FaultKind::RestartServer:
        break;
    }
    return Words::tr("Kill and restart the server");
}

QString faultNameWithin(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Delay:
        return Words::tr("delay");
    case FaultKind::Jitter:
        return Words::tr("jitter");
    case FaultKind::DropHeartbeats:
        return Words::tr("dropped heartbeats");
    case FaultKind::StallGui:
        return Words::tr("stalled GUI thread");
    case FaultKind::StallNetwork:
        return Words::tr("stalled network thread");
    case FaultKind::StallServer:
        return Words::tr("stalled server thread");
    case FaultKind::StallStorage:
        return Words::tr("stalled storage thread");
    case FaultKind::SlowDisk:
        return Words::tr("slow disk");
    case FaultKind::SlowReader:
        return Words::tr("slow reader");
    case FaultKind::CutPrimary:
        return Words::tr("cut primary link");
    case FaultKind::CutStandby:
        return Words::tr("cut standby link");
    case FaultKind::RestartServer:
        break;
    }
    return Words::tr("killed server");
}

QString faultSentence(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Delay:
        return Words::tr("Everything this client sends leaves that much later.");
    case FaultKind::Jitter:
        return Words::tr("Everything this client sends leaves up to that much later, in order.");
    case FaultKind::DropHeartbeats:
        return Words::tr("This client sends none, until the link counts as dead.");
    case FaultKind::StallGui:
        return Words::tr("Once a second the windows stand still.");
    case FaultKind::StallNetwork:
        return Words::tr("Once a second this client's links stand still.");
    case FaultKind::StallServer:
        return Words::tr("Once a second the server stands still for everyone.");
    case FaultKind::StallStorage:
        return Words::tr("Once a second nothing is stored.");
    case FaultKind::SlowDisk:
        return Words::tr("Every transaction waits that much longer for the disk.");
    case FaultKind::SlowReader:
        return Words::tr("Each frame that comes waits that long before it is taken.");
    case FaultKind::CutPrimary:
        return Words::tr("It ends now, and each that is opened in its place.");
    case FaultKind::CutStandby:
        return Words::tr("It ends now, and each that is opened in its place.");
    case FaultKind::RestartServer:
        break;
    }
    return Words::tr("It goes without a goodbye, and is back after that time.");
}

bool hasAmount(FaultKind kind)
{
    return kind != FaultKind::DropHeartbeats && kind != FaultKind::CutPrimary && kind != FaultKind::CutStandby;
}

std::chrono::milliseconds usualAmount(FaultKind kind)
{
    switch (kind) {
    case FaultKind::SlowDisk:
        return 100ms;
    case FaultKind::StallGui:
    case FaultKind::StallNetwork:
    case FaultKind::StallServer:
    case FaultKind::StallStorage:
        return 300ms;
    case FaultKind::RestartServer:
        return 2s;
    default:
        return hasAmount(kind) ? 50ms : 0ms;
    }
}

QString countdownText(std::chrono::milliseconds left)
{
    const auto seconds = std::max<qint64>(std::chrono::ceil<std::chrono::seconds>(left).count(), 0);
    return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

} // namespace lanline::ui
