#pragma once

#include "core/result.h"
#include "protocol/closereasons.h"
#include "protocol/limits.h"
#include "protocol/messages.h"
#include "server/store/storevalues.h"

namespace lanline::server {

/// What of a HELLO can be judged without the store: version, name, signature. The login it asks for, or why the
/// connection ends. `certificateSha256`: of the certificate that the connection is encrypted with; empty for a plain
/// one.
Result<LogIn, protocol::CloseReason> checkHello(const protocol::Hello &hello, const protocol::Ready &ready,
    const QByteArray &certificateSha256, quint64 connection);

} // namespace lanline::server
