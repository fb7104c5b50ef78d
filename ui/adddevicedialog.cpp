#include "ui/adddevicedialog.h"

#include "client/chatsession.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/parts.h"
#include "ui/words.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr int contentWidth = 400;
constexpr qreal codePoints = 25.5; ///< to be read across a room
constexpr qreal codeSpacing = 106; ///< percent
constexpr auto tick = 1s;

/// Stands where the code will, as wide as any code.
constexpr auto noCode = u"····-····";

bool isConnected(client::Phase phase)
{
    return phase == client::Phase::Online || phase == client::Phase::CatchingUp;
}

} // namespace

AddDeviceDialog::AddDeviceDialog(client::ChatSession &session, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_clients(session.state().clients.size())
{
    setObjectName(u"addDevice"_s);
    setWindowTitle(tr("Add a device"));
    setAttribute(Qt::WA_StyledBackground);
    setProperty("ground", u"surface"_s);

    QLabel *lead = makeLabel(tr("Let another computer of yours take part as you, with your name, rooms and drafts."),
        TextStyle::Base, Tone::Secondary);
    lead->setWordWrap(true);
    lead->setFixedWidth(contentWidth);
    m_again = makeButton(tr("New code"), ButtonKind::Plain, this);
    m_again->setObjectName(u"newCode"_s);
    m_again->setAutoDefault(false);
    QPushButton *close = makeButton(tr("Close"), ButtonKind::Primary, this);
    close->setDefault(true);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::gap);
    buttons->addStretch(1);
    buttons->addWidget(m_again);
    buttons->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::page, space::page, space::page, space::card);
    column->setSpacing(space::gap);
    column->addWidget(makeLabel(tr("Add a device"), TextStyle::Heading));
    column->addWidget(lead);
    column->addSpacing(space::small);
    column->addWidget(makeCodeCard());
    column->addSpacing(space::small);
    column->addWidget(makeSteps());
    column->addSpacing(space::small);
    column->addLayout(buttons);
    column->setSizeConstraint(QLayout::SetFixedSize);

    m_tick.setInterval(tick);
    connect(&m_tick, &QTimer::timeout, this, &AddDeviceDialog::refresh);
    connect(m_copy, &QPushButton::clicked, this, &AddDeviceDialog::copy);
    connect(m_again, &QPushButton::clicked, this, &AddDeviceDialog::ask);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(&session, &client::ChatSession::stateChanged, this, &AddDeviceDialog::onState);
    connect(&session, &client::ChatSession::pairingReceived, this, &AddDeviceDialog::onCode);
    connect(&session, &client::ChatSession::requestFailed, this, &AddDeviceDialog::onFailure);
    enter(Stage::Offline);
    onState(session.state());
}

QWidget *AddDeviceDialog::makeCodeCard()
{
    QFrame *card = makeCard(this);
    m_codeLabel = makeLabel({}, TextStyle::Code, QFont::DemiBold, card);
    m_codeLabel->setObjectName(u"pairingCode"_s);
    QFont font = m_codeLabel->font();
    font.setPointSizeF(codePoints);
    font.setLetterSpacing(QFont::PercentageSpacing, codeSpacing);
    m_codeLabel->setFont(font);
    const QFontMetrics metrics(font);
    m_codeLabel->setMinimumSize(metrics.horizontalAdvance(u"0000-0000"_s), metrics.height());
    m_codeLabel->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy = makeButton(tr("Copy"), ButtonKind::Plain, card);
    m_copy->setObjectName(u"copyCode"_s);
    m_copy->setAutoDefault(false);
    m_words = makeLabel({}, TextStyle::Small, Tone::Secondary, card);
    m_words->setObjectName(u"codeWords"_s);
    m_words->setWordWrap(true);
    // Two lines from the start: nothing moves when the words do.
    m_words->setMinimumHeight(2 * qCeil(lineHeightOf(TextStyle::Small)));
    m_words->setAlignment(startAlignment() | Qt::AlignTop);

    auto *row = new QHBoxLayout;
    row->addWidget(m_codeLabel, 1);
    row->addWidget(m_copy, 0, Qt::AlignVCenter);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(space::card, space::card, space::card, space::gap);
    column->setSpacing(space::small);
    column->addLayout(row);
    column->addWidget(m_words);
    static_cast<QVBoxLayout *>(card->layout())->addLayout(column);
    return card;
}

