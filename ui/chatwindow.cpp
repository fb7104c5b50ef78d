#include "ui/chatwindow.h"

#include "client/chatsession.h"
#include "core/work.h"
#include "ui/adddevicedialog.h"
#include "ui/draftkeeper.h"
#include "ui/newroomdialog.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/detailspanel.h"
#include "ui/widgets/roomheader.h"
#include "ui/widgets/sidebar.h"
#include "ui/widgets/statusline.h"
#include "ui/widgets/timelineview.h"
#include "ui/words.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QShortcut>
#include <QVBoxLayout>

#include <array>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

using client::ChatSession;

namespace {

constexpr QSize firstSize(1120, 760);
constexpr QSize leastSize(520, 420);
constexpr int narrowWindow = 720;
constexpr int narrowSidebar = 190;
constexpr auto betweenUses = 5s;
constexpr int detailsFrom = 900; ///< narrower, the details panel gives way to the messages

} // namespace

ChatWindow::ChatWindow(ChatSession &session, ThemeController &themes, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_session(session)
    , m_themes(themes)
    , m_book(session)
{
    start();
}

ChatWindow::ChatWindow(ChatSession &session, ThemeController &themes, const RoomBook &book)
    : QWidget(nullptr, Qt::Window)
    , m_session(session)
    , m_themes(themes)
    , m_book(book, nullptr)
{
    start();
}

std::unique_ptr<ChatWindow> ChatWindow::another() const
{
    std::unique_ptr<ChatWindow> window(new ChatWindow(m_session, m_themes, m_book));
    window->resize(size());
    m_drafts->save();
    window->m_drafts->copy(*m_drafts);
    window->showRoom(currentRoom());
    return window;
}

void ChatWindow::start()
{
    setObjectName(u"chatWindow"_s);
    build();
    makeMenu();
    makeShortcuts();
    connectSession();
    connectParts();
    setMinimumSize(leastSize);
    resize(firstSize);
    onStateChanged(m_session.state());
    m_composer->setFocus();
}

ChatWindow::~ChatWindow()
{
    m_drafts->save();
    delete m_drafts;
    // The parts refer to the book, which goes before QWidget deletes its children.
    m_timeline->setTimeline(nullptr);
    delete m_sidebar;
}

void ChatWindow::build()
{
    m_sidebar = new Sidebar(m_book.conversations(), m_themes, this);
    m_sidebar->setFixedWidth(bar::sidebar);
    m_header = new RoomHeader(m_themes, this);
    m_banner = new Banner(m_themes, this);
    m_timeline = new TimelineView(m_themes, this);
    m_composer = new Composer(m_themes, this);
    m_drafts = new DraftKeeper(m_session, m_book.conversations(), *m_composer, this);
    m_details = new DetailsPanel(m_themes, this);
    m_status = new StatusLine(m_themes, this);

    auto *middle = new QVBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_banner);
    middle->addWidget(m_timeline, 1);
    middle->addWidget(m_composer);
    auto *below = new QHBoxLayout;
    below->setSpacing(0);
    below->addLayout(middle, 1);
    below->addWidget(m_details);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_header);
    right->addLayout(below, 1);
    auto *top = new QHBoxLayout;
    top->setSpacing(0);
    top->addWidget(m_sidebar);
    top->addLayout(right, 1);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addLayout(top, 1);
    whole->addWidget(m_status);

    m_bannerTimer.setSingleShot(true);
    connect(&m_bannerTimer, &QTimer::timeout, this, &ChatWindow::refreshBanner);
}

