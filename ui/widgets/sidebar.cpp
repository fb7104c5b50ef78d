#include "ui/widgets/sidebar.h"

#include "ui/delegates/conversationdelegate.h"
#include "ui/statustext.h"
#include "ui/theme/icons.h"
#include "ui/theme/type.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/keycap.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr qreal selfAvatar = 28;
constexpr int listInset = 12;
constexpr int keyCapRoom = 60;

} // namespace

// ---- who one is ----------------------------------------------------------------------------------------------------

SelfButton::SelfButton(const ThemeController &themes, QWidget *parent)
    : QAbstractButton(parent)
    , m_themes(themes)
{
    setObjectName(u"self"_s);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

void SelfButton::setSelf(const protocol::User &self, const QString &host)
{
    m_self = self;
    m_host = host;
    //: The person's own name and the host's, on the button that opens the menu
    setAccessibleName(tr("%1 at %2, menu").arg(self.name, host));
    update();
}

QSize SelfButton::sizeHint() const
{
    return {100, bar::header - 8};
}

void SelfButton::mouseMoveEvent(QMouseEvent *event)
{
    QAbstractButton::mouseMoveEvent(event);
    m_isPointedAt = rect().contains(event->position().toPoint());
    update();
}

void SelfButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    m_isPointedAt = false;
    update();
}

void SelfButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_isPointedAt || isDown()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme[Token::RowHover]);
        painter.drawRoundedRect(QRectF(rect()), radius::card, radius::card);
    }
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](qreal left, qreal top, qreal width, qreal height) {
        return QRectF(isMirrored ? this->width() - left - width : left, top, width, height);
    };
    drawAvatar(painter, place(6, (height() - selfAvatar) / 2, selfAvatar, selfAvatar), theme, m_self);

    const qreal textLeft = 6 + selfAvatar + 10;
    const qreal textWidth = width() - textLeft - 4;
    painter.setFont(fontFor(TextStyle::Base, QFont::DemiBold));
    painter.setPen(theme[Token::Text]);
    painter.drawText(place(textLeft, 4, textWidth, 18), Qt::AlignVCenter | Qt::AlignLeading,
        QFontMetricsF(painter.font()).elidedText(m_self.name, Qt::ElideRight, textWidth));
    painter.setFont(fontFor(TextStyle::Micro));
    painter.setPen(theme[Token::TextSecondary]);
    painter.drawText(place(textLeft, 22, textWidth, 16), Qt::AlignVCenter | Qt::AlignLeading,
        QFontMetricsF(painter.font()).elidedText(m_host, Qt::ElideRight, textWidth));
    if (hasFocus())
        drawRowFocus(painter, QRectF(rect()), theme);
}

// ---- the rooms' order ----------------------------------------------------------------------------------------------

bool ConversationOrder::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const qint64 a = left.data(ConversationModel::LastAtRole).toLongLong();
    const qint64 b = right.data(ConversationModel::LastAtRole).toLongLong();
    if (a != b)
        return a > b;
    return left.data().toString().localeAwareCompare(right.data().toString()) < 0;
}

// ---- the whole -----------------------------------------------------------------------------------------------------

