#pragma once

#include <QLoggingCategory>

/// Logs name ids only: never a message's text, a person's name, or a secret.
namespace lanline::server {

Q_DECLARE_LOGGING_CATEGORY(lcServer)
Q_DECLARE_LOGGING_CATEGORY(lcSession)
Q_DECLARE_LOGGING_CATEGORY(lcStore)

} // namespace lanline::server
