#include "ui/panels/addressescard.h"

#include "ui/theme/icons.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/themedicon.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr int mediumWidth = 106;
constexpr int interfaceWidth = 84;
constexpr int mediumIcon = 16;
constexpr auto copiedFor = 2s;

struct MediumLook
{
    QLatin1StringView icon;
    QString word;
};

MediumLook lookOf(Medium medium)
{
    switch (medium) {
    case Medium::Ethernet:
        return {icons::Ethernet, AddressesCard::tr("Ethernet")};
    case Medium::WiFi:
        return {icons::WiFi, AddressesCard::tr("Wi-Fi")};
    case Medium::Vpn:
        return {icons::Vpn, AddressesCard::tr("VPN")};
    case Medium::Virtual:
        return {icons::Network, AddressesCard::tr("Virtual")};
    case Medium::Loopback:
        break;
    }
    return {icons::Try, AddressesCard::tr("This computer")};
}

} // namespace

AddressesCard::AddressesCard(ThemeController &themes, QWidget *parent)
    : QFrame(parent)
    , m_themes(themes)
{
    setProperty("card", true);
    setObjectName(u"addressesCard"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, space::small);
    column->setSpacing(0);
    QLabel *title = makeLabel(tr("Addresses"), TextStyle::Base, QFont::DemiBold);
    title->setContentsMargins(space::card, 10, space::card, space::gap);
    column->addWidget(title);
    m_rows = new QVBoxLayout;
    m_rows->setSpacing(0);
    column->addLayout(m_rows);
}

void AddressesCard::setAddresses(const QList<InterfaceAddress> &addresses, quint16 port)
{
    if (addresses == m_addresses && port == m_port && m_rows->count() > 0)
        return;
    m_addresses = addresses;
    m_port = port;
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const InterfaceAddress &address : addresses) {
        m_rows->addWidget(makeLine());
        m_rows->addWidget(makeRow(address));
    }
    if (addresses.isEmpty()) {
        m_rows->addWidget(makeLine());
        QLabel *none = makeLabel(tr("This computer is on no network at the moment."), TextStyle::Base, Tone::Secondary);
        none->setContentsMargins(space::card, space::gap, space::card, space::gap);
        m_rows->addWidget(none);
    }
}

QWidget *AddressesCard::makeRow(const InterfaceAddress &address)
{
    const MediumLook look = lookOf(address.medium);
    const QString link = joinLink(address.address, m_port);

    auto *row = new QWidget;
    row->setMinimumHeight(bar::addressRow - 1);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(space::card, 2, 12, 2);
    layout->setSpacing(10);
    layout->addWidget(new ThemedIcon(m_themes, look.icon, mediumIcon, Token::TextSecondary));
    QLabel *medium = makeLabel(look.word, TextStyle::Base, QFont::Medium);
    medium->setMinimumWidth(mediumWidth);
    layout->addWidget(medium);
    QLabel *name = makeLabel(address.interfaceName, TextStyle::Code, Tone::Secondary);
    name->setMinimumWidth(interfaceWidth);
    layout->addWidget(name);
    QLabel *words = makeLabel(link, TextStyle::Code);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words->setObjectName(u"joinLink"_s);
    layout->addWidget(words, 1);

    QLabel *copied = makeLabel(tr("Copied"), TextStyle::Small, Tone::Ok);
    copied->setObjectName(u"copied"_s);
    QSizePolicy keepsItsPlace = copied->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    copied->setSizePolicy(keepsItsPlace);
    copied->hide();
    layout->addWidget(copied);

    auto *copy = new IconButton(m_themes, icons::Copy, tr("Copy %1").arg(link));
    copy->setExtent(bar::buttonSmall, 16);
    auto *back = new QTimer(row);
    back->setSingleShot(true);
    back->setInterval(copiedFor);
    connect(copy, &IconButton::clicked, row, [=] {
        QGuiApplication::clipboard()->setText(link);
        copied->show();
        back->start();
    });
    connect(back, &QTimer::timeout, copied, &QWidget::hide);
    layout->addWidget(copy);
    return row;
}

} // namespace lanline::ui
