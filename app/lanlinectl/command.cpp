#include "command.h"

#include "problemtext.h"

namespace lanline::ctl {

using namespace Qt::Literals::StringLiterals;
using client::ConnectionState;
using client::Phase;
using client::Problem;

Command::Command(const Options &options, client::ChatSession &session, Output &output)
    : m_options(options)
    , m_session(session)
    , m_output(output)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(options.timeout);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        const ConnectionState &state = m_session.state();
        const QString why = state.problem == Problem::None ? u"no answer"_s : problemText(state);
        fail(u"no connection to %1: %2"_s.arg(m_options.url.toString(), why), NoConnection);
    });
    connect(&session, &client::ChatSession::stateChanged, this, &Command::onState);
}

void Command::run()
{
    if (m_options.timeout.count() > 0)
        m_patience.start();
    m_session.open(m_options.url, m_options.code);
}

void Command::onState(const ConnectionState &state)
{
    if (m_hasFinished)
        return;
    if (state.phase == Phase::Offline && state.problem != Problem::None) {
        fail(problemText(state));
        return;
    }
    const bool isOnline = state.phase == Phase::Online;
    if (isOnline == std::exchange(m_isOnline, isOnline))
        return;
    if (!isOnline) {
        if (m_options.timeout.count() > 0)
            m_patience.start();
        return;
    }
    m_patience.stop();
    if (std::exchange(m_hasBegun, true))
        resume();
    else
        begin();
}

void Command::finish(ExitCode code)
{
    if (std::exchange(m_hasFinished, true))
        return;
    m_patience.stop();
    Q_EMIT finished(code);
}

void Command::fail(const QString &why, ExitCode code)
{
    if (m_hasFinished)
        return;
    complain(why);
    finish(code);
}

void Command::print(const QByteArray &line)
{
    if (!m_hasFinished && !m_output.writeLine(line))
        fail(u"nobody reads the output any more"_s);
}

} // namespace lanline::ctl
