/// The half of Session that serves history: catch-up and scrolling back.
#include "server/session/session.h"

namespace lanline::server {

using protocol::ErrorCode;

void Session::onPageRequest(const PageAsk &ask)
{
    if (m_pages.size() >= size_t(m_context.limits.commandsInFlight)) {
        std::visit([this](const auto &request) { fail(request.requestId, ErrorCode::Busy, request.room); }, ask);
        return;
    }
    m_pages.push_back(ask);
    pumpPages();
}

void Session::pumpPages()
{
    while (m_state == State::Online && !m_pages.empty() && !m_pageAtStore
        && m_transport->queuedBytes() <= m_context.limits.pauseReadingAtBytes) {
        const PageAsk ask = std::move(m_pages.front());
        m_pages.pop_front();
        std::visit(
            [this](const auto &request) {
                const Room *room = m_context.hub.room(request.room);
                if (!room)
                    fail(request.requestId, ErrorCode::UnknownRoom, request.room);
                else if (!room->hasMember(userId()))
                    fail(request.requestId, ErrorCode::NotAMember, request.room);
                else
                    servePage(request, *room);
            },
            ask);
    }
}

void Session::servePage(const protocol::EventsGet &request, const Room &room)
{
    if (request.afterSeq > room.headSeq()) {
        fail(request.requestId, ErrorCode::BadRequest, request.room);
    } else if (auto page = m_context.hub.catchUp(*this, request)) {
        sendPage(*std::move(page));
    } else {
        m_pageAtStore = true;
        m_context.store.readPage({{m_connection, request.requestId}, request.room, PageRequest::Direction::After,
            request.afterSeq, room.headSeq(), m_context.limits.pageEvents, m_context.limits.pageBytes});
    }
}

void Session::servePage(const protocol::HistoryGet &request, const Room &room)
{
    const quint64 before = request.beforeSeq == 0 ? room.headSeq() + 1 : request.beforeSeq;
    const int most = m_context.limits.pageEvents;
    const int count = request.count == 0 ? most : int(qMin(request.count, quint32(most)));
    if (auto page = room.pageBefore(before, count)) {
        sendHistory(request.requestId, room, *std::move(page));
    } else {
        m_pageAtStore = true;
        m_context.store.readPage({{m_connection, request.requestId}, request.room, PageRequest::Direction::Before,
            before, room.headSeq(), count, m_context.limits.pageBytes});
    }
}

void Session::onPage(const Page &page)
{
    m_pageAtStore = false;
    if (m_state != State::Online)
        return;
    const Room *room = m_context.hub.room(page.room);
    if (!page.isRead)
        fail(page.origin.requestId, ErrorCode::Busy, page.room);
    else if (!room->hasMember(userId()))
        fail(page.origin.requestId, ErrorCode::NotAMember, page.room);
    else if (page.direction == PageRequest::Direction::After)
        sendPage({page.origin.requestId, page.room, page.events, false, room->headSeq()});
    else
        sendHistory(page.origin.requestId, *room, page.events);
    pumpPages();
}

void Session::sendPage(const protocol::Events &page)
{
    m_context.ledger.replayed += quint64(page.events.size());
    send(page);
}

void Session::sendHistory(quint32 requestId, const Room &room, const QList<protocol::Event> &events)
{
    m_context.ledger.replayed += quint64(events.size());
    send(protocol::History{requestId, room.id(), events, room.firstSeq()});
}

} // namespace lanline::server
