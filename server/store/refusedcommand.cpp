#include "server/store/refusedcommand.h"

namespace lanline::server {

StoreOutcome refusedForNow(const StoreCommand &command)
{
    using protocol::ErrorCode;
    return std::visit(protocol::Overloaded{
                          [](const LogIn &logIn) -> StoreOutcome {
                              return LogInRefused{logIn.origin, LogInRefused::Why::StoreFailed};
                          },
                          [](const Append &append) -> StoreOutcome {
                              return AppendRefused{append.origin, append.room, append.messageId, ErrorCode::ReadOnly};
                          },
                          [](const SaveMarks &save) -> StoreOutcome {
                              return MarksSaved{save.user, save.room, false};
                          },
                          [](const auto &other) -> StoreOutcome {
                              return CommandRefused{other.origin, other.room, ErrorCode::ReadOnly};
                          },
                      },
        command);
}

} // namespace lanline::server
