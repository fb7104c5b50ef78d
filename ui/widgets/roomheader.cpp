#include "ui/widgets/roomheader.h"

#include "ui/theme/icons.h"
#include "ui/theme/type.h"
#include "ui/widgets/iconbutton.h"
#include "ui/words.h"

#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

QString aboutText(const Conversation &conversation, bool isConnected)
{
    QStringList parts;
    if (conversation.hasOwnTitle())
        parts << conversation.info.title;
    const int members = qMax(int(conversation.info.memberCount), int(conversation.members.size()));
    const QString count = RoomHeader::tr("%n member(s)", nullptr, members);
    const QString online = RoomHeader::tr("%n online", nullptr, conversation.onlineCount());
    parts << (isConnected ? RoomHeader::tr("%1, %2").arg(count, online) : count);
    return parts.join(u" · "_s);
}

} // namespace

RoomHeader::RoomHeader(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_title(new QLabel(this))
    , m_about(new QLabel(this))
    , m_details(new IconButton(themes, icons::Details, tr("Details"), this))
{
    setFixedHeight(bar::header);
    m_title->setObjectName(u"roomTitle"_s);
    m_title->setFont(fontFor(TextStyle::Heading));
    m_title->setTextFormat(Qt::PlainText);
    m_about->setObjectName(u"roomAbout"_s);
    m_about->setFont(fontFor(TextStyle::Small));
    m_about->setTextFormat(Qt::PlainText);
    m_about->setProperty("tone", u"secondary"_s);
    // Long words are cut off at the edge instead of pushing the window wider.
    for (QLabel *label : {m_title, m_about}) {
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        label->setAlignment(startAlignment());
    }

    auto *diagnostics = new IconButton(themes, icons::Diagnostics, tr("Diagnostics"), this);
    diagnostics->setShortcutShown(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    m_details->setObjectName(u"toggleDetails"_s);
    m_details->setCheckable(true);

    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_about);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::page, 6, 12, 6);
    layout->setSpacing(2);
    layout->addLayout(words, 1);
    layout->addWidget(diagnostics);
    layout->addWidget(m_details);

    connect(diagnostics, &QAbstractButton::clicked, this, &RoomHeader::diagnosticsRequested);
    connect(m_details, &QAbstractButton::clicked, this, &RoomHeader::detailsToggled);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
    setConversation(nullptr, false);
}

void RoomHeader::setConversation(const Conversation *conversation, bool isConnected)
{
    m_title->setText(conversation ? roomText(conversation->info.id) : QString());
    m_about->setText(conversation ? aboutText(*conversation, isConnected) : QString());
    m_details->setEnabled(conversation != nullptr);
}

void RoomHeader::setDetailsShown(bool isShown)
{
    m_details->setChecked(isShown);
}

void RoomHeader::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme[Token::Surface]);
    painter.setPen(QPen(theme[Token::Hairline], 0));
    painter.drawLine(QPointF(0, height() - 0.5), QPointF(width(), height() - 0.5));
}

} // namespace lanline::ui
