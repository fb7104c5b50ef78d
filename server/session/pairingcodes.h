#pragma once

#include "core/id.h"
#include "core/timing.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <optional>

namespace lanline::server {

/// One-time codes that let another device in as one of a user's. In memory only: a restart forgets them.
///
/// A code has 40 random bits. Even with `mostOpen` codes open at once and 1,000 tries a second, each of which takes a
/// connection and a signature, the chance to hit any of them within `validFor` is below one in 3,000; for the one code
/// that is usually open, below one in three millions. Hence no list of failures, and no comparison in constant time:
/// what a hash table's lookup may tell of a code that ends with its first use is far below the noise of a network.
class PairingCodes
{
public:
    static constexpr std::chrono::minutes validFor{5};
    static constexpr int mostOpen = 1'000; ///< of all users; a user has one at most

    explicit PairingCodes(TimeSource &time)
        : m_time(time)
    { }

    /// A new code for the user, as XXXX-XXXX; one that they had before ends. None when too many are open.
    std::optional<QString> make(UserId user);
    /// Whose device the one with this key becomes; none when the code is wrong or has expired. A code is used up by the
    /// first key that brings it. That one may come with it again, for the answer to its login may have been lost.
    std::optional<UserId> take(const QString &code, const QByteArray &publicKey);

private:
    struct Entry
    {
        UserId user;
        SteadyTime expiresAt;
        QByteArray usedBy; ///< public key; empty: open
    };

    void forgetExpired();

    TimeSource &m_time;
    QHash<QByteArray, Entry> m_entries; ///< by the code's eight characters
};

} // namespace lanline::server
