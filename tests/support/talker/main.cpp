#include "client/address.h"
#include "records.h"
#include "talker.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>
#include <QThread>

#include <array>
#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace lanline::talker {

namespace {

using namespace Qt::Literals::StringLiterals;

struct Options
{
    QUrl url;
    QString name;
    QString profile; ///< a folder
    std::chrono::milliseconds heartbeat{};
    client::Redundancy redundancy = client::Redundancy::Automatic;
};

std::optional<client::Redundancy> redundancyNamed(const QString &name)
{
    if (name == "off"_L1)
        return client::Redundancy::Off;
    if (name == "on"_L1)
        return client::Redundancy::On;
    if (name == "automatic"_L1)
        return client::Redundancy::Automatic;
    return std::nullopt;
}

std::optional<Options> parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Standard input takes \"rate N\" (lines a second) and \"drain\"; its end is the "
                                     "end."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"url"_s, u"of the server"_s, u"url"_s},
        {u"name"_s, u"of the person"_s, u"name"_s, u"talker"_s},
        {u"profile"_s, u"folder for the key and the outbox"_s, u"folder"_s},
        {u"heartbeat-ms"_s, u"between heartbeats"_s, u"ms"_s, u"1000"_s},
        {u"redundancy"_s, u"off, on or automatic"_s, u"which"_s, u"automatic"_s},
    });
    parser.process(arguments);

    bool isNumber = false;
    const auto url = client::parseServerAddress(parser.value(u"url"_s));
    const int heartbeat = parser.value(u"heartbeat-ms"_s).toInt(&isNumber);
    const auto redundancy = redundancyNamed(parser.value(u"redundancy"_s));
    const QString profile = parser.value(u"profile"_s);
    if (!url || !isNumber || heartbeat <= 0 || !redundancy || profile.isEmpty())
        return std::nullopt;
    return Options{*url, parser.value(u"name"_s), profile, std::chrono::milliseconds(heartbeat), *redundancy};
}

/// Does what standard input says.
class Orders final : public QObject
{
public:
    explicit Orders(Talker &talker)
        : m_talker(talker)
        , m_notifier(STDIN_FILENO, QSocketNotifier::Read)
    {
        connect(&m_notifier, &QSocketNotifier::activated, this, &Orders::onReadable);
    }

private:
    void onReadable()
    {
        std::array<char, 1024> bytes{};
        const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count <= 0) {
            m_notifier.setEnabled(false);
            QCoreApplication::quit();
            return;
        }
        m_buffer.append(bytes.data(), count);
        for (qsizetype end = 0; (end = m_buffer.indexOf('\n')) >= 0; m_buffer.remove(0, end + 1))
            obey(m_buffer.first(end));
    }

    void obey(const QByteArray &order)
    {
        if (order == "drain")
            m_talker.drain();
        else if (order.startsWith("rate "))
            m_talker.setRate(order.sliced(5).toDouble());
        else
            std::fprintf(stderr, "talker: no such order: %s\n", order.constData());
    }

    Talker &m_talker;
    QSocketNotifier m_notifier;
    QByteArray m_buffer;
};

int run(const Options &options)
{
    QThread network;
    network.start();
    int code = 0;
    {
        client::ChatSession session(
            {options.name, options.profile + "/device.key"_L1, options.profile + "/client.db"_L1}, &network);
        session.setHeartbeatInterval(options.heartbeat);
        session.setRedundancy(options.redundancy);
        Talker talker(options.name, session);
        const Orders orders(talker);
        session.open(options.url);
        code = QCoreApplication::exec();
        write(toJson(session.ledger()));
    }
    network.quit();
    network.wait();
    return code;
}

} // namespace

} // namespace lanline::talker

int main(int argc, char *argv[])
{
    // Whoever reads the records may go first.
    std::signal(SIGPIPE, SIG_IGN);
    const QCoreApplication application(argc, argv);
    const auto options = lanline::talker::parse(QCoreApplication::arguments());
    if (!options) {
        std::fputs("Try talker --help.\n", stderr);
        return 2;
    }
    return lanline::talker::run(*options);
}
