#include "server/net/epollstream.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace lanline::server {

namespace {

using State = StreamResult::State;

/// The first byte of a TLS handshake record; no HTTP request begins with it.
constexpr char tlsHandshake = 0x16;
constexpr size_t piecesAtOnce = 64;

StreamResult resultOfErrno()
{
    return {errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? State::Blocked : State::Failed, 0};
}

} // namespace

EpollStream::EpollStream(EpollSet &set, int descriptor, Peer peer, const TlsContext *tls)
    : m_set(set)
    , m_descriptor(descriptor)
    , m_tls(tls)
    , m_peer(std::move(peer))
{
    if (!m_set.add(m_descriptor, 0, *this))
        ::shutdown(m_descriptor, SHUT_RDWR);
}

EpollStream::~EpollStream()
{
    m_set.remove(m_descriptor, *this);
    m_layer.reset();
    ::close(m_descriptor);
}

void EpollStream::setReading(bool on)
{
    m_isReading = on;
    if (on && m_layer && m_layer->hasMore())
        m_set.turn().callNext(*this);
    updateEvents();
}

bool EpollStream::knowsKind()
{
    if (!m_tls)
        return true;
    char first = 0;
    if (::recv(m_descriptor, &first, 1, MSG_PEEK) != 1)
        return false;
    if (first == tlsHandshake)
        m_layer.emplace(*m_tls, m_descriptor);
    m_tls = nullptr;
    return true;
}

StreamResult EpollStream::read(std::span<char> into)
{
    // Without a first byte, the plain read tells why: nothing yet, the end, or a reset.
    if (!knowsKind() || !m_layer)
        return readPlain(into);
    const StreamResult result = m_layer->read(into);
    if (m_layer->hasMore())
        m_set.turn().callNext(*this);
    updateEvents();
    return result;
}

StreamResult EpollStream::readPlain(std::span<char> into) const
{
    const ssize_t bytes = ::recv(m_descriptor, into.data(), into.size(), 0);
    if (bytes > 0)
        return {State::Open, bytes};
    return bytes == 0 ? StreamResult{State::Ended, 0} : resultOfErrno();
}

StreamResult EpollStream::write(std::span<const QByteArrayView> pieces)
{
    const StreamResult result = m_layer ? m_layer->write(pieces) : writePlain(pieces);
    m_isWriteBlocked = result.state == State::Blocked;
    updateEvents();
    return result;
}

StreamResult EpollStream::writePlain(std::span<const QByteArrayView> pieces) const
{
    if (pieces.size() == 1) {
        const ssize_t bytes = ::send(m_descriptor, pieces[0].data(), size_t(pieces[0].size()), MSG_NOSIGNAL);
        return bytes > 0 ? StreamResult{State::Open, bytes} : resultOfErrno();
    }
    std::array<iovec, piecesAtOnce> vectors; // NOLINT(*-member-init): filled as far as it is used
    const size_t count = std::min(pieces.size(), vectors.size());
    for (size_t i = 0; i < count; ++i)
        vectors.at(i) = {const_cast<char *>(pieces[i].data()), size_t(pieces[i].size())}; // NOLINT(*-const-cast): POSIX
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = count;
    const ssize_t bytes = ::sendmsg(m_descriptor, &message, MSG_NOSIGNAL);
    return bytes > 0 ? StreamResult{State::Open, bytes} : resultOfErrno();
}

void EpollStream::shutdownWrite()
{
    if (m_layer)
        m_layer->shutdown();
    ::shutdown(m_descriptor, SHUT_WR);
}

void EpollStream::onEvents(quint32 events)
{
    if (events & (EPOLLERR | EPOLLHUP)) {
        m_user->onBroken();
        return;
    }
    // TLS may have to read in order to write, and the other way round.
    const bool canRead = m_isReading && (events & EPOLLIN || (m_layer && m_layer->readWantsWrite()));
    const bool canWrite = m_isWriteBlocked && (events & EPOLLOUT || (m_layer && m_layer->writeWantsRead()));
    if (canWrite) {
        m_isWriteBlocked = false;
        m_user->onWritable();
    }
    if (canRead)
        m_user->onReadable();
    updateEvents();
}

void EpollStream::onNextTurn()
{
    if (m_isReading)
        m_user->onReadable();
}

void EpollStream::updateEvents()
{
    const bool writeWantsRead = m_layer && m_layer->writeWantsRead();
    const bool readWantsWrite = m_layer && m_layer->readWantsWrite();
    quint32 events = 0;
    if (m_isReading || (m_isWriteBlocked && writeWantsRead))
        events |= EPOLLIN;
    if ((m_isWriteBlocked && !writeWantsRead) || (m_isReading && readWantsWrite))
        events |= EPOLLOUT;
    if (std::exchange(m_events, events) != events)
        m_set.change(m_descriptor, events, *this);
}

} // namespace lanline::server
