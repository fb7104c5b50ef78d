#include "ui/panels/addressform.h"

#include "ui/panels/inputfaults.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/parts.h"

#include <QHBoxLayout>
#include <QLineEdit>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int fieldWidth = 320;
constexpr int codeWidth = 130;

} // namespace

AddressForm::AddressForm(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit(this))
    , m_join(makeButton(tr("Join"), ButtonKind::Primary, this))
    , m_fault(makeLabel({}, TextStyle::Small, Tone::Error, this))
    , m_withCode(makeButton(tr("Code from my other device"), ButtonKind::Link, this))
    , m_code(new QLineEdit(this))
{
    m_field->setObjectName(u"addressField"_s);
    m_field->setFont(fontFor(TextStyle::Code));
    m_field->setPlaceholderText(u"192.168.1.20:47100"_s);
    m_field->setAccessibleName(tr("Address of the host"));
    m_field->setMinimumWidth(fieldWidth);
    m_field->setMaxLength(512);
    m_field->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoPredictiveText);
    m_join->setObjectName(u"joinButton"_s);
    m_fault->setObjectName(u"addressFault"_s);
    m_fault->setFixedHeight(qCeil(lineHeightOf(TextStyle::Small)));

    m_withCode->setObjectName(u"withCode"_s);
    m_withCode->setFont(fontFor(TextStyle::Small));
    m_withCode->setAutoDefault(false);
    m_code->setObjectName(u"codeField"_s);
    m_code->setFont(fontFor(TextStyle::Code));
    m_code->setPlaceholderText(u"XXXX-XXXX"_s);
    m_code->setAccessibleName(tr("Code from my other device"));
    m_code->setAccessibleDescription(tr("Lanline shows it there under “Add a device…”."));
    m_code->setToolTip(m_code->accessibleDescription());
    m_code->setMaxLength(32);
    m_code->setFixedWidth(codeWidth);
    m_code->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(space::gap);
    row->addWidget(m_field, 1);
    row->addWidget(m_join);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addLayout(row);
    auto *below = new QHBoxLayout;
    below->setSpacing(space::gap);
    below->addWidget(m_fault, 1);
    below->addWidget(m_withCode);
    below->addWidget(m_code);
    column->addLayout(below);

    connect(m_withCode, &QPushButton::clicked, this, [this] {
        m_withCode->hide();
        m_code->show();
        m_code->setFocus(Qt::OtherFocusReason);
    });
    connect(m_code, &QLineEdit::returnPressed, this, &AddressForm::onJoin);
    connect(m_field, &QLineEdit::returnPressed, this, &AddressForm::onJoin);
    connect(m_join, &QPushButton::clicked, this, &AddressForm::onJoin);
    connect(m_field, &QLineEdit::textEdited, this, [this] { showFault({}); });
}

void AddressForm::submit(const QString &address)
{
    m_field->setText(address);
    onJoin();
}

void AddressForm::onJoin()
{
    const auto url = client::parseServerAddress(m_field->text());
    if (url) {
        showFault({});
        Q_EMIT joinRequested(*url, m_code->text().trimmed());
        return;
    }
    showFault(addressFault(url.error()));
    m_field->setFocus(Qt::OtherFocusReason);
    m_field->selectAll();
}

void AddressForm::showFault(const QString &sentence)
{
    m_fault->setText(sentence);
    m_field->setAccessibleDescription(sentence);
}

} // namespace lanline::ui
