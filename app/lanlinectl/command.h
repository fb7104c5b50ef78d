#pragma once

#include "client/chatsession.h"
#include "options.h"
#include "output.h"

#include <QObject>
#include <QTimer>

namespace lanline::ctl {

/// One run of a command over one session. Watches the connection; what the command does with it is the subclass's.
class Command : public QObject
{
    Q_OBJECT

public:
    /// All three outlive this object.
    Command(const Options &options, client::ChatSession &session, Output &output);

    /// Answers with finished().
    void run();

Q_SIGNALS:
    void finished(int exitCode);

protected:
    /// Online for the first time.
    virtual void begin() = 0;
    /// Online once more, after an outage.
    virtual void resume() { }

    /// Ends the run; the first call counts.
    void finish(ExitCode code);
    /// Says why on standard error, and ends the run.
    void fail(const QString &why, ExitCode code = Failed);
    /// Ends the run when nobody reads any more.
    void print(const QByteArray &line);

    const Options &options() const { return m_options; }
    client::ChatSession &session() const { return m_session; }
    Output &output() const { return m_output; }

private:
    void onState(const client::ConnectionState &state);

    const Options &m_options;
    client::ChatSession &m_session;
    Output &m_output;
    QTimer m_patience; ///< runs while there is no connection
    bool m_isOnline = false;
    bool m_hasBegun = false;
    bool m_hasFinished = false;
};

} // namespace lanline::ctl
