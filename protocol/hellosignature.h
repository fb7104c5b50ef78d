#pragma once

#include "core/id.h"

#include <QByteArray>

namespace lanline::protocol {

/// What a device signs in HELLO, byte for byte, so that a signature is good for one connection to one server only.
/// `nonce` and `epoch` are those of READY; `certificateSha256` is empty on a plain connection.
QByteArray helloSignatureInput(QByteArrayView nonce, const Epoch &epoch, QByteArrayView certificateSha256 = {});

} // namespace lanline::protocol