void ChatWindow::makeMenu()
{
    auto *menu = new QMenu(this);
    m_hostPanel = menu->addAction(tr("Host panel"), this, &ChatWindow::hostPanelRequested);
    m_hostPanel->setVisible(false);
    menu->addAction(tr("New window"), this, &ChatWindow::windowRequested);
    menu->addAction(tr("Add a device…"), this, &ChatWindow::openAddDeviceDialog);
    menu->addAction(tr("Diagnostics"), this, &ChatWindow::diagnosticsRequested);
    m_leaving = {menu->addAction(tr("Other host…"), this, &ChatWindow::switchHostRequested),
        menu->addAction(tr("Start screen"), this, &ChatWindow::startScreenRequested)};
    m_menu = menu;
    m_behindWays = menu->addSeparator();
    QMenu *looks = menu->addMenu(tr("Look"));
    auto *group = new QActionGroup(looks);
    using Choice = ThemeController::Choice;
    for (const auto &[choice, name] :
        {std::pair{Choice::System, tr("As the system")}, {Choice::Light, tr("Light")}, {Choice::Dark, tr("Dark")}}) {
        QAction *action = looks->addAction(name, this, [this, choice = choice] { m_themes.setChoice(choice); });
        action->setCheckable(true);
        action->setData(QVariant::fromValue(choice));
        group->addAction(action);
    }
    connect(looks, &QMenu::aboutToShow, group, [this, group] {
        for (QAction *action : group->actions())
            action->setChecked(action->data().value<Choice>() == m_themes.choice());
    });
    m_sidebar->setMenu(menu);
}

void ChatWindow::makeShortcuts()
{
    const auto on = [this](const QKeySequence &keys, auto action) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
    };
    on(QKeySequence(Qt::CTRL | Qt::Key_K), [this] { m_sidebar->startSearch(); });
    on(QKeySequence(Qt::CTRL | Qt::Key_N), [this] { openNewRoomDialog(); });
    on(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), [this] { Q_EMIT windowRequested(); });
    on(QKeySequence(Qt::ALT | Qt::Key_Up), [this] { m_sidebar->step(-1); });
    on(QKeySequence(Qt::ALT | Qt::Key_Down), [this] { m_sidebar->step(1); });
    on(QKeySequence(Qt::Key_F6), [this] { cyclePanes(1); });
    on(QKeySequence(Qt::SHIFT | Qt::Key_F6), [this] { cyclePanes(-1); });
    on(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), [this] { Q_EMIT diagnosticsRequested(); });
}

void ChatWindow::connectSession()
{
    connect(&m_session, &ChatSession::stateChanged, this, &ChatWindow::onStateChanged);
    connect(&m_session, &ChatSession::roundTripMeasured, m_status, &StatusLine::addRoundTrip);
    connect(&m_session, &ChatSession::ledgerChanged, m_status, &StatusLine::setLedger);
    m_status->setLedger(m_session.ledger());
    connect(&m_book, &RoomBook::roomRead, this, &ChatWindow::roomRead);
    ConversationModel &conversations = m_book.conversations();
    connect(&conversations, &QAbstractItemModel::rowsInserted, this, &ChatWindow::onRoomsChanged);
    connect(&conversations, &QAbstractItemModel::rowsRemoved, this, &ChatWindow::onRoomsChanged);
    connect(&conversations, &QAbstractItemModel::dataChanged, this, &ChatWindow::refreshRoom);
}

void ChatWindow::connectParts()
{
    connect(m_sidebar, &Sidebar::roomChosen, this, &ChatWindow::showRoom);
    connect(m_sidebar, &Sidebar::newConversationRequested, this, &ChatWindow::openNewRoomDialog);
    connect(m_sidebar, &Sidebar::left, this, [this] { m_composer->setFocus(); });
    connect(m_header, &RoomHeader::diagnosticsRequested, this, &ChatWindow::diagnosticsRequested);
    connect(m_header, &RoomHeader::detailsToggled, this, &ChatWindow::setDetailsShown);
    connect(m_banner, &Banner::retryRequested, &m_session, &ChatSession::retryNow);
    connect(m_status, &StatusLine::retryRequested, &m_session, &ChatSession::retryNow);
    connect(m_status, &StatusLine::diagnosticsRequested, this, &ChatWindow::diagnosticsRequested);
    connect(m_details, &DetailsPanel::leaveRequested, this, [this] { m_session.leave(currentRoom()); });
    connect(m_composer, &Composer::draftEdited, this, &ChatWindow::noteUse);
    connect(m_composer, &Composer::sendRequested, this, &ChatWindow::onSend);
    connect(m_timeline, &TimelineView::retryRequested, &m_session, &ChatSession::retry);
    connect(m_composer, &Composer::editFinished, this, &ChatWindow::onEditFinished);
    connect(m_composer, &Composer::editLastRequested, this, &ChatWindow::editLast);
    connect(m_timeline, &TimelineView::discardRequested, &m_session, &ChatSession::discard);
    connect(m_timeline, &TimelineView::editRequested, this, &ChatWindow::startEditing);
    connect(m_timeline, &TimelineView::deletionRequested, this,
        [this](const TimelineEntry &entry) { m_session.remove(currentRoom(), entry.messageId, entry.seq); });
    connect(m_timeline, &TimelineView::olderWanted, this, [this] { m_book.loadOlder(currentRoom()); });
    connect(m_timeline, &TimelineView::newerWanted, this, [this] { m_book.loadNewer(currentRoom()); });
    connect(m_timeline, &TimelineView::newestWanted, this, [this] { m_book.loadNewest(currentRoom()); });
    connect(m_timeline, &TimelineView::atEndChanged, this, &ChatWindow::refreshReading);
    connect(m_timeline, &TimelineView::painted, this,
        [this](const QList<quint64> &seqs) { m_session.notePainted(currentRoom(), seqs); });
    connect(m_timeline, &TimelineView::traceRequested, this, [this](quint64 seq) {
        Q_EMIT traceRequested({currentRoom(), seq});
    });
}

