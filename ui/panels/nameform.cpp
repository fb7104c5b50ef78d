#include "ui/panels/nameform.h"

#include "core/text.h"
#include "ui/panels/inputfaults.h"
#include "ui/theme/icons.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/parts.h"

#include <QHBoxLayout>
#include <QKeyEvent>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int avatarDiameter = 28;
constexpr int narrowestName = 74;
constexpr int widestName = 220;
constexpr int fieldWidth = 150;

} // namespace

NameForm::NameForm(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_avatar(new Avatar(themes, avatarDiameter, this))
    , m_label(new ElidedLabel(this))
    , m_field(new QLineEdit(this))
    , m_pencil(new IconButton(themes, icons::Edit, tr("Change your name"), this))
    , m_words(new QWidget(this))
{
    m_label->setFont(fontFor(TextStyle::Base, QFont::Medium));
    m_label->setObjectName(u"nameLabel"_s);
    m_field->setObjectName(u"nameField"_s);
    m_field->setAccessibleName(tr("Your name"));
    m_field->setMinimumWidth(fieldWidth);
    m_field->setMaxLength(64);
    m_field->installEventFilter(this);
    m_pencil->setObjectName(u"editName"_s);
    m_pencil->setExtent(bar::iconButton, 15);

    auto *words = new QVBoxLayout(m_words);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(0);
    words->addStretch(1);
    words->addWidget(makeLabel(tr("You appear as"), TextStyle::Micro, Tone::Secondary));
    words->addWidget(m_label);
    words->addStretch(1);
    m_label->setMinimumWidth(narrowestName);
    m_label->setMaximumWidth(widestName);

    m_field->hide();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::gap);
    row->addWidget(m_avatar);
    row->addWidget(m_words);
    row->addWidget(m_field);
    row->addWidget(m_pencil);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);

    connect(m_pencil, &IconButton::clicked, this, [this] { isEditing() ? void(commit()) : edit(); });
    connect(m_field, &QLineEdit::textEdited, this, [this] { Q_EMIT faultChanged({}); });
    showName();
}

void NameForm::setName(const QString &name)
{
    m_name = normalizedName(name);
    endEditing();
    showName();
}

void NameForm::edit()
{
    m_field->setText(m_name);
    m_words->hide();
    m_field->show();
    m_pencil->setGlyph(icons::Stored, tr("Keep this name"));
    m_field->setFocus(Qt::OtherFocusReason);
    m_field->selectAll();
}

bool NameForm::commit()
{
    const QString name = isEditing() ? normalizedName(m_field->text()) : m_name;
    if (const QString fault = nameFault(name); !fault.isEmpty()) {
        if (!isEditing())
            edit();
        Q_EMIT faultChanged(fault);
        m_field->setFocus(Qt::OtherFocusReason);
        return false;
    }
    if (!isEditing())
        return true;
    const bool isNew = name != m_name;
    setName(name);
    if (isNew)
        Q_EMIT nameChanged(name);
    return true;
}

bool NameForm::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            commit();
            return true;
        }
        if (key == Qt::Key_Escape && !m_name.isEmpty()) {
            endEditing();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void NameForm::showName()
{
    protocol::User self;
    self.name = m_name;
    m_avatar->setUser(self);
    m_label->setFullText(m_name);
}

void NameForm::endEditing()
{
    if (!isEditing())
        return;
    m_field->hide();
    m_words->show();
    m_pencil->setGlyph(icons::Edit, tr("Change your name"));
    m_pencil->setFocus(Qt::OtherFocusReason);
    Q_EMIT faultChanged({});
}

} // namespace lanline::ui
