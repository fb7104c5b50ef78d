#include "ui/models/pendingchanges.h"

#include <algorithm>

namespace lanline::ui {

using client::SendState;

void PendingChanges::apply(const client::OutboxItem &change)
{
    const auto known = std::find_if(m_changes.begin(), m_changes.end(),
        [&](const client::OutboxItem &item) { return item.messageId == change.messageId; });
    const bool isOver = change.state == SendState::Stored || change.state == SendState::Discarded;
    if (known == m_changes.end()) {
        if (!isOver)
            m_changes.append(change);
    } else if (isOver) {
        m_changes.erase(known);
    } else {
        *known = change;
    }
}

void PendingChanges::forget(const MessageId &change)
{
    m_changes.removeIf([&](const client::OutboxItem &item) { return item.messageId == change; });
}

void PendingChanges::showIn(TimelineEntry &entry) const
{
    for (const client::OutboxItem &change : m_changes) {
        const bool isOfEntry =
            change.targetSeq > 0 ? change.targetSeq == entry.seq : change.targetId == entry.messageId;
        if (!isOfEntry || !entry.isMessage() || !entry.isOwn)
            continue;
        entry.state = change.state;
        entry.commandId = change.messageId;
        if (change.state == SendState::Failed) {
            // The message stays as everybody else sees it.
            entry.refusal = change.code;
            return;
        }
        entry.isDeleted = change.kind == protocol::EventKind::Deletion;
        entry.isEdited = !entry.isDeleted;
        entry.text = change.text;
    }
}

} // namespace lanline::ui
