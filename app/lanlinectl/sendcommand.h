#pragma once

#include "command.h"
#include "inputlines.h"

#include <QSet>

namespace lanline::ctl {

/// Sends one text, or the lines of standard input, and tells of each message once it is stored.
class SendCommand final : public Command
{
    Q_OBJECT

public:
    SendCommand(const Options &options, client::ChatSession &session, Output &output);

protected:
    void begin() override;
    void resume() override;

private:
    void onJoined();
    void onLine(const QByteArray &line);
    void onOutbox(const QList<client::OutboxItem> &items);
    void onRequestFailed(const client::RequestFailure &failure);
    void onStored(const client::OutboxItem &item);
    void readOn();

    InputLines m_input;
    bool m_hasJoined = false;
    bool m_hasAllInput = false;
    bool m_hasFailures = false;
    quint64 m_lines = 0;
    QSet<MessageId> m_unanswered; ///< those of an earlier run too
};

} // namespace lanline::ctl
