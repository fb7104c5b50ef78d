#pragma once

#include "server/net/outputqueue.h"
#include "server/net/sharedframe.h"

namespace lanline::server {

/// Where small frames that go to many links lie behind each other, header and all, so that a broadcast is copied once
/// and not once per link. A frame is known to be a broadcast when it comes for the second time in a row. Lives in the
/// server thread.
class FanOutBuffer
{
public:
    /// Null: it comes for the first time. Else valid until another frame is asked for.
    const SharedPlace *placeOf(const SharedFrame &frame, QByteArrayView header);

private:
    void put(QByteArrayView header, QByteArrayView payload);

    SharedFrame m_last;
    bool m_isPlaced = false; ///< m_last is at m_place
    SharedPlace m_place;
    std::shared_ptr<SharedBytes> m_bytes;
};

} // namespace lanline::server
