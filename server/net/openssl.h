#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <QByteArray>

#include <memory>

/// What of OpenSSL is owned by us while it is in our hands. Only for the sources that speak to OpenSSL.
namespace lanline::server::openssl {

template <auto release>
struct Free
{
    template <class T>
    void operator()(T *thing) const
    {
        release(thing);
    }
};

using Bio = std::unique_ptr<BIO, Free<&BIO_free>>;
using Certificate = std::unique_ptr<X509, Free<&X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<&EVP_PKEY_free>>;

/// Reads what lies in `text`, which outlives it.
inline Bio reader(const QByteArray &text)
{
    return Bio(BIO_new_mem_buf(text.constData(), int(text.size())));
}

/// Keeps OpenSSL from asking for a password at the terminal.
inline int noPassword(char *, int, int, void *)
{
    return -1;
}

} // namespace lanline::server::openssl
