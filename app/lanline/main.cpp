#include "app/profile/profile.h"
#include "complaint.h"
#include "demo.h"
#include "desktop.h"
#include "instance.h"
#include "options.h"
#include "replay.h"
#include "tour.h"
#include "ui/theme/themecontroller.h"
#include "watchedapplication.h"

#include <QIcon>
#include <QLibraryInfo>
#include <QLocale>
#include <QThread>
#include <QTranslator>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

using namespace lanline;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The network thread of the process: runs from construction to destruction.
class NetworkThread
{
public:
    NetworkThread()
    {
        m_thread.setObjectName(u"network"_s);
        m_thread.start();
    }
    ~NetworkThread()
    {
        m_thread.quit();
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(NetworkThread)

    QThread *thread() { return &m_thread; }

private:
    QThread m_thread;
};

/// The program's arguments as QApplication may have them. Qt's plugin for X11 takes "--name VALUE" for itself; written
/// as one word, "--name=VALUE", it is left to us.
class Arguments
{
public:
    Arguments(int argc, char **argv)
    {
        for (int i = 0; i < argc; ++i) {
            m_words.emplace_back(argv[i]);
            if (m_words.back() == "--name" && i + 1 < argc)
                m_words.back().append("=").append(argv[++i]);
        }
        for (std::string &word : m_words)
            m_pointers.push_back(word.data());
        m_count = int(m_pointers.size());
        m_pointers.push_back(nullptr);
    }

    int &count() { return m_count; }
    char **values() { return m_pointers.data(); }

private:
    std::vector<std::string> m_words;
    std::vector<char *> m_pointers;
    int m_count = 0;
};

/// The person's language where we have it, English otherwise: the sources alone would say "2 message(s)". Qt's own
/// words follow ours, so that no window mixes two languages.
void installTranslations(QCoreApplication &application)
{
    auto *ours = new QTranslator(&application);
    [[maybe_unused]] const bool isThere =
        ours->load(QLocale(), u"lanline"_s, u"_"_s, u":/i18n"_s) || ours->load(u":/i18n/lanline_en.qm"_s);
    Q_ASSERT(isThere);
    QCoreApplication::installTranslator(ours);

    auto *qts = new QTranslator(&application);
    const QString folder = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    if (qts->load(QLocale(ours->language()), u"qtbase"_s, u"_"_s, folder))
        QCoreApplication::installTranslator(qts);
}

void say(const QString &sentence)
{
    std::fprintf(stderr, "lanline: %s\n", qPrintable(sentence));
}

/// The demo as a program of its own, with or without the scripted visit.
int runDemo(const app::Options &options, QThread *network, ui::ThemeController &themes)
{
    app::Demo demo(network, themes);
    std::unique_ptr<app::Tour> tour;
    QObject::connect(&demo, &app::Demo::failed, &demo, [](const QString &sentence) {
        say(sentence);
        QCoreApplication::exit(1);
    });
    QObject::connect(
        &demo, &app::Demo::finished, &demo, [] { QCoreApplication::exit(0); }, Qt::QueuedConnection);
    if (options.tourDir.isEmpty()) {
        QObject::connect(&demo, &app::Demo::started, &demo, &app::Demo::arrange);
    } else {
        tour = std::make_unique<app::Tour>(demo, themes, options.tourDir);
        QObject::connect(&demo, &app::Demo::started, tour.get(), [&] { tour->start(); });
        QObject::connect(
            tour.get(), &app::Tour::finished, &demo, [](bool held) { QCoreApplication::exit(held ? 0 : 1); },
            Qt::QueuedConnection);
    }
    demo.start();
    return QCoreApplication::exec();
}

/// False: the process that has the profile does not answer.
bool handOver(const app::Options &options)
{
    const QString dir = options.profileDir.isEmpty() ? app::Profile::defaultDir() : options.profileDir;
    if (!app::handToInstance(dir, options.join, 2s))
        return false;
    say(QCoreApplication::translate("main", "Lanline is already open with this profile; its window is shown."));
    return true;
}

int runDesktop(const app::Options &options, QThread *network, ui::ThemeController &themes)
{
    auto profile = app::Profile::open(options.profileDir);
    if (!profile) {
        if (profile.error() == app::Profile::OpenError::InUse && handOver(options))
            return 0;
        const QString sentence = profile.error() == app::Profile::OpenError::InUse
            ? QCoreApplication::translate("main", "Lanline is already open with this profile.")
            : QCoreApplication::translate("main", "The folder of this profile cannot be used.");
        app::complain(sentence);
        return 1;
    }
    const app::InstanceListener listener((*profile)->dir());
    app::Desktop desktop(**profile, network, themes);
    QObject::connect(&listener, &app::InstanceListener::startedAgain, &desktop, &app::Desktop::onStartedAgain);
    desktop.start(options);
    return QCoreApplication::exec();
}

/// Help, the version and a fault in the arguments are told without a display; the exit status, if that was all.
std::optional<int> answerInTerminal(int argc, char **argv)
{
    Arguments arguments(argc, argv);
    QCoreApplication application(arguments.count(), arguments.values());
    installTranslations(application);
    const auto options = app::parseOptions(QCoreApplication::arguments());
    if (options)
        return std::nullopt;
    // Those of Qt, like "-platform", are known to QApplication alone.
    for (const QString &word : QCoreApplication::arguments()) {
        if (word.size() > 2 && word.startsWith(u'-') && word.at(1) != u'-')
            return std::nullopt;
    }
    say(options.error());
    return 2;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(u"lanline"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(LANLINE_VERSION));
    if (const auto status = answerInTerminal(argc, argv))
        return *status;

    Arguments arguments(argc, argv);
    app::WatchedApplication application(arguments.count(), arguments.values());
    QGuiApplication::setApplicationDisplayName(u"Lanline"_s);
    QGuiApplication::setDesktopFileName(u"lanline"_s);
    QGuiApplication::setWindowIcon(QIcon(u":/icons/lanline.svg"_s));
    installTranslations(application);

    const auto options = app::parseOptions(QCoreApplication::arguments());
    if (!options) {
        say(options.error());
        return 2;
    }

    ui::ThemeController themes;
    if (!options->replayFile.isEmpty())
        return app::replay(options->replayFile, themes);
    NetworkThread network;
    return options->demo ? runDemo(*options, network.thread(), themes) : runDesktop(*options, network.thread(), themes);
}
