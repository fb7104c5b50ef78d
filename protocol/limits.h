#pragma once

#include <QtGlobal>

#include <chrono>

namespace lanline::protocol {

/// Every limit of Lanline, in one table. The server tells its own in READY; both ends check before anything grows.
struct Limits
{
    // The wire
    qint64 frameBytes = 64 * 1024; ///< one WebSocket frame
    qint64 messageBytes = 1024 * 1024; ///< one WebSocket message, of any number of frames
    qint64 textBytes = 8 * 1024; ///< the text of one chat message, as UTF-8
    qint64 nameBytes = 64; ///< a person's name
    qint64 roomNameBytes = 64;
    qint64 roomTitleBytes = 160;
    qint64 pageBytes = 256 * 1024; ///< one page of history, measured as the sum of its texts
    int pageEvents = 512; ///< one page of history
    int cursorsPerHello = 256;

    // The server's rooms and connections
    int connections = 16'384; ///< and never more than the process may have descriptors
    int connectionsPerAddress = 512;
    int rooms = 1024;
    int roomsPerUser = 256;
    int membersListed = 1000; ///< members told of one room
    int tailEvents = 512; ///< newest events of a room kept in memory
    int clientsPerSession = 16; ///< windows and devices of one user, connected or within the grace time
    int commandsInFlight = 256; ///< sent by one link and not yet answered by the store

    // Back-pressure, per connection
    qint64 pauseReadingAtBytes = 256 * 1024; ///< queued to a link before it is no longer read
    qint64 slowReaderAtBytes = 4 * 1024 * 1024; ///< queued to a link before it is closed

    // Group commit
    int commandsPerCommit = 512;
    int commitQueue = 8192; ///< commands waiting for the writer before BUSY

    // Traces
    int tracesKept = 8192; ///< newest messages of all rooms of which TRACE_GET still learns where their time went

    // Time
    std::chrono::milliseconds helloTimeout{10'000};
    std::chrono::milliseconds handshakeTimeout{3'000};
    std::chrono::milliseconds connectTimeout{8'000};
    std::chrono::milliseconds heartbeatShortest{1'000};
    std::chrono::milliseconds heartbeatLongest{60'000};
    std::chrono::milliseconds heartbeatDefault{15'000};
    std::chrono::milliseconds graceTime{120'000}; ///< away, once the last link is lost, before offline
    std::chrono::milliseconds pairingTime{300'000}; ///< a one-time code is good for
    std::chrono::milliseconds backoffFirst{500};
    std::chrono::milliseconds backoffLongest{30'000};
    std::chrono::milliseconds stableAfter{30'000}; ///< online this long, the back-off starts anew

    // The client
    int outboxInFlight = 64; ///< sent and not yet stored

    friend bool operator==(const Limits &, const Limits &) = default;
};

/// A deadline on the other side's beat or acknowledgement: 1.5 of the interval that was last announced.
constexpr std::chrono::milliseconds heartbeatDeadline(std::chrono::milliseconds next)
{
    return next + next / 2;
}

} // namespace lanline::protocol
