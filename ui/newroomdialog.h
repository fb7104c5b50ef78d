#pragma once

#include "client/values.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSet>
#include <QStandardItemModel>

namespace lanline::client {
class ChatSession;
}

namespace lanline::ui {

/// New conversation: join one of the host's rooms, or make another.
class NewRoomDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `joined` are not offered again.
    NewRoomDialog(client::ChatSession &session, const QSet<RoomId> &joined, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The person is in it now.
    void roomEntered(const lanline::RoomId &room);

private:
    QWidget *makeList();
    QWidget *makeForm();
    void showRooms(const QList<protocol::RoomInfo> &rooms, bool complete);
    void joinSelected();
    void create();
    void checkName();
    void wait(const RoomId &room);
    void say(const QString &problem);
    RoomId typedName() const;

    client::ChatSession &m_session;
    QSet<RoomId> m_joined;
    RoomId m_awaited;
    QStandardItemModel m_rooms;
    QListView *m_list = nullptr;
    QLabel *m_none = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_title = nullptr;
    QLabel *m_hint = nullptr;
    QPushButton *m_join = nullptr;
    QPushButton *m_create = nullptr;
};

} // namespace lanline::ui
