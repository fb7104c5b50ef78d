#pragma once

#include "client/store/clientstore.h"
#include "client/store/profiledatabase.h"

#include <QObject>

namespace lanline::client {

/// The client's store without a thread: real SQLite in a temporary file, and answers through the event loop of the
/// caller's thread. Can be held, as a slow disk would.
class InlineStore final : public QObject, public ClientStore
{
    Q_OBJECT

public:
    /// `path`: as for ProfileDatabase.
    explicit InlineStore(const QString &path = {})
        : m_database(path)
    { }
    ~InlineStore() override;

    void ask(StoreRequest request) override;
    /// Nothing is run any more until it is let go.
    void setHeld(bool held);
    int waiting() const { return int(m_waiting.size()); }

private:
    void run();

    ProfileDatabase m_database;
    QList<StoreRequest> m_waiting;
    bool m_isHeld = false;
    bool m_isScheduled = false;
};

} // namespace lanline::client
