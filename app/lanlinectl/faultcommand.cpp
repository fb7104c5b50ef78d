#include "faultcommand.h"

#include "faultnames.h"

namespace lanline::ctl {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

FaultCommand::FaultCommand(const Options &options, client::ChatSession &session, Output &output)
    : Command(options, session, output)
{
    connect(&session, &client::ChatSession::faultsReceived, this, &FaultCommand::onFaults);
    connect(&session, &client::ChatSession::requestFailed, this, [this](const client::RequestFailure &failure) {
        if (failure.code == protocol::ErrorCode::NotAllowed) {
            fail(u"the server allows no faults: it has to run on this computer, with --allow-faults"_s);
        } else {
            fail(failure.text.isEmpty() ? u"the server refused"_s : failure.text);
        }
    });
}

void FaultCommand::begin()
{
    if (!options().fault)
        session().requestFault(std::nullopt);
    else if (options().stop)
        session().requestFault(Fault{*options().fault, 0ms, 0ms});
    else
        session().requestFault(Fault{*options().fault, options().faultAmount, options().faultDuration});
}

void FaultCommand::onFaults(const QList<protocol::ActiveFault> &faults)
{
    if (options().stop && !options().fault && !faults.isEmpty()) {
        session().requestFault(Fault{faults.first().kind, 0ms, 0ms});
        return;
    }
    if (options().json) {
        QByteArrayList entries;
        for (const protocol::ActiveFault &fault : faults) {
            entries.append(JsonLine()
                               .add("kind"_L1, nameOf(fault.kind))
                               .add("amount_ms"_L1, quint64(fault.amount.count()))
                               .add("left_ms"_L1, quint64(fault.left.count()))
                               .object());
        }
        print(JsonLine().addRaw("faults"_L1, '[' + entries.join(',') + ']').object());
    } else if (faults.isEmpty()) {
        print("nothing is broken on purpose");
    } else {
        for (const protocol::ActiveFault &fault : faults) {
            print(u"%1\t%2 ms\t%3 s left"_s.arg(nameOf(fault.kind))
                      .arg(fault.amount.count())
                      .arg(std::chrono::duration<double>(fault.left).count(), 0, 'f', 1)
                      .toUtf8());
        }
    }
    finish(Done);
}

} // namespace lanline::ctl
