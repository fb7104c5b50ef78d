#include "tests/support/inlinestore.h"

namespace lanline::client {

InlineStore::~InlineStore()
{
    (void)m_database.run(std::exchange(m_waiting, {}));
}

void InlineStore::ask(StoreRequest request)
{
    m_waiting.append(std::move(request));
    if (!m_isHeld && !std::exchange(m_isScheduled, true))
        QMetaObject::invokeMethod(this, &InlineStore::run, Qt::QueuedConnection);
}

void InlineStore::setHeld(bool held)
{
    m_isHeld = held;
    if (!held && !m_waiting.isEmpty() && !std::exchange(m_isScheduled, true))
        QMetaObject::invokeMethod(this, &InlineStore::run, Qt::QueuedConnection);
}

void InlineStore::run()
{
    m_isScheduled = false;
    if (!m_isHeld)
        tell(m_database.run(std::exchange(m_waiting, {})));
}

} // namespace lanline::client
