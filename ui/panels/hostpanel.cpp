#include "ui/panels/hostpanel.h"

#include "ui/models/spantext.h"
#include "ui/panels/addressescard.h"
#include "ui/panels/clientscard.h"
#include "ui/panels/hostform.h"
#include "ui/theme/icons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/themedicon.h"

#include <QHBoxLayout>
#include <QStackedLayout>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr int headerHeight = 60;
constexpr int headerTile = 36;
constexpr auto networkPeriod = 5s;

enum Page { FormPage, RunningPage };

} // namespace

HostPanel::HostPanel(HostController &host, ThemeController &themes, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_host(host)
    , m_pages(new QStackedLayout)
{
    setObjectName(u"hostPanel"_s);
    setWindowTitle(tr("Host"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader(themes));
    column->addWidget(makeLine(this));
    QWidget *body = makeGround("canvas"_L1, this);
    body->setLayout(m_pages);
    column->addWidget(body, 1);
    m_pages->addWidget(makeFormPage(themes));
    m_pages->addWidget(makeRunningPage(themes));
    setMinimumSize(760, 480);
    resize(sizeHint());

    m_second.setInterval(1s);
    m_network.setInterval(networkPeriod);
    connect(&m_second, &QTimer::timeout, this, &HostPanel::showHeader);
    connect(&m_network, &QTimer::timeout, this, &HostPanel::showAddresses);
    connect(&host, &HostController::started, this, &HostPanel::onStarted);
    connect(&host, &HostController::stopped, this, &HostPanel::onStopped);
    connect(&host, &HostController::failed, this, &HostPanel::showFailure);
    connect(&host, &HostController::clientsChanged, m_clients, &ClientsCard::setLinks);
    if (host.isHosting())
        onStarted();
    else
        onStopped();
}

QSize HostPanel::sizeHint() const
{
    return {900, 640};
}

void HostPanel::setRequest(const HostRequest &request)
{
    m_form->setRequest(request);
}

void HostPanel::showFailure(const HostFailure &failure)
{
    onStopped();
    m_form->showFailure(failure);
}

QWidget *HostPanel::makeHeader(ThemeController &themes)
{
    QWidget *header = makeGround("surface"_L1, this);
    header->setMinimumHeight(headerHeight - 1);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(space::page, 0, space::card, 0);
    row->setSpacing(12);
    auto *icon = new ThemedIcon(themes, icons::Host, 20, Token::Accent);
    icon->setGround(Token::AccentTint, headerTile);
    row->addWidget(icon);

    m_name = new ElidedLabel;
    m_name->setObjectName(u"hostTitle"_s);
    m_name->setFont(fontFor(TextStyle::Heading));
    m_running = new Chip(themes, tr("Running"), Token::OkTint, Token::OkMark, Token::OkText);
    m_running->setObjectName(u"runningChip"_s);
    auto *title = new QHBoxLayout;
    title->setSpacing(space::gap);
    title->addWidget(m_name);
    title->addWidget(m_running);
    title->addStretch(1);
    m_subtitle = new ElidedLabel;
    m_subtitle->setObjectName(u"hostSubtitle"_s);
    m_subtitle->setFont(fontFor(TextStyle::Small));
    setTone(*m_subtitle, Tone::Secondary);
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addStretch(1);
    words->addLayout(title);
    words->addWidget(m_subtitle);
    words->addStretch(1);
    row->addLayout(words, 1);

    m_stop = makeButton(u' ' + tr("Stop hosting"), ButtonKind::Destructive);
    m_stop->setAccessibleName(tr("Stop hosting"));
    m_stop->setObjectName(u"stopHosting"_s);
    const auto applyIcon = [this](const Theme &theme) {
        m_stop->setIcon(themedIcon(icons::StopHosting, theme[Token::ErrorText], theme[Token::DisabledText]));
    };
    connect(&themes, &ThemeController::themeChanged, m_stop, applyIcon);
    applyIcon(themes.theme());
    m_stop->setIconSize({13, 13});
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_stop->setEnabled(false);
        m_host.stop();
    });
    row->addWidget(m_stop);
    return header;
}

QWidget *HostPanel::makeFormPage(ThemeController &themes)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(space::page, 44, space::page, space::page);
    m_form = new HostForm(themes);
    connect(m_form, &HostForm::startRequested, this, [this](const HostRequest &request) { m_host.start(request); });
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_form, 100);
    row->addStretch(1);
    column->addLayout(row);
    column->addStretch(1);
    return page;
}

QWidget *HostPanel::makeRunningPage(ThemeController &themes)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(space::page, 12, space::page, space::page);
    column->setSpacing(space::cardGap);
    m_addresses = new AddressesCard(themes);
    m_clients = new ClientsCard(themes);
    column->addWidget(m_addresses);
    column->addWidget(m_clients, 1);
    return page;
}

void HostPanel::onStarted()
{
    const HostInfo &info = m_host.info();
    m_form->setRequest({info.name, info.port});
    m_form->setBusy(false);
    m_stop->setEnabled(true);
    m_pages->setCurrentIndex(RunningPage);
    showAddresses();
    showHeader();
    if (isVisible()) {
        m_second.start();
        m_network.start();
    }
}

void HostPanel::onStopped()
{
    m_second.stop();
    m_network.stop();
    m_form->setBusy(false);
    m_clients->setLinks({});
    m_pages->setCurrentIndex(FormPage);
    m_form->focusName();
    showHeader();
}

void HostPanel::showHeader()
{
    const bool isRunning = m_pages->currentIndex() == RunningPage;
    m_running->setVisible(isRunning);
    m_stop->setVisible(isRunning);
    if (!isRunning) {
        m_name->setFullText(tr("Host for this network"));
        m_subtitle->setFullText(tr("Not running"));
        return;
    }
    const HostInfo &info = m_host.info();
    m_name->setFullText(info.name);
    const QString port = tr("port %1").arg(info.port);
    if (info.startedAt == SteadyTime()) {
        m_subtitle->setFullText(port);
        return;
    }
    const auto up = std::chrono::floor<std::chrono::seconds>(std::chrono::steady_clock::now() - info.startedAt);
    m_subtitle->setFullText(tr("Up %1 · %2").arg(spanText(up), port));
}

void HostPanel::showAddresses()
{
    const HostInfo &info = m_host.info();
    m_addresses->setAddresses(reachableAddresses(machineAddresses(), info.address), info.port);
}

void HostPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_pages->currentIndex() != RunningPage)
        return;
    showAddresses();
    showHeader();
    m_second.start();
    m_network.start();
}

void HostPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_second.stop();
    m_network.stop();
}

} // namespace lanline::ui
