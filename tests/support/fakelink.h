#pragma once

#include "client/link.h"
#include "protocol/messages.h"

#include <QPointer>

namespace lanline::client {

/// A link whose other end is the test. Frames are real bytes of the real codec, and arrive through the event loop.
class FakeLink final : public Link
{
    Q_OBJECT

public:
    using Link::Link;

    void open(const Path &path) override { m_path = path; }
    QHostAddress localAddress() const override { return m_path.local.isNull() ? m_systemsChoice : m_path.local; }
    QHostAddress peerAddress() const override { return QHostAddress(m_path.url.host()); }
    void send(const QByteArray &frame) override;
    void close(const protocol::CloseReason &reason) override;
    void abort() override { m_isAborted = true; }
    QByteArray certificateSha256() const override { return m_certificateSha256; }
    std::optional<SteadyTime> lastArrival() const override { return m_arrival; }

    /// Where it begins unless its path says so.
    void beginAt(const QHostAddress &local) { m_systemsChoice = local; }

    // The server's side
    void encryptWith(const QByteArray &certificateSha256) { m_certificateSha256 = certificateSha256; }
    void accept(const ConnectSteps &steps = {});
    void deliver(const protocol::ServerMessage &message);
    void deliverBytes(const QByteArray &frame);
    /// What is delivered from here on came then; nothing: as it is delivered.
    void arriveAt(std::optional<SteadyTime> time) { m_arrival = time; }
    void endWith(const LinkEnd &end);

    QUrl url() const { return m_path.url; }
    const Path &path() const { return m_path; }
    bool isAborted() const { return m_isAborted; }
    std::optional<quint16> closeCode() const { return m_closeCode; }

    /// All commands of one kind that came, in order.
    template <class Kind>
    QList<Kind> received() const
    {
        QList<Kind> found;
        for (const protocol::ClientCommand &command : m_received) {
            if (const auto *kind = std::get_if<Kind>(&command))
                found.append(*kind);
        }
        return found;
    }
    void forgetReceived() { m_received.clear(); }

private:
    Path m_path;
    QHostAddress m_systemsChoice;
    QList<protocol::ClientCommand> m_received;
    QByteArray m_certificateSha256;
    std::optional<SteadyTime> m_arrival;
    bool m_isAborted = false;
    std::optional<quint16> m_closeCode;
};

/// Makes the links of one client and keeps sight of them.
class FakeNetwork
{
public:
    LinkFactory factory();
    int count() const { return int(m_links.size()); }
    /// The newest; null when it is gone or there was none.
    FakeLink *last() const { return m_links.isEmpty() ? nullptr : m_links.last().data(); }
    FakeLink *at(int index) const { return m_links.at(index).data(); }

private:
    QList<QPointer<FakeLink>> m_links;
};

} // namespace lanline::client
