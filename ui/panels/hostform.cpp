#include "ui/panels/hostform.h"

#include "client/address.h"
#include "core/text.h"
#include "ui/panels/inputfaults.h"
#include "ui/theme/icons.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/themedicon.h"

#include <QHBoxLayout>
#include <QLineEdit>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int formWidth = 520;
constexpr int portWidth = 110;

QString failureSentence(const HostFailure &failure)
{
    switch (failure.kind) {
    case HostFailure::Kind::PortInUse:
        return failure.suggestedPort == 0
            ? HostForm::tr("Port %1 is in use.").arg(failure.port)
            : HostForm::tr("Port %1 is in use. Use %2 instead?").arg(failure.port).arg(failure.suggestedPort);
    case HostFailure::Kind::AddressUnavailable:
        return HostForm::tr("The system does not allow hosting on port %1.").arg(failure.port);
    case HostFailure::Kind::DataUnusable:
        return failure.detail.isEmpty()
            ? HostForm::tr("The folder for the messages cannot be used.")
            : HostForm::tr("The folder for the messages cannot be used: %1").arg(failure.detail);
    }
    return {};
}

} // namespace

HostForm::HostForm(ThemeController &themes, QWidget *parent)
    : QFrame(parent)
    , m_name(new QLineEdit(this))
    , m_nameFault(makeFault(u"nameFault"_s))
    , m_port(new QLineEdit(QString::number(client::defaultPort), this))
    , m_portFault(makeFault(u"portFault"_s))
    , m_start(makeButton(tr("Start hosting"), ButtonKind::Primary, this))
{
    setObjectName(u"hostForm"_s);
    setProperty("card", true);
    setMaximumWidth(formWidth);
    m_name->setObjectName(u"hostName"_s);
    m_name->setAccessibleName(tr("Name of this host"));
    m_name->setPlaceholderText(tr("Studio LAN"));
    m_name->setMaxLength(64);
    m_port->setObjectName(u"hostPort"_s);
    m_port->setAccessibleName(tr("Port"));
    m_port->setFont(fontFor(TextStyle::Code));
    m_port->setMaxLength(5);
    m_port->setFixedWidth(portWidth);
    m_port->setInputMethodHints(Qt::ImhDigitsOnly);
    m_start->setObjectName(u"startHosting"_s);
    m_failure = makeFailureRow(themes);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, space::page, 24, space::page);
    column->setSpacing(space::small);
    QLabel *hint = makeLabel(
        tr("This computer carries the chat: as long as it runs, others on the network can join by its address."),
        TextStyle::Base, Tone::Secondary);
    hint->setWordWrap(true);
    column->addWidget(hint);
    column->addSpacing(12);
    column->addWidget(makeLabel(tr("Name"), TextStyle::Small, Tone::Secondary));
    column->addWidget(m_name);
    column->addWidget(m_nameFault);
    column->addWidget(makeLabel(tr("Port"), TextStyle::Small, Tone::Secondary));
    column->addWidget(m_port);
    column->addWidget(m_portFault);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_start);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addWidget(m_failure);

    for (QLineEdit *field : {m_name, m_port}) {
        connect(field, &QLineEdit::textEdited, this, &HostForm::clearFaults);
        connect(field, &QLineEdit::returnPressed, this, &HostForm::onStart);
    }
    connect(m_start, &QPushButton::clicked, this, &HostForm::onStart);
}

QLabel *HostForm::makeFault(const QString &objectName)
{
    QLabel *fault = makeLabel({}, TextStyle::Small, Tone::Error, this);
    fault->setObjectName(objectName);
    fault->setFixedHeight(qCeil(lineHeightOf(TextStyle::Small)));
    return fault;
}

QWidget *HostForm::makeFailureRow(ThemeController &themes)
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, space::gap, 0, 0);
    layout->setSpacing(space::gap);
    layout->addWidget(new ThemedIcon(themes, icons::Fail, 18, Token::ErrorMark));
    m_failureWords = makeLabel({}, TextStyle::Base, Tone::Error);
    m_failureWords->setObjectName(u"hostFailure"_s);
    m_failureWords->setWordWrap(true);
    layout->addWidget(m_failureWords, 1);
    m_useSuggested = makeButton({}, ButtonKind::Plain);
    m_useSuggested->setObjectName(u"useSuggestedPort"_s);
    connect(m_useSuggested, &QPushButton::clicked, this, &HostForm::onUseSuggested);
    layout->addWidget(m_useSuggested);
    row->hide();
    return row;
}

void HostForm::setRequest(const HostRequest &request)
{
    m_name->setText(request.name);
    m_port->setText(QString::number(request.port));
    clearFaults();
}

void HostForm::showFailure(const HostFailure &failure)
{
    m_suggested = failure.kind == HostFailure::Kind::PortInUse ? failure.suggestedPort : 0;
    m_failureWords->setText(failureSentence(failure));
    m_failureWords->setToolTip(failure.detail);
    m_useSuggested->setText(tr("Use port %1").arg(m_suggested));
    m_useSuggested->setVisible(m_suggested != 0);
    m_failure->show();
    setBusy(false);
    if (m_suggested != 0)
        m_useSuggested->setFocus(Qt::OtherFocusReason);
}

void HostForm::setBusy(bool isBusy)
{
    for (QWidget *part : {static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_port),
             static_cast<QWidget *>(m_start), static_cast<QWidget *>(m_useSuggested)})
        part->setEnabled(!isBusy);
    m_start->setText(isBusy ? tr("Starting…") : tr("Start hosting"));
}

void HostForm::focusName()
{
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

void HostForm::onStart()
{
    clearFaults();
    m_nameFault->setText(nameFault(m_name->text()));
    m_portFault->setText(portFault(m_port->text()));
    if (!m_nameFault->text().isEmpty()) {
        m_name->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (!m_portFault->text().isEmpty()) {
        m_port->setFocus(Qt::OtherFocusReason);
        return;
    }
    setBusy(true);
    Q_EMIT startRequested({normalizedName(m_name->text()), quint16(m_port->text().toUInt())});
}

void HostForm::onUseSuggested()
{
    m_port->setText(QString::number(m_suggested));
    onStart();
}

void HostForm::clearFaults()
{
    m_nameFault->clear();
    m_portFault->clear();
    m_failure->hide();
}

} // namespace lanline::ui
