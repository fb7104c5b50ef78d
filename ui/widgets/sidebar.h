#pragma once

#include "client/values.h"
#include "ui/models/conversationmodel.h"
#include "ui/theme/themecontroller.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QWidget>

class QMenu;

namespace lanline::ui {

class Avatar;
class IconButton;

/// Who one is, at the top of the sidebar; a click opens the menu of this window.
class SelfButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit SelfButton(const ThemeController &themes, QWidget *parent = nullptr);
    void setSelf(const protocol::User &self, const QString &host);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    const ThemeController &m_themes;
    protocol::User m_self;
    QString m_host;
    bool m_isPointedAt = false; ///< by a pointer that moved, not one that the window opened under
};

/// The newest conversation first, filtered by what is typed.
class ConversationOrder final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
};

/// The left of the chat window: who one is, the search field and the rooms.
class Sidebar final : public QWidget
{
    Q_OBJECT

public:
    Sidebar(ConversationModel &conversations, ThemeController &themes, QWidget *parent = nullptr);

    void setState(const client::ConnectionState &state);
    void setMenu(QMenu *menu) { m_menu = menu; }
    void select(const RoomId &room);
    /// One further in the order shown; wraps around.
    void step(int by);
    void startSearch();
    /// The room at the top, or null.
    RoomId firstRoom() const;

Q_SIGNALS:
    void roomChosen(const lanline::RoomId &room);
    void newConversationRequested();
    /// Escape, or a room was picked: typing goes on in the composer.
    void left();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    RoomId roomAt(int row) const;
    bool onSearchKey(int key);

    const ThemeController &m_themes;
    ConversationModel &m_conversations;
    ConversationOrder *m_order;
    SelfButton *m_self;
    IconButton *m_fresh;
    QLineEdit *m_search;
    QAction *m_searchIcon;
    QListView *m_list;
    QMenu *m_menu = nullptr;
};

} // namespace lanline::ui
