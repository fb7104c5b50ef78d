#include "app/profile/profile.h"
#include "askcommands.h"
#include "faultcommand.h"
#include "pingcommand.h"
#include "sendcommand.h"
#include "tailcommand.h"

#include <QCoreApplication>
#include <QThread>

#include <openssl/crypto.h>

#include <cstdio>

namespace lanline::ctl {

namespace {

using namespace Qt::Literals::StringLiterals;

std::unique_ptr<Command> makeCommand(const Options &options, client::ChatSession &session, Output &output)
{
    switch (options.command) {
    case Options::Command::Send:
        return std::make_unique<SendCommand>(options, session, output);
    case Options::Command::Tail:
        return std::make_unique<TailCommand>(options, session, output);
    case Options::Command::Ping:
        return std::make_unique<PingCommand>(options, session, output);
    case Options::Command::Rooms:
        return std::make_unique<RoomsCommand>(options, session, output);
    case Options::Command::Fault:
        return std::make_unique<FaultCommand>(options, session, output);
    case Options::Command::Status:
        break;
    }
    return std::make_unique<StatusCommand>(options, session, output);
}

/// The network thread's last act. The program ends as soon as Qt calls the thread finished, which is before the system
/// does: what OpenSSL keeps for a thread would sometimes be freed too late.
void endOfNetwork()
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    ::OPENSSL_thread_stop();
}

int run(const Options &options)
{
    Output output;
    client::Identity identity{options.name.value_or(u"lanlinectl"_s), {}};

    std::unique_ptr<app::Profile> profile;
    if (options.profileDir) {
        auto opened = app::Profile::open(*options.profileDir);
        if (!opened) {
            const bool isInUse = opened.error() == app::Profile::OpenError::InUse;
            complain(
                u"profile %1: %2"_s.arg(*options.profileDir, isInUse ? u"in use"_s : u"the folder cannot be used"_s));
            return Failed;
        }
        profile = *std::move(opened);
        if (options.name)
            profile->setName(*options.name);
        identity = {profile->name(), profile->keyPath(), profile->storePath()};
    }

    QThread network;
    QObject::connect(&network, &QThread::finished, endOfNetwork);
    network.start();
    int code = Failed;
    {
        client::ChatSession session(identity, &network);
        const auto command = makeCommand(options, session, output);
        QObject::connect(
            command.get(), &Command::finished, command.get(), [](int exitCode) { QCoreApplication::exit(exitCode); },
            Qt::QueuedConnection);
        command->run();
        code = QCoreApplication::exec();
    }
    network.quit();
    network.wait();
    return code;
}

} // namespace

} // namespace lanline::ctl

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("lanlinectl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LANLINE_VERSION));

    const auto options = lanline::ctl::parseOptions(QCoreApplication::arguments());
    if (!options) {
        lanline::ctl::complain(options.error());
        std::fputs("Try lanlinectl --help.\n", stderr);
        return lanline::ctl::Usage;
    }
    if (!options->printAndLeave.isEmpty()) {
        std::fputs(qUtf8Printable(options->printAndLeave), stdout);
        return lanline::ctl::Done;
    }
    return lanline::ctl::run(*options);
}
