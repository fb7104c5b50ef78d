#include "server/logging.h"

namespace lanline::server {

Q_LOGGING_CATEGORY(lcServer, "lanline.server", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSession, "lanline.server.session", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "lanline.server.store", QtInfoMsg)

} // namespace lanline::server