Sidebar::Sidebar(ConversationModel &conversations, ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_conversations(conversations)
    , m_order(new ConversationOrder(this))
    , m_self(new SelfButton(themes, this))
    , m_fresh(new IconButton(themes, icons::NewConversation, tr("New conversation"), this))
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
{
    m_fresh->setObjectName(u"newConversation"_s);
    m_fresh->setShortcutShown(QKeySequence(Qt::CTRL | Qt::Key_N));

    m_search->setObjectName(u"search"_s);
    m_search->setProperty("kind", u"search"_s);
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search rooms"));
    m_search->setTextMargins(isRightToLeft() ? keyCapRoom : 0, 0, isRightToLeft() ? 0 : keyCapRoom, 0);
    m_search->installEventFilter(this);
    m_searchIcon = m_search->addAction(QIcon(), QLineEdit::LeadingPosition);
    const auto setSearchIcon = [this](const Theme &theme) {
        m_searchIcon->setIcon(themedIcon(icons::Search, theme[Token::TextSecondary], theme[Token::DisabledText]));
    };
    setSearchIcon(themes.theme());
    connect(&themes, &ThemeController::themeChanged, this, setSearchIcon);
    auto *keys = new KeyCap(themes, QKeySequence(Qt::CTRL | Qt::Key_K), m_search);
    auto *inSearch = new QHBoxLayout(m_search);
    inSearch->setContentsMargins(0, 0, space::gap, 0);
    inSearch->addStretch(1);
    inSearch->addWidget(keys);

    auto *section = new QLabel(tr("Rooms"), this);
    section->setFont(fontFor(TextStyle::Micro, QFont::DemiBold));
    section->setProperty("tone", u"secondary"_s);
    section->setContentsMargins(16, 16, 16, 6);
    section->setAlignment(startAlignment());

    m_order->setSourceModel(&conversations);
    m_order->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_order->setFilterRole(Qt::DisplayRole);
    m_order->sort(0);
    m_list->setObjectName(u"conversations"_s);
    m_list->setAccessibleName(tr("Rooms"));
    m_list->setModel(m_order);
    m_list->setItemDelegate(new ConversationDelegate(themes, m_list));
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QListView::NoEditTriggers);
    connect(&themes, &ThemeController::themeChanged, m_list->viewport(), qOverload<>(&QWidget::update));

    auto *head = new QHBoxLayout;
    head->setContentsMargins(8, 4, listInset - 2, 0);
    head->setSpacing(space::small);
    head->addWidget(m_self, 1);
    head->addWidget(m_fresh);
    auto *search = new QHBoxLayout;
    search->setContentsMargins(listInset, 0, listInset, 0);
    search->addWidget(m_search);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(isRightToLeft() ? 1 : 0, 0, isRightToLeft() ? 0 : 1, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addSpacing(space::small);
    layout->addLayout(search);
    layout->addWidget(section);
    layout->addWidget(m_list, 1);

    connect(m_fresh, &QAbstractButton::clicked, this, &Sidebar::newConversationRequested);
    connect(m_self, &QAbstractButton::clicked, this, [this] {
        if (m_menu)
            m_menu->popup(m_self->mapToGlobal(QPoint(0, m_self->height())));
    });
    connect(m_search, &QLineEdit::textChanged, m_order, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        // While a search hides the open room, nothing has been chosen yet.
        if (current.isValid() && m_search->text().isEmpty())
            Q_EMIT roomChosen(roomAt(current.row()));
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        const RoomId room = roomAt(index.row());
        m_search->clear();
        Q_EMIT roomChosen(room);
        Q_EMIT left();
    });
}

void Sidebar::setState(const client::ConnectionState &state)
{
    m_self->setSelf(state.self, hostText(state));
    // Rooms are the host's: without it there is nothing to choose from.
    m_fresh->setEnabled(state.phase == client::Phase::Online);
}

RoomId Sidebar::roomAt(int row) const
{
    return RoomId(m_order->index(row, 0).data(ConversationModel::RoomRole).toString());
}

RoomId Sidebar::firstRoom() const
{
    return m_order->rowCount() > 0 ? roomAt(0) : RoomId();
}

void Sidebar::select(const RoomId &room)
{
    const QModelIndex index = m_order->mapFromSource(m_conversations.indexOf(room));
    if (index.isValid() && index != m_list->currentIndex())
        m_list->setCurrentIndex(index);
}

void Sidebar::step(int by)
{
    const int rows = m_order->rowCount();
    if (rows == 0)
        return;
    const int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() + by : 0;
    m_list->setCurrentIndex(m_order->index((row + rows) % rows, 0));
}

void Sidebar::startSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool Sidebar::onSearchKey(int key)
{
    const int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
    const int rows = m_order->rowCount();
    switch (key) {
    case Qt::Key_Down:
    case Qt::Key_Up: {
        const int next = qBound(0, row + (key == Qt::Key_Down ? 1 : -1), rows - 1);
        m_list->setCurrentIndex(m_order->index(next, 0));
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        const RoomId room = rows > 0 ? roomAt(qMax(0, row)) : RoomId();
        m_search->clear();
        if (!room.isNull()) {
            Q_EMIT roomChosen(room);
            Q_EMIT left();
        }
        return true;
    }
    case Qt::Key_Escape:
        m_search->clear();
        Q_EMIT left();
        return true;
    default:
        return false;
    }
}

bool Sidebar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress)
        return onSearchKey(static_cast<QKeyEvent *>(event)->key());
    return QWidget::eventFilter(watched, event);
}

void Sidebar::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme[Token::Surface]);
    painter.setPen(QPen(theme[Token::Hairline], 0));
    const qreal edge = layoutDirection() == Qt::RightToLeft ? 0.5 : width() - 0.5;
    painter.drawLine(QPointF(edge, 0), QPointF(edge, height()));
}

} // namespace lanline::ui
