#pragma once

#include "server/net/tlslayer.h"
#include "tests/support/tlspeer.h"

#include <QRandomGenerator>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace lanline::test {

using server::StreamResult;
using server::TlsContext;
using server::TlsLayer;
using State = StreamResult::State;
using Version = TlsPeer::Version;

/// Both ends of one connection.
struct TlsConnection
{
    explicit TlsConnection(
        const TlsContext &context, Version version = Version::Any, SocketPair pair = SocketPair::make())
        : ours(pair.ours)
        , peer(pair.peers, version)
        , layer(context, pair.ours)
    { }
    ~TlsConnection() { ::close(ours); }
    TlsConnection(const TlsConnection &) = delete;
    TlsConnection &operator=(const TlsConnection &) = delete;

    /// All that read() gives, until it gives no more.
    QByteArray readAll()
    {
        QByteArray all;
        do {
            last = layer.read(into);
            if (last.state == State::Open)
                all.append(into.data(), last.bytes);
        } while (last.state == State::Open && layer.hasMore());
        return all;
    }

    State readOnce() { return (last = layer.read(into)).state; }

    /// Moves bytes until the handshake is done, or cannot be.
    bool shakeHands(qsizetype pieceBytes = 1 << 30)
    {
        while (!peer.hasFailed()) {
            peer.process();
            const qsizetype sent = peer.send(pieceBytes);
            const State state = readOnce();
            if (state != State::Blocked)
                return false;
            if (peer.isEstablished() && sent == 0)
                return true;
        }
        return false;
    }

    StreamResult write(const QByteArray &text)
    {
        const std::array pieces{QByteArrayView(text)};
        return layer.write(pieces);
    }

    void waitReadable() const
    {
        pollfd poll{ours, POLLIN, 0};
        ::poll(&poll, 1, 5000);
    }

    int ours;
    TlsPeer peer;
    TlsLayer layer;
    StreamResult last;
    std::array<char, 64 * 1024> into{};
};

inline QByteArray randomBytes(qsizetype size, quint32 seed = 1)
{
    QRandomGenerator random(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(random.generate());
    return bytes;
}

inline void setBuffer(int descriptor, int option, int bytes)
{
    ::setsockopt(descriptor, SOL_SOCKET, option, &bytes, sizeof(bytes));
}
} // namespace lanline::test
