#pragma once

#include "core/devicekey.h"
#include "core/id.h"
#include "protocol/messages.h"

#include <optional>

namespace lanline::client {

/// Who this client is to every server it opens.
struct Persona
{
    QString name;
    std::optional<DeviceKey> key; ///< none: a guest
};

/// What proves to one server that this is the same device as before: a key's signature, or the secret that a guest was
/// given. The secret lives as long as this object, so that a guest's messages are told apart across reconnects.
class Credentials
{
public:
    explicit Credentials(Persona persona)
        : m_persona(std::move(persona))
    { }

    const QString &name() const { return m_persona.name; }
    /// `certificateSha256`: of the certificate that the connection is encrypted with; empty for a plain one.
    std::variant<protocol::DeviceAuth, protocol::GuestAuth> authFor(
        const protocol::Ready &ready, const QByteArray &certificateSha256) const;
    void remember(const protocol::Ready &ready, const protocol::Welcome &welcome);
    /// Before another server is opened.
    void forget() { m_secret.clear(); }

private:
    Persona m_persona;
    QByteArray m_secret;
    Epoch m_secretsEpoch; ///< the database that gave it
};

} // namespace lanline::client
