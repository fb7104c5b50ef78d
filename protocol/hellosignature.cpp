#include "protocol/hellosignature.h"

#include "protocol/messages.h"

namespace lanline::protocol {

QByteArray helloSignatureInput(QByteArrayView nonce, const Epoch &epoch, QByteArrayView certificateSha256)
{
    constexpr qsizetype sha256Bytes = 32;
    QByteArray input(helloSignaturePrefix);
    input += nonce;
    input += epoch.value();
    input += certificateSha256.isEmpty() ? QByteArray(sha256Bytes, '\0') : certificateSha256.toByteArray();
    return input;
}

} // namespace lanline::protocol
