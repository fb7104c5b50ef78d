#include "tests/support/fakelink.h"

#include "protocol/codec.h"

namespace lanline::client {

using protocol::Encoding;

void FakeLink::send(const QByteArray &frame)
{
    const auto command = protocol::decodeCommand(Encoding::Protobuf, frame, {});
    if (!command)
        qFatal("the client sent what the codec cannot read: %s", qUtf8Printable(command.error().text));
    m_received.append(*command);
}

void FakeLink::close(const protocol::CloseReason &reason)
{
    m_closeCode = reason.code;
    endWith({});
}

void FakeLink::accept(const ConnectSteps &steps)
{
    QMetaObject::invokeMethod(
        this, [this, steps] { Q_EMIT opened(steps); }, Qt::QueuedConnection);
}

void FakeLink::deliver(const protocol::ServerMessage &message)
{
    deliverBytes(protocol::encode(Encoding::Protobuf, message));
}

void FakeLink::deliverBytes(const QByteArray &frame)
{
    // Not even after abort() is anything held back: the client itself must not listen to a stale link.
    QMetaObject::invokeMethod(
        this, [this, frame] { Q_EMIT frameReceived(frame); }, Qt::QueuedConnection);
}

void FakeLink::endWith(const LinkEnd &end)
{
    QMetaObject::invokeMethod(
        this, [this, end] { Q_EMIT ended(end); }, Qt::QueuedConnection);
}

LinkFactory FakeNetwork::factory()
{
    return [this] {
        auto link = std::make_unique<FakeLink>();
        m_links.append(link.get());
        return link;
    };
}

} // namespace lanline::client
