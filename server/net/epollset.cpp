#include "server/net/epollset.h"

#include <QSocketNotifier>

#include <sys/epoll.h>
#include <unistd.h>

#include <array>

namespace lanline::server {

namespace {

/// Few enough that what a round touches (connections, output buffers) stays in the cache until its end.
constexpr int eventsFetched = 64;
/// While there is much to do, the way back through Qt's event loop is saved for some rounds; then others get their
/// turn.
constexpr int roundsInARow = 16;
constexpr int muchToDo = 16; ///< events in one round

} // namespace

EpollSet::EpollSet(Turn &turn, QObject *parent)
    : QObject(parent)
    , m_turn(turn)
    , m_descriptor(epoll_create1(EPOLL_CLOEXEC))
{
    if (m_descriptor < 0)
        qFatal("no descriptor is left for the server's event loop");
    m_notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &EpollSet::pump);
}

EpollSet::~EpollSet()
{
    m_notifier->setEnabled(false);
    ::close(m_descriptor);
}

bool EpollSet::add(int descriptor, quint32 events, Handler &handler)
{
    epoll_event event{events, {&handler}};
    return epoll_ctl(m_descriptor, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void EpollSet::change(int descriptor, quint32 events, Handler &handler)
{
    epoll_event event{events, {&handler}};
    epoll_ctl(m_descriptor, EPOLL_CTL_MOD, descriptor, &event);
}

void EpollSet::remove(int descriptor, Handler &handler)
{
    epoll_ctl(m_descriptor, EPOLL_CTL_DEL, descriptor, nullptr);
    for (epoll_event &event : m_fetched) {
        if (event.data.ptr == &handler)
            event.data.ptr = nullptr;
    }
}

void EpollSet::pump()
{
    std::array<epoll_event, eventsFetched> events; // NOLINT(*-member-init): the kernel fills it
    for (int round = 0; round < roundsInARow; ++round) {
        const int count = epoll_wait(m_descriptor, events.data(), eventsFetched, 0);
        if (count <= 0)
            return;
        const Turn::Scope scope(m_turn);
        m_fetched = std::span(events).first(size_t(count));
        while (!m_fetched.empty()) {
            const epoll_event event = m_fetched.front();
            m_fetched = m_fetched.subspan(1);
            if (event.data.ptr)
                static_cast<Handler *>(event.data.ptr)->onEvents(event.events);
        }
        if (count < muchToDo)
            return;
    }
}

} // namespace lanline::server
