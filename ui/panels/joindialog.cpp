#include "ui/panels/joindialog.h"

#include "core/text.h"
#include "ui/panels/addressform.h"
#include "ui/panels/inputfaults.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/parts.h"

#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

JoinDialog::JoinDialog(QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(this))
    , m_nameFault(makeLabel({}, TextStyle::Small, Tone::Error, this))
    , m_address(new AddressForm(this))
{
    setObjectName(u"joinDialog"_s);
    setWindowTitle(tr("Join a host"));
    setAttribute(Qt::WA_StyledBackground);
    setProperty("ground", u"surface"_s);
    m_name->setObjectName(u"nameField"_s);
    m_name->setAccessibleName(tr("Your name"));
    m_name->setMaxLength(64);
    m_nameFault->setObjectName(u"nameFault"_s);
    m_nameFault->setFixedHeight(qCeil(lineHeightOf(TextStyle::Small)));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::page, space::page, space::page, space::card);
    column->setSpacing(space::small);
    column->addWidget(makeLabel(tr("Join a host"), TextStyle::Heading));
    column->addWidget(makeLabel(
        tr("The host sees its address in its window and can send it to you."), TextStyle::Base, Tone::Secondary));
    column->addSpacing(space::gap);
    column->addWidget(makeLabel(tr("Your name"), TextStyle::Small, Tone::Secondary));
    column->addWidget(m_name);
    column->addWidget(m_nameFault);
    column->addWidget(makeLabel(tr("Address"), TextStyle::Small, Tone::Secondary));
    column->addWidget(m_address);
    column->setSizeConstraint(QLayout::SetFixedSize);

    connect(m_name, &QLineEdit::textEdited, this, [this] { m_nameFault->clear(); });
    connect(m_address, &AddressForm::joinRequested, this, &JoinDialog::onJoinRequested);
    m_address->field().setFocus(Qt::OtherFocusReason);
}

QString JoinDialog::name() const
{
    return normalizedName(m_name->text());
}

void JoinDialog::setName(const QString &name)
{
    m_name->setText(name);
}

void JoinDialog::setAddress(const QString &address)
{
    m_address->field().setText(address);
    m_address->field().selectAll();
}

void JoinDialog::onJoinRequested(const QUrl &url, const QString &code)
{
    if (const QString fault = nameFault(m_name->text()); !fault.isEmpty()) {
        m_nameFault->setText(fault);
        m_name->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_url = url;
    m_code = code;
    accept();
}

} // namespace lanline::ui