void ChatWindow::showRoom(const RoomId &room)
{
    if (room == currentRoom() || !m_book.conversations().find(room))
        return;
    m_drafts->save();
    m_composer->stopEditing();
    const WorkScope scope("Switching rooms");
    m_book.open(room);
    m_sidebar->select(room);
    m_timeline->setTimeline(&m_book.timeline(room));
    m_composer->setRoom(room);
    m_drafts->enter(room);
    refreshRoom();
    refreshReading();
}

void ChatWindow::setDetailsShown(bool isShown)
{
    m_details->setShown(isShown);
    m_header->setDetailsShown(isShown);
}

void ChatWindow::setLeavable(bool isLeavable)
{
    for (QAction *action : m_leaving)
        action->setVisible(isLeavable);
}

void ChatWindow::addToMenu(QAction *action)
{
    m_menu->insertAction(m_behindWays, action);
}

void ChatWindow::setWhyUntraced(const WhyUntraced &why)
{
    m_timeline->setWhyUntraced([this, why](const TimelineEntry &entry) { return why(currentRoom(), entry); });
}

void ChatWindow::setHosting(bool isHosting)
{
    m_hostPanel->setVisible(isHosting);
}

void ChatWindow::onStateChanged(const client::ConnectionState &state)
{
    m_state = state;
    const bool isConnected = state.phase == client::Phase::Online || state.phase == client::Phase::CatchingUp;
    if (isConnected)
        m_offlineSince.reset();
    else if (!m_offlineSince)
        m_offlineSince = std::chrono::steady_clock::now();
    m_status->setState(state);
    m_sidebar->setState(state);
    m_composer->setLimits(state.limits);
    m_timeline->setLimits(state.limits);
    refreshBanner();
    refreshRoom();
}

void ChatWindow::onRoomsChanged()
{
    if (!currentRoom().isNull() && m_book.conversations().find(currentRoom()))
        return;
    const RoomId next = m_sidebar->firstRoom();
    if (!next.isNull()) {
        showRoom(next);
        return;
    }
    m_book.open({});
    m_timeline->setTimeline(nullptr);
    m_composer->setRoom({});
    m_drafts->enter({});
    refreshRoom();
}

void ChatWindow::onSend(const QString &text)
{
    m_drafts->save();
    m_session.send(currentRoom(), text);
    // Whoever answers has read what was new.
    m_book.timeline(currentRoom()).setFirstNew(0);
    m_timeline->jumpToLatest();
}

void ChatWindow::startEditing(const TimelineEntry &entry)
{
    m_edited = entry;
    m_composer->startEditing(entry.text);
}

void ChatWindow::editLast()
{
    const TimelineModel &timeline = m_book.timeline(currentRoom());
    for (int row = timeline.rowCount() - 1; row >= 0; --row) {
        const TimelineEntry entry = timeline.entry(row);
        if (entry.isChangeable()) {
            startEditing(entry);
            return;
        }
    }
}

void ChatWindow::onEditFinished(const QString &text)
{
    if (m_edited && text != m_edited->text)
        m_session.edit(currentRoom(), m_edited->messageId, m_edited->seq, text);
    m_edited.reset();
}

