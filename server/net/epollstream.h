#pragma once

#include "server/net/epollset.h"
#include "server/net/stream.h"
#include "server/net/tlslayer.h"

#include <QHostAddress>

#include <optional>

namespace lanline::server {

/// A Stream over a descriptor in the server's epoll set.
class EpollStream final : public Stream, private EpollSet::Handler, private Turn::Member
{
public:
    struct Peer
    {
        QHostAddress address;
        quint16 port = 0;
    };

    /// Owns the descriptor, which is connected and non-blocking. `tls`: none, and every byte is plain.
    EpollStream(EpollSet &set, int descriptor, Peer peer, const TlsContext *tls);
    ~EpollStream() override;

    void setUser(StreamUser &user) override { m_user = &user; }
    void setReading(bool on) override;
    StreamResult read(std::span<char> into) override;
    StreamResult write(std::span<const QByteArrayView> pieces) override;
    void shutdownWrite() override;
    bool isEncrypted() const override { return m_layer.has_value(); }
    QHostAddress peerAddress() const override { return m_peer.address; }
    quint16 peerPort() const override { return m_peer.port; }

private:
    // EpollSet::Handler
    void onEvents(quint32 events) override;
    // Turn::Member
    void onTurnEnd() override { }
    void onNextTurn() override;

    /// Looks at the peer's first byte. False as long as there is none.
    bool knowsKind();
    StreamResult readPlain(std::span<char> into) const;
    StreamResult writePlain(std::span<const QByteArrayView> pieces) const;
    void updateEvents();

    EpollSet &m_set;
    int m_descriptor;
    StreamUser *m_user = nullptr;
    const TlsContext *m_tls; ///< null once it is known that it is not needed
    std::optional<TlsLayer> m_layer;
    Peer m_peer;
    quint32 m_events = 0; ///< as the set has them
    bool m_isReading = false;
    bool m_isWriteBlocked = false;
};

} // namespace lanline::server
