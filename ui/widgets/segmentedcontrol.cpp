#include "ui/widgets/segmentedcontrol.h"

#include "ui/theme/type.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

SegmentedControl::SegmentedControl(const QString &accessibleName, const QStringList &choices, QWidget *parent)
    : QFrame(parent)
    , m_buttons(new QButtonGroup(this))
{
    setAccessibleName(accessibleName);
    setProperty("segment", true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    for (const QString &choice : choices) {
        if (layout->count() > 0) {
            auto *line = new QFrame(this);
            line->setProperty("line", u"vertical"_s);
            layout->addWidget(line);
        }
        auto *button = new QPushButton(choice, this);
        button->setProperty("kind", u"segment"_s);
        button->setFont(fontFor(TextStyle::Base, QFont::Medium));
        button->setCheckable(true);
        button->setAutoDefault(false);
        layout->addWidget(button);
        m_buttons->addButton(button, m_buttons->buttons().size());
    }
    setCurrent(0);
    connect(m_buttons, &QButtonGroup::idClicked, this, &SegmentedControl::chosen);
}

int SegmentedControl::current() const
{
    return m_buttons->checkedId();
}

void SegmentedControl::setCurrent(int index)
{
    m_buttons->button(index)->setChecked(true);
}

} // namespace lanline::ui
