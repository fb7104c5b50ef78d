/// The half of ClientLink that serves history: catch-up and scrolling back.
#include "server/session/clientlink.h"

namespace lanline::server {

using protocol::ErrorCode;

void ClientLink::onPageRequest(const PageAsk &ask)
{
    if (m_pages.size() >= m_context.limits.commandsInFlight) {
        std::visit([this](const auto &request) { fail(request.requestId, ErrorCode::Busy, request.room); }, ask);
        return;
    }
    m_pages.push_back(ask);
    pumpPages();
}

void ClientLink::pumpPages()
{
    while (m_state == State::Online && !m_pages.empty() && !m_pageAtStore
        && m_transport->queuedBytes() <= m_context.limits.pauseReadingAtBytes) {
        const PageAsk ask = m_pages.takeFirst();
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

void ClientLink::servePage(const protocol::EventsGet &request, const Room &room)
{
    // 0 stands for all that is kept.
    const quint64 after = request.afterSeq == 0 ? room.firstSeq() - 1 : request.afterSeq;
    const bool isOfChanges = request.targetsUntil > 0;
    if (after > room.headSeq()) {
        fail(request.requestId, ErrorCode::BadRequest, request.room);
    } else if (after + 1 < room.firstSeq()) {
        fail(request.requestId, ErrorCode::HistoryExpired, request.room);
    } else if (auto page = isOfChanges ? std::nullopt : m_context.hub.catchUp(*this, request, after)) {
        ++m_context.ledger.pagesFromMemory;
        sendPage(*std::move(page));
    } else {
        readPage({{m_connection, request.requestId}, request.room,
            isOfChanges ? PageRequest::Kind::Changes : PageRequest::Kind::Events, after, room.headSeq(),
            m_context.limits.pageEvents, m_context.limits.pageBytes, request.targetsUntil});
    }
}

void ClientLink::servePage(const protocol::HistoryGet &request, const Room &room)
{
    const quint64 before = request.beforeSeq == 0 ? room.headSeq() + 1 : request.beforeSeq;
    const int most = m_context.limits.pageEvents;
    const int count = request.count == 0 ? most : int(qMin(request.count, quint32(most)));
    if (const auto page = room.pageBefore(before, count)) {
        ++m_context.ledger.pagesFromMemory;
        sendHistory(request.requestId, room, page->messages, page->fromSeq);
    } else {
        readPage({{m_connection, request.requestId}, request.room, PageRequest::Kind::Messages, before, room.headSeq(),
            count, m_context.limits.pageBytes});
    }
}

void ClientLink::readPage(const PageRequest &request)
{
    m_pageAtStore = true;
    ++m_context.ledger.pagesFromStore;
    m_context.store.readPage(request);
}

void ClientLink::onPage(const Page &page)
{
    m_pageAtStore = false;
    if (m_state != State::Online)
        return;
    const Room *room = m_context.hub.room(page.room);
    if (!page.isRead)
        fail(page.origin.requestId, ErrorCode::Busy, page.room);
    else if (!room->hasMember(userId()))
        fail(page.origin.requestId, ErrorCode::NotAMember, page.room);
    else if (page.isExpired)
        fail(page.origin.requestId, ErrorCode::HistoryExpired, page.room);
    else if (page.kind == PageRequest::Kind::Messages)
        sendHistory(page.origin.requestId, *room, page.events, qMax(page.fromSeq, room->firstSeq()));
    else
        sendPage({page.origin.requestId, page.room, page.events, false, room->headSeq()});
    pumpPages();
}

void ClientLink::sendPage(const protocol::Events &page)
{
    m_context.ledger.replayed += quint64(page.events.size());
    send(page);
}

void ClientLink::sendHistory(
    quint32 requestId, const Room &room, const QList<protocol::Event> &messages, quint64 fromSeq)
{
    m_context.ledger.replayed += quint64(messages.size());
    send(protocol::History{requestId, room.id(), messages, room.firstSeq(), fromSeq});
}

} // namespace lanline::server
