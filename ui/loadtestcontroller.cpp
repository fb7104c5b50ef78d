#include "ui/loadtestcontroller.h"

#include <algorithm>

namespace lanline::ui {

LoadTestPlan LoadTestController::bounded(LoadTestPlan plan)
{
    plan.clients = std::clamp(plan.clients, 1, mostClients);
    plan.messagesPerSecond =
        std::clamp(plan.messagesPerSecond, 1, std::min(mostPerClient, mostMessagesPerSecond / plan.clients));
    plan.payload = std::clamp(plan.payload, leastPayload, mostPayload);
    plan.duration = std::clamp(plan.duration, shortest, longest);
    return plan;
}

} // namespace lanline::ui
