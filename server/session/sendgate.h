#pragma once

#include "core/id.h"

namespace lanline::server {

/// Keeps a sender's order across a temporary refusal: once a message was refused for now, every SEND behind it is
/// dropped until that message comes again.
class SendGate
{
public:
    /// True when the SEND may pass.
    bool admits(const MessageId &message)
    {
        if (m_awaited.isNull())
            return true;
        if (m_awaited != message)
            return false;
        m_awaited = {};
        return true;
    }

    /// False when an earlier message is awaited already; then this refusal need not be told.
    bool refuse(const MessageId &message)
    {
        if (!m_awaited.isNull())
            return false;
        m_awaited = message;
        return true;
    }

private:
    MessageId m_awaited; ///< null: open
};

} // namespace lanline::server
