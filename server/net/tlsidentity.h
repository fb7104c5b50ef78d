#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace lanline::server {

/// Who a server is over TLS.
struct TlsIdentity
{
    QByteArray certificate; ///< PEM, the chain with the leaf first
    QByteArray key; ///< PEM

    friend bool operator==(const TlsIdentity &, const TlsIdentity &) = default;
};

// Files are read and written here: not for the GUI thread, nor for a server that has clients. Errors are English
// sentences for a person.

/// What these two files hold.
Result<TlsIdentity, QString> loadTlsIdentity(const QString &certificateFile, const QString &keyFile);

/// The identity kept in `folder`, as tls-certificate.pem and tls-key.pem. Makes it, and the folder, where there is
/// none; of two processes that make it at once, both get the same. A file that is there is never changed.
Result<TlsIdentity, QString> keptTlsIdentity(const QString &folder);

/// A fresh key (P-256) with a certificate signed by itself, good for ten years and for this machine: its name, with
/// and without .local, localhost, 127.0.0.1 and ::1.
TlsIdentity makeTlsIdentity(const QString &machineName);

/// Of the leaf's DER: the fingerprint that people and signatures know it by. 32 bytes, or none of what is no
/// certificate.
QByteArray certificateSha256(const TlsIdentity &identity);

} // namespace lanline::server
