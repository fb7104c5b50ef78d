#pragma once

#include <QByteArrayView>

namespace lanline::server {

/// Tells whether bytes are valid UTF-8 (RFC 3629) as they arrive, in pieces of any size.
class Utf8Validator
{
public:
    /// False: valid UTF-8 cannot go on like this, whatever follows. The last call then.
    [[nodiscard]] bool feed(QByteArrayView bytes);

    /// Everything so far is valid, and the last code point is whole.
    bool isComplete() const { return m_open.missing == 0; }

private:
    /// What a code point still needs, after its first byte.
    struct Open
    {
        quint8 missing = 0; ///< bytes
        quint8 lowest = 0; ///< the next of them has to lie between these two
        quint8 highest = 0;
    };

    static Open opened(uchar first);

    Open m_open;
};

} // namespace lanline::server
