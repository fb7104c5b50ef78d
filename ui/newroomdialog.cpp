#include "ui/newroomdialog.h"

#include "client/chatsession.h"
#include "core/text.h"
#include "ui/theme/tokens.h"
#include "ui/theme/type.h"
#include "ui/words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int roomRole = Qt::UserRole + 1;
constexpr QSize firstSize(420, 460);

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(fontFor(TextStyle::Base, QFont::DemiBold));
    return label;
}

} // namespace

NewRoomDialog::NewRoomDialog(client::ChatSession &session, const QSet<RoomId> &joined, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_joined(joined)
{
    setObjectName(u"newRoom"_s);
    setWindowTitle(tr("New conversation"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::page, space::page, space::page, space::page);
    layout->setSpacing(space::page);
    layout->addWidget(makeList(), 1);
    layout->addWidget(makeForm());
    resize(firstSize);

    connect(&session, &client::ChatSession::roomsListed, this, &NewRoomDialog::showRooms);
    connect(&session, &client::ChatSession::roomJoined, this, [this](const protocol::RoomState &room) {
        if (room.info.id != m_awaited)
            return;
        Q_EMIT roomEntered(room.info.id);
        accept();
    });
    connect(&session, &client::ChatSession::requestFailed, this, [this](const client::RequestFailure &failure) {
        if (!m_awaited.isNull() && (failure.room.isNull() || failure.room == m_awaited)) {
            say(errorSentence(failure.code, m_awaited, m_session.state().limits));
            m_awaited = {};
        }
    });
    checkName();
    m_session.listRooms();
}

QWidget *NewRoomDialog::makeList()
{
    auto *part = new QWidget(this);
    m_list = new QListView(part);
    m_list->setObjectName(u"serverRooms"_s);
    m_list->setAccessibleName(tr("Rooms on this host"));
    m_list->setModel(&m_rooms);
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_list->setProperty("boxed", u"true"_s);
    m_none = new QLabel(tr("You are in every room of this host."), part);
    m_none->setProperty("tone", u"secondary"_s);
    m_none->hide();
    m_join = new QPushButton(tr("Join"), part);
    m_join->setObjectName(u"joinRoom"_s);
    m_join->setEnabled(false);
    m_join->setAutoDefault(false);

    auto *head = new QHBoxLayout;
    head->addWidget(heading(tr("Join a room"), part), 1);
    head->addWidget(m_join);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::gap);
    layout->addLayout(head);
    layout->addWidget(m_none);
    layout->addWidget(m_list, 1);

    connect(m_join, &QPushButton::clicked, this, &NewRoomDialog::joinSelected);
    connect(m_list, &QListView::activated, this, &NewRoomDialog::joinSelected);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex &current) { m_join->setEnabled(current.isValid()); });
    return part;
}

QWidget *NewRoomDialog::makeForm()
{
    auto *part = new QWidget(this);
    m_name = new QLineEdit(part);
    m_name->setObjectName(u"roomName"_s);
    m_name->setPlaceholderText(tr("Name, such as design"));
    m_name->setAccessibleName(tr("Name of the new room"));
    m_title = new QLineEdit(part);
    m_title->setObjectName(u"roomTopic"_s);
    m_title->setPlaceholderText(tr("What it is about (optional)"));
    m_title->setAccessibleName(tr("What the new room is about"));
    m_hint = new QLabel(part);
    m_hint->setObjectName(u"roomHint"_s);
    m_hint->setFont(fontFor(TextStyle::Small));
    m_hint->setProperty("tone", u"error"_s);
    m_hint->setWordWrap(true);
    m_hint->setMinimumHeight(qCeil(lineHeightOf(TextStyle::Small)));
    m_create = new QPushButton(tr("Create room"), part);
    m_create->setObjectName(u"createRoom"_s);
    m_create->setProperty("kind", u"primary"_s);
    m_create->setDefault(true);
    auto *cancel = new QPushButton(tr("Cancel"), part);
    cancel->setAutoDefault(false);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_create);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::gap);
    layout->addWidget(heading(tr("Or create one"), part));
    layout->addWidget(m_name);
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    layout->addLayout(buttons);

    connect(m_name, &QLineEdit::textChanged, this, &NewRoomDialog::checkName);
    connect(m_title, &QLineEdit::textChanged, this, &NewRoomDialog::checkName);
    connect(m_create, &QPushButton::clicked, this, &NewRoomDialog::create);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    return part;
}

void NewRoomDialog::showRooms(const QList<protocol::RoomInfo> &rooms, bool complete)
{
    if (complete)
        m_rooms.clear();
    for (const protocol::RoomInfo &room : rooms) {
        if (m_joined.contains(room.id))
            continue;
        const QString members = tr("%n member(s)", nullptr, int(room.memberCount));
        const QString name = room.title.isEmpty() ? roomText(room.id) : tr("%1, %2").arg(roomText(room.id), room.title);
        auto *item = new QStandardItem(name + u" · "_s + members);
        item->setData(room.id.value(), roomRole);
        m_rooms.appendRow(item);
    }
    m_none->setVisible(m_rooms.rowCount() == 0);
}

void NewRoomDialog::joinSelected()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    const RoomId room(current.data(roomRole).toString());
    wait(room);
    m_session.join(room);
}

RoomId NewRoomDialog::typedName() const
{
    // What people type becomes a room's name where the meaning is plain.
    return RoomId(normalizedName(m_name->text()).toLower().replace(u' ', u'-'));
}

void NewRoomDialog::create()
{
    const RoomId room = typedName();
    wait(room);
    m_session.createRoom(room, normalizedName(m_title->text()));
}

void NewRoomDialog::wait(const RoomId &room)
{
    m_awaited = room;
    say({});
}

void NewRoomDialog::checkName()
{
    const protocol::Limits limits = m_session.state().limits;
    const QString name = typedName().value();
    const QString title = normalizedName(m_title->text());
    const bool isNameGood = isRoomName(name) && utf8Size(name) <= limits.roomNameBytes;
    const bool isTitleGood = title.isEmpty() || (isCleanName(title) && utf8Size(title) <= limits.roomTitleBytes);
    m_create->setEnabled(isNameGood && isTitleGood);
    if (!name.isEmpty() && !isNameGood)
        say(errorSentence(protocol::ErrorCode::BadRoomName, {}, limits));
    else if (!isTitleGood)
        say(tr("What the room is about takes at most %1.").arg(bytesText(limits.roomTitleBytes)));
    else
        say({});
}

void NewRoomDialog::say(const QString &problem)
{
    m_hint->setText(problem);
    m_hint->setAccessibleName(problem);
}

} // namespace lanline::ui