void ChatWindow::openNewRoomDialog()
{
    if (m_state.phase != client::Phase::Online)
        return;
    QSet<RoomId> joined;
    const ConversationModel &conversations = m_book.conversations();
    for (int row = 0; row < conversations.rowCount(); ++row)
        joined.insert(RoomId(conversations.data(conversations.index(row), ConversationModel::RoomRole).toString()));
    auto *dialog = new NewRoomDialog(m_session, joined, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewRoomDialog::roomEntered, this, &ChatWindow::showRoom, Qt::QueuedConnection);
    dialog->open();
}

void ChatWindow::openAddDeviceDialog()
{
    auto *dialog = new AddDeviceDialog(m_session, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ChatWindow::noteUse()
{
    if (m_state.isInUse || (m_sinceInUse.isValid() && std::chrono::milliseconds(m_sinceInUse.elapsed()) < betweenUses))
        return;
    m_sinceInUse.start();
    m_session.setInUse();
}

// ---- what follows from the state -----------------------------------------------------------------------------------

void ChatWindow::refreshBanner()
{
    const SteadyTime now = std::chrono::steady_clock::now();
    m_banner->setText(bannerText(m_state, m_offlineSince, now));
    if (!m_offlineSince || now - *m_offlineSince >= bannerDelay) {
        m_bannerTimer.stop();
        return;
    }
    m_bannerTimer.start(std::chrono::ceil<std::chrono::milliseconds>(bannerDelay - (now - *m_offlineSince)));
}

void ChatWindow::refreshRoom()
{
    const Conversation *conversation = m_book.conversations().find(currentRoom());
    const bool isConnected = m_state.phase == client::Phase::Online || m_state.phase == client::Phase::CatchingUp;
    m_header->setConversation(conversation, isConnected);
    m_details->setConversation(conversation);
    m_timeline->setUnread(conversation ? conversation->unread : 0);
    refreshTitle();
}

void ChatWindow::refreshTitle()
{
    QString title = currentRoom().isNull() ? hostText(m_state) : roomText(currentRoom());
    if (!currentRoom().isNull() && !m_state.self.name.isEmpty())
        title += u" · "_s + m_state.self.name;
    const int unread = m_book.conversations().unreadTotal();
    //: Window title: unread count, then what is open
    setWindowTitle(unread > 0 ? tr("(%1) %2").arg(unread).arg(title) : title);
}

void ChatWindow::refreshReading()
{
    m_book.setReading(isActiveWindow() && m_timeline->isAtEnd());
}

void ChatWindow::cyclePanes(int by)
{
    const std::array<QWidget *, 4> panes{m_composer, findChild<QWidget *>(u"conversations"_s), m_timeline,
        m_details->isShown() ? findChild<QWidget *>(u"members"_s) : nullptr};
    const int count = m_details->isShown() ? 4 : 3;
    int at = 0;
    for (int i = 0; i < count; ++i) {
        if (panes[std::size_t(i)] == focusWidget() || panes[std::size_t(i)]->isAncestorOf(focusWidget()))
            at = i;
    }
    panes[std::size_t((at + by + count) % count)]->setFocus(Qt::ShortcutFocusReason);
}

void ChatWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_sidebar->setFixedWidth(width() < narrowWindow ? narrowSidebar : bar::sidebar);
    if (width() < detailsFrom && m_details->isShown())
        setDetailsShown(false);
}

void ChatWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ActivationChange) {
        refreshReading();
        if (isActiveWindow())
            noteUse();
    }
}

void ChatWindow::keyPressEvent(QKeyEvent *event)
{
    // Escape leads back to the composer, and there to the latest message.
    if (event->key() == Qt::Key_Escape) {
        if (m_composer->isEditing())
            m_composer->stopEditing();
        else if (m_composer->isAncestorOf(focusWidget()))
            m_timeline->jumpToLatest();
        m_composer->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    // Whoever types over the messages means the composer.
    if (m_timeline->hasFocus() && !event->text().isEmpty() && event->text().front().isPrint()) {
        m_composer->setFocus(Qt::ShortcutFocusReason);
        QCoreApplication::postEvent(m_composer->focusProxy(), event->clone());
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace lanline::ui
