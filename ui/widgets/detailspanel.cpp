#include "ui/widgets/detailspanel.h"

#include "ui/delegates/memberdelegate.h"
#include "ui/theme/type.h"
#include "ui/words.h"

#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr int panelWidth = 260;
constexpr auto slideTime = 160ms;

} // namespace

DetailsPanel::DetailsPanel(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_content(new QWidget(this))
    , m_title(new QLabel(m_content))
    , m_about(new QLabel(m_content))
    , m_section(new QLabel(m_content))
{
    setObjectName(u"details"_s);
    setFixedWidth(0);
    m_title->setFont(fontFor(TextStyle::Heading));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_about->setFont(fontFor(TextStyle::Small));
    m_about->setTextFormat(Qt::PlainText);
    m_about->setProperty("tone", u"secondary"_s);
    m_about->setWordWrap(true);
    m_section->setFont(fontFor(TextStyle::Micro, QFont::DemiBold));
    m_section->setProperty("tone", u"secondary"_s);

    auto *members = new QListView(m_content);
    members->setObjectName(u"members"_s);
    members->setAccessibleName(tr("Members"));
    members->setModel(&m_members);
    members->setItemDelegate(new MemberDelegate(themes, members));
    members->setSelectionMode(QListView::NoSelection);
    members->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    members->setVerticalScrollMode(QListView::ScrollPerPixel);

    auto *leave = new QPushButton(tr("Leave room"), m_content);
    leave->setObjectName(u"leaveRoom"_s);
    leave->setProperty("kind", u"destructive"_s);

    for (QLabel *label : {m_title, m_about, m_section})
        label->setAlignment(startAlignment());

    const auto inset = [](QWidget *widget) {
        auto *row = new QHBoxLayout;
        row->setContentsMargins(space::card, 0, space::card, 0);
        row->addWidget(widget);
        return row;
    };
    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(1, space::card, 0, space::card);
    layout->setSpacing(space::small);
    layout->addLayout(inset(m_title));
    layout->addLayout(inset(m_about));
    layout->addSpacing(space::card);
    layout->addLayout(inset(m_section));
    layout->addWidget(members, 1);
    layout->addLayout(inset(leave));

    m_slide.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_slide, &QVariantAnimation::valueChanged, this,
        [this](const QVariant &width) { setFixedWidth(width.toInt()); });
    connect(&m_slide, &QVariantAnimation::finished, this, [this] { m_content->setVisible(m_isShown); });
    connect(leave, &QPushButton::clicked, this, &DetailsPanel::leaveRequested);
    connect(&themes, &ThemeController::themeChanged, members->viewport(), qOverload<>(&QWidget::update));
    m_content->hide();
}

void DetailsPanel::setConversation(const Conversation *conversation)
{
    if (!conversation) {
        m_members.setMembers({});
        return;
    }
    m_title->setText(roomText(conversation->info.id));
    m_about->setText(conversation->info.title);
    m_about->setVisible(conversation->hasOwnTitle());
    m_section->setText(tr("%n member(s)", nullptr, int(conversation->members.size())));
    m_members.setMembers(conversation->members);
}

void DetailsPanel::setShown(bool isShown)
{
    if (isShown == m_isShown)
        return;
    m_isShown = isShown;
    const int target = isShown ? panelWidth : 0;
    const auto time = m_themes.theme().duration(slideTime);
    // What is hidden is out of the tab order too.
    if (isShown)
        m_content->show();
    m_slide.stop();
    if (time <= 0ms || !isVisible()) {
        setFixedWidth(target);
        m_content->setVisible(isShown);
        return;
    }
    m_slide.setDuration(int(time.count()));
    m_slide.setStartValue(width());
    m_slide.setEndValue(target);
    m_slide.start();
}

void DetailsPanel::resizeEvent(QResizeEvent *)
{
    // The content keeps its full width while the panel slides.
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    m_content->setGeometry(isMirrored ? width() - panelWidth : 0, 0, panelWidth, height());
}

void DetailsPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme[Token::Surface]);
    painter.setPen(QPen(theme[Token::Hairline], 0));
    const qreal edge = layoutDirection() == Qt::RightToLeft ? width() - 0.5 : 0.5;
    painter.drawLine(QPointF(edge, 0), QPointF(edge, height()));
}

} // namespace lanline::ui
