#pragma once

#include "protocol/codec.h"

#include <QByteArray>

namespace lanline::server {

/// A payload as it goes onto the wire, made once and shared (implicitly) by every link it is sent to.
struct SharedFrame
{
    protocol::Encoding encoding = protocol::Encoding::Protobuf;
    QByteArray payload;
};

} // namespace lanline::server
