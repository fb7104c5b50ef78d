#pragma once

#include "ui/models/timelineentry.h"

#include <QList>

namespace lanline::ui {

/// One's own edits and deletions of a room's messages that are not stored yet, and what they make of the messages.
class PendingChanges
{
public:
    /// Takes note of an edit or deletion on its way; a Stored or Discarded one is forgotten.
    void apply(const client::OutboxItem &change);
    void forget(const MessageId &change);
    bool isEmpty() const { return m_changes.isEmpty(); }

    /// Shows in `entry` what is on its way for it.
    void showIn(TimelineEntry &entry) const;

private:
    QList<client::OutboxItem> m_changes; ///< in the order in which they were made
};

} // namespace lanline::ui
