#pragma once

#include "core/id.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace lanline::client {
class ChatSession;
}

namespace lanline::ui {

class Composer;
class ConversationModel;

/// What has been begun in each room, which the person's windows and devices share: what is typed here is told a second
/// later, and at once when the room or the field is left; what was typed elsewhere takes the field's place unless this
/// is where the person is typing.
class DraftKeeper final : public QObject
{
    Q_OBJECT

public:
    /// All three outlive this object. The list of conversations shows the drafts of the rooms that are not open.
    DraftKeeper(client::ChatSession &session, ConversationModel &conversations, Composer &composer, QObject *parent);

    /// For another window: knows what `other` knows.
    void copy(const DraftKeeper &other) { m_drafts = other.m_drafts; }
    /// Fills the composer for the room. What was there is saved first. Null: no room is open.
    void enter(const RoomId &room);
    /// Tells at once what has been typed.
    void save();

private:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void onEdited();
    void onDraftChanged(const RoomId &room, const QString &text);
    /// Puts what is known of the open room's draft into the field, if nobody minds.
    void show();

    client::ChatSession &m_session;
    ConversationModel &m_conversations;
    Composer &m_composer;
    RoomId m_room;
    QHash<RoomId, QString> m_drafts;
    bool m_isTouched = false; ///< the field has what nobody else knows of
    QTimer m_saveSoon;
};

} // namespace lanline::ui
