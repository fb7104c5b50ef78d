#include "client/notices.h"

namespace lanline::client {

namespace {

/// Joins `next` to `last` where a reader of both would learn no more than a reader of the sum.
bool merge(Notice &last, Notice &next)
{
    if (auto *state = std::get_if<ConnectionState>(&last)) {
        auto *newer = std::get_if<ConnectionState>(&next);
        if (!newer || newer->phase != state->phase)
            return false;
        *state = std::move(*newer);
        return true;
    }
    if (auto *timeline = std::get_if<TimelineUpdate>(&last)) {
        const auto *more = std::get_if<TimelineUpdate>(&next);
        if (!more || more->kind != TimelineUpdate::Kind::Append || timeline->kind != TimelineUpdate::Kind::Append
            || more->room != timeline->room || more->isCatchUp != timeline->isCatchUp)
            return false;
        timeline->events += more->events;
        timeline->toSeq = more->toSeq;
        return true;
    }
    if (auto *items = std::get_if<QList<OutboxItem>>(&last)) {
        const auto *more = std::get_if<QList<OutboxItem>>(&next);
        if (more)
            *items += *more;
        return more;
    }
    return false;
}

} // namespace

void NoticeBatch::add(Notice notice)
{
    if (m_notices.isEmpty() || !merge(m_notices.last(), notice))
        m_notices.append(std::move(notice));
}

} // namespace lanline::client