QWidget *AddDeviceDialog::makeSteps()
{
    auto *steps = new QWidget(this);
    auto *column = new QVBoxLayout(steps);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    const QUrl url = m_session.state().url;
    const bool isHere = url.isEmpty() || QHostAddress(url.host()).isLoopback() || url.host() == "localhost"_L1;
    const QString second = isHere ? tr("2. Type the address that the host panel shows.")
                                  : tr("2. Type the host’s address: %1").arg(addressText(url));
    for (const QString &step : {tr("1. Start Lanline on the other device and choose Join."), second,
             tr("3. Choose “Code from my other device”, type the code, and join.")}) {
        QLabel *label = makeLabel(step, TextStyle::Base, Tone::Normal, steps);
        label->setWordWrap(true);
        label->setFixedWidth(contentWidth);
        column->addWidget(label);
    }
    return steps;
}

void AddDeviceDialog::ask()
{
    if (!isConnected(m_session.state().phase))
        return;
    enter(Stage::Asking);
    m_session.requestPairing();
}

void AddDeviceDialog::onState(const client::ConnectionState &state)
{
    if (!isConnected(state.phase)) {
        // A code that is shown is good all the same.
        if (m_stage != Stage::Shown && m_stage != Stage::Joined)
            enter(Stage::Offline);
        return;
    }
    if (m_stage == Stage::Offline)
        ask();
    else if (m_stage == Stage::Shown && state.clients.size() > m_clients)
        enter(Stage::Joined);
    m_clients = state.clients.size();
}

void AddDeviceDialog::onCode(const QString &code, std::chrono::milliseconds validFor)
{
    m_code = code;
    m_goodUntil = std::chrono::steady_clock::now() + validFor;
    enter(Stage::Shown);
}

void AddDeviceDialog::onFailure(const client::RequestFailure &failure)
{
    if (m_stage == Stage::Asking && failure.room.isNull())
        enter(isConnected(m_session.state().phase) ? Stage::Refused : Stage::Offline);
}

void AddDeviceDialog::enter(Stage stage)
{
    m_stage = stage;
    if (stage == Stage::Shown)
        m_tick.start();
    else
        m_tick.stop();
    refresh();
}

QString AddDeviceDialog::words() const
{
    switch (m_stage) {
    case Stage::Offline:
        return tr("There is no connection to the host. The code appears as soon as there is one.");
    case Stage::Asking:
        return tr("Asking the host for a code…");
    case Stage::Shown: {
        const auto left = std::chrono::ceil<std::chrono::seconds>(m_goodUntil - std::chrono::steady_clock::now());
        const QString time = u"%1:%2"_s.arg(left / 1min).arg((left % 1min).count(), 2, 10, QLatin1Char('0'));
        //: %1: minutes and seconds that are left, like 4:07
        return tr("Good once, for %1. Whoever has it can write as you.").arg(time);
    }
    case Stage::Expired:
        return tr("This code has expired.");
    case Stage::Refused:
        return tr("The host gives no code: guests have no other devices, and a busy host may have none left.");
    case Stage::Joined:
        return tr("Your other device is connected. Both are you from now on.");
    }
    return {};
}

void AddDeviceDialog::refresh()
{
    if (m_stage == Stage::Shown && std::chrono::steady_clock::now() >= m_goodUntil) {
        enter(Stage::Expired);
        return;
    }
    const bool isGood = m_stage == Stage::Shown;
    m_codeLabel->setText(isGood ? m_code : QString::fromUtf16(noCode));
    // Letter by letter: no screen reader says it as a word.
    m_codeLabel->setAccessibleName(isGood ? m_code.split(QString(), Qt::SkipEmptyParts).join(u' ') : tr("No code yet"));
    m_codeLabel->setEnabled(isGood);
    setTone(*m_codeLabel, isGood ? Tone::Normal : Tone::Tertiary);
    setTone(*m_words, m_stage == Stage::Joined ? Tone::Ok : m_stage == Stage::Refused ? Tone::Error : Tone::Secondary);
    m_words->setText(words());
    m_copy->setEnabled(isGood);
    m_again->setVisible(m_stage != Stage::Offline && m_stage != Stage::Asking);
}

void AddDeviceDialog::copy()
{
    QGuiApplication::clipboard()->setText(m_code);
    m_copy->setText(tr("Copied"));
    QTimer::singleShot(2s, m_copy, [this] { m_copy->setText(tr("Copy")); });
}

} // namespace lanline::ui
