#include "ui/panels/firstrunwindow.h"

#include "client/address.h"
#include "ui/panels/addressform.h"
#include "ui/panels/nameform.h"
#include "ui/theme/icons.h"
#include "ui/widgets/choicecard.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/themedicon.h"
#include "ui/words.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QSvgRenderer>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int logoExtent = 48;
constexpr int cardGap = 14;
constexpr int sectionGap = 28;
constexpr int iconTile = 48;
constexpr int mostRecent = 3;

/// The logo has its own ground and is the same in every theme.
class Logo final : public QWidget
{
public:
    using QWidget::QWidget;

private:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        QSvgRenderer(u":/icons/lanline.svg"_s).render(&painter, rect());
    }
};

} // namespace

FirstRunWindow::FirstRunWindow(ThemeController &themes, QWidget *parent)
    : QWidget(parent, Qt::Window)
{
    setObjectName(u"firstRunWindow"_s);
    setWindowTitle(tr("Lanline"));
    setAttribute(Qt::WA_StyledBackground);
    setProperty("ground", u"canvas"_s);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::firstRunPage, space::firstRunPage, space::firstRunPage, sectionGap);
    column->setSpacing(0);
    column->addWidget(makeHeader(themes));
    column->addWidget(m_nameFault);
    column->addSpacing(sectionGap - m_nameFault->height());
    column->addWidget(makeChoices(themes));
    column->addSpacing(sectionGap + 4);
    column->addWidget(makeLabel(tr("Join by address"), TextStyle::Base, QFont::DemiBold));
    column->addSpacing(space::gap);
    column->addWidget(makeJoinCard(themes));
    column->addStretch(1);
    setMinimumSize(720, 570);
    resize(sizeHint());

    m_address->field().setFocus(Qt::OtherFocusReason);
}

QSize FirstRunWindow::sizeHint() const
{
    return {880, 570};
}

QString FirstRunWindow::name() const
{
    return m_name->name();
}

void FirstRunWindow::setName(const QString &name)
{
    m_name->setName(name);
}

void FirstRunWindow::setRecentAddresses(const QStringList &addresses)
{
    while (QLayoutItem *item = m_recentRow->takeAt(1)) {
        delete item->widget();
        delete item;
    }
    for (const QString &address : addresses.first(qMin(qsizetype(mostRecent), addresses.size()))) {
        const auto url = client::parseServerAddress(address);
        if (!url)
            continue;
        QPushButton *again = makeButton(addressText(*url), ButtonKind::Link);
        again->setAccessibleName(tr("Join %1 again").arg(again->text()));
        connect(again, &QPushButton::clicked, m_address, [this, text = again->text()] { m_address->submit(text); });
        m_recentRow->addWidget(again);
    }
    const bool hasSome = m_recentRow->count() > 1;
    m_recentRow->addStretch(1);
    m_recent->setVisible(hasSome);
}

QWidget *FirstRunWindow::makeHeader(ThemeController &themes)
{
    auto *header = new QWidget(this);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(14);
    auto *logo = new Logo(header);
    logo->setFixedSize(logoExtent, logoExtent);
    row->addWidget(logo);

    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(makeLabel(u"Lanline"_s, TextStyle::Title));
    words->addWidget(
        makeLabel(tr("The landline for your LAN. No account, no cloud."), TextStyle::Base, Tone::Secondary));
    row->addLayout(words, 1);

    m_name = new NameForm(themes, header);
    row->addWidget(m_name);
    connect(m_name, &NameForm::nameChanged, this, &FirstRunWindow::nameChanged);

    m_nameFault = makeLabel({}, TextStyle::Small, Tone::Error, this);
    m_nameFault->setObjectName(u"nameFault"_s);
    m_nameFault->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_nameFault->setFixedHeight(qCeil(lineHeightOf(TextStyle::Small)));
    connect(m_name, &NameForm::faultChanged, m_nameFault, &QLabel::setText);
    return header;
}

QWidget *FirstRunWindow::makeChoices(ThemeController &themes)
{
    auto *choices = new QWidget(this);
    auto *row = new QHBoxLayout(choices);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(cardGap);
    const auto add = [&](const QString &objectName, QLatin1StringView icon, const QString &title,
                         const QString &words) {
        auto *card = new ChoiceCard(themes, icon, title, words, choices);
        card->setObjectName(objectName);
        row->addWidget(card, 1);
        return card;
    };
    ChoiceCard *demo = add(u"tryCard"_s, icons::Try, tr("Try on this computer"),
        tr("Two windows side by side, and a live plot of every round trip between them."));
    ChoiceCard *host = add(u"hostCard"_s, icons::HostChoice, tr("Host for this network"),
        tr("This computer carries the chat. Others join by its address."));
    m_join = add(u"joinCard"_s, icons::Join, tr("Join"), tr("Type the address of a host, or paste a lanline:// link."));

    connect(demo, &ChoiceCard::clicked, this, [this] {
        if (m_name->commit())
            Q_EMIT tryRequested();
    });
    connect(host, &ChoiceCard::clicked, this, [this] {
        if (m_name->commit())
            Q_EMIT hostRequested();
    });
    connect(m_join, &ChoiceCard::clicked, this, [this] { m_address->field().setFocus(Qt::ShortcutFocusReason); });
    return choices;
}

QWidget *FirstRunWindow::makeJoinCard(ThemeController &themes)
{
    QFrame *card = makeCard(this);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(24, space::page, 24, space::card);
    row->setSpacing(space::page);
    auto *icon = new ThemedIcon(themes, icons::Network, 24, Token::TextSecondary, card);
    icon->setGround(Token::Sunken, iconTile);
    row->addWidget(icon, 0, Qt::AlignTop);

    auto *column = new QVBoxLayout;
    column->setSpacing(space::gap + 2);
    QLabel *hint = makeLabel(
        tr("The host sees its address in its window and can send it to you."), TextStyle::Base, Tone::Secondary);
    column->addWidget(hint);
    m_address = new AddressForm(card);
    m_address->setMaximumWidth(520);
    m_address->field().installEventFilter(this);
    auto *form = new QHBoxLayout;
    form->addWidget(m_address, 100);
    form->addStretch(1);
    column->addLayout(form);
    connect(m_address, &AddressForm::joinRequested, this, [this](const QUrl &url, const QString &code) {
        if (m_name->commit())
            Q_EMIT joinRequested(url, code);
    });

    m_recent = new QWidget(card);
    m_recentRow = new QHBoxLayout(m_recent);
    m_recentRow->setContentsMargins(0, 0, 0, 0);
    m_recentRow->setSpacing(space::gap);
    m_recentRow->addWidget(makeLabel(tr("Recent"), TextStyle::Small, Tone::Tertiary));
    m_recent->hide();
    column->addWidget(m_recent);
    row->addLayout(column, 1);
    static_cast<QVBoxLayout *>(card->layout())->addLayout(row);
    return card;
}

bool FirstRunWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_address->field() && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        m_join->setCurrent(event->type() == QEvent::FocusIn);
    return QWidget::eventFilter(watched, event);
}

} // namespace lanline::ui
