#include "ui/draftkeeper.h"

#include "client/chatsession.h"
#include "core/text.h"
#include "ui/models/conversationmodel.h"
#include "ui/widgets/composer.h"

#include <QEvent>

using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr auto typingPause = 1s;

} // namespace

DraftKeeper::DraftKeeper(
    client::ChatSession &session, ConversationModel &conversations, Composer &composer, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_conversations(conversations)
    , m_composer(composer)
{
    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(typingPause);
    connect(&m_saveSoon, &QTimer::timeout, this, &DraftKeeper::save);
    connect(&composer, &Composer::draftEdited, this, &DraftKeeper::onEdited);
    connect(&session, &client::ChatSession::draftChanged, this, &DraftKeeper::onDraftChanged);
    composer.focusProxy()->installEventFilter(this);
}

void DraftKeeper::enter(const RoomId &room)
{
    save();
    if (!m_room.isNull())
        m_conversations.setDraft(m_room, m_drafts.value(m_room).trimmed());
    m_room = room;
    m_composer.setDraft(m_drafts.value(room));
    m_conversations.setDraft(room, {});
}

void DraftKeeper::save()
{
    m_saveSoon.stop();
    if (!std::exchange(m_isTouched, false) || m_room.isNull())
        return;
    const QString text = m_composer.draft();
    m_drafts.insert(m_room, text);
    // One that cannot be sent as it is stays in this window.
    if (utf8Size(text) <= m_session.state().limits.textBytes)
        m_session.setDraft(m_room, text);
}

void DraftKeeper::onEdited()
{
    m_isTouched = true;
    // Not started anew with every key: whoever types without a pause is followed as well.
    if (!m_saveSoon.isActive())
        m_saveSoon.start();
}

void DraftKeeper::onDraftChanged(const RoomId &room, const QString &text)
{
    if (room == m_room && m_isTouched)
        return;
    m_drafts.insert(room, text);
    if (room == m_room)
        show();
    else
        m_conversations.setDraft(room, text.trimmed());
}

void DraftKeeper::show()
{
    const QString text = m_drafts.value(m_room);
    // The field may have the focus although the person is at another device by now.
    const bool isBeingUsed = m_composer.focusProxy()->hasFocus() && m_session.state().isInUse;
    if (!m_isTouched && !isBeingUsed && !m_composer.isComposing() && text != m_composer.draft())
        m_composer.setDraft(text);
}

bool DraftKeeper::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        save();
        show();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace lanline::ui
