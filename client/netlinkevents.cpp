#include "client/netlinkevents.h"

#include <QSocketNotifier>

#include <array>

#include <cerrno>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lanline::client {

NetlinkEvents::NetlinkEvents(QObject *parent)
    : QObject(parent)
    , m_descriptor(socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE))
{
    if (m_descriptor < 0)
        return;
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    if (bind(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(std::exchange(m_descriptor, -1));
        return;
    }
    m_notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &NetlinkEvents::read);
}

NetlinkEvents::~NetlinkEvents()
{
    // A notifier must not outlive what it watches.
    delete m_notifier;
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void NetlinkEvents::read()
{
    // What the messages say is not read: whoever hears of a change looks at the whole, so that none can be missed,
    // not even when the kernel had to drop some (ENOBUFS).
    std::array<char, 8192> message{};
    while (recv(m_descriptor, message.data(), message.size(), 0) > 0 || errno == ENOBUFS || errno == EINTR) { }
    Q_EMIT happened();
}

} // namespace lanline::client
