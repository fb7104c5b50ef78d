#include "client/credentials.h"

#include "protocol/hellosignature.h"

namespace lanline::client {

std::variant<protocol::DeviceAuth, protocol::GuestAuth> Credentials::authFor(
    const protocol::Ready &ready, const QByteArray &certificateSha256) const
{
    if (m_persona.key) {
        const QByteArray toSign = protocol::helloSignatureInput(ready.nonce, ready.epoch, certificateSha256);
        return protocol::DeviceAuth{m_persona.key->publicKey(), m_persona.key->sign(toSign)};
    }
    // A secret means nothing to a database that did not give it.
    return protocol::GuestAuth{m_secretsEpoch == ready.epoch ? m_secret : QByteArray()};
}

void Credentials::remember(const protocol::Ready &ready, const protocol::Welcome &welcome)
{
    if (welcome.guestSecret.isEmpty())
        return;
    m_secret = welcome.guestSecret;
    m_secretsEpoch = ready.epoch;
}

} // namespace lanline::client
