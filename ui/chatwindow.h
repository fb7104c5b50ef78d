#pragma once

#include "client/values.h"
#include "ui/models/messagekey.h"
#include "ui/models/roombook.h"
#include "ui/theme/themecontroller.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <array>
#include <functional>
#include <memory>
#include <optional>

class QAction;
class QMenu;

namespace lanline::client {
class ChatSession;
}

namespace lanline::ui {

class Banner;
class Composer;
class DetailsPanel;
class DraftKeeper;
class RoomHeader;
class Sidebar;
class StatusLine;
class TimelineView;

/// One person's chat: rooms left, messages in the middle, details right, and the permanent status line. Everything it
/// says about the connection comes from the session's one state.
class ChatWindow final : public QWidget
{
    Q_OBJECT

public:
    /// Both outlive the window.
    ChatWindow(client::ChatSession &session, ThemeController &themes, QWidget *parent = nullptr);
    ~ChatWindow() override;

    /// Another window on the same session, which starts out with what this one has.
    std::unique_ptr<ChatWindow> another() const;

    void showRoom(const RoomId &room);
    RoomId currentRoom() const { return m_book.openRoom(); }
    void setDetailsShown(bool isShown);
    /// The person hosts: the menu offers the host panel.
    void setHosting(bool isHosting);
    /// The menu offers to go to another host and to the start screen; at first it does.
    void setLeavable(bool isLeavable);
    /// For what only the caller knows how to do; behind the menu's other ways to somewhere.
    void addToMenu(QAction *action);
    /// Why there is no trace of a message of that room, in a few words; an empty text: there is one. Without this there
    /// is one of every message that is stored.
    using WhyUntraced = std::function<QString(const RoomId &, const TimelineEntry &)>;
    void setWhyUntraced(const WhyUntraced &why);
    void markRead(const RoomId &room) { m_book.markRead(room); }

Q_SIGNALS:
    void diagnosticsRequested();
    /// Another one like this.
    void windowRequested();
    /// For other windows of the same session, where the room is read now as well.
    void roomRead(const lanline::RoomId &room);
    /// Where did the time of this message go?
    void traceRequested(const lanline::ui::MessageKey &message);
    void hostPanelRequested();
    /// To a host at another address.
    void switchHostRequested();
    void startScreenRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    ChatWindow(client::ChatSession &session, ThemeController &themes, const RoomBook &book);
    void start();
    void build();
    void makeMenu();
    void makeShortcuts();
    void connectSession();
    void connectParts();

    void onStateChanged(const client::ConnectionState &state);
    void onRoomsChanged();
    void onSend(const QString &text);
    void startEditing(const TimelineEntry &entry);
    void editLast();
    void onEditFinished(const QString &text);
    void openNewRoomDialog();
    void openAddDeviceDialog();
    /// The person is at this window: so this is the client in use.
    void noteUse();
    void refreshBanner();
    void refreshRoom();
    void refreshTitle();
    void refreshReading();
    void cyclePanes(int by);

    client::ChatSession &m_session;
    client::ConnectionState m_state;
    ThemeController &m_themes;
    RoomBook m_book;
    std::optional<TimelineEntry> m_edited; ///< the message whose text the composer has
    std::optional<SteadyTime> m_offlineSince;
    QTimer m_bannerTimer;
    QElapsedTimer m_sinceInUse; ///< since it was last told that the person is here

    Sidebar *m_sidebar = nullptr;
    RoomHeader *m_header = nullptr;
    Banner *m_banner = nullptr;
    TimelineView *m_timeline = nullptr;
    Composer *m_composer = nullptr;
    DraftKeeper *m_drafts = nullptr;
    DetailsPanel *m_details = nullptr;
    StatusLine *m_status = nullptr;
    QMenu *m_menu = nullptr;
    QAction *m_behindWays = nullptr; ///< a separator
    QAction *m_hostPanel = nullptr;
    std::array<QAction *, 2> m_leaving{};
};

} // namespace lanline::ui
