#include "ui/panels/loadtestfields.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/parts.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int fieldGap = 12;
constexpr int narrow = 86;
constexpr int middling = 116;
constexpr int wide = 184;

} // namespace

LoadTestFields::LoadTestFields(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(fieldGap);
    m_clients = addField(u"clients"_s, tr("Clients"), narrow);
    m_clients->setRange(1, LoadTestController::mostClients);
    m_rate = addField(u"rate"_s, tr("Messages"), middling);
    //: Behind a number: messages per second, of each client
    m_rate->setSuffix(u' ' + tr("/s each"));
    m_payload = addField(u"payload"_s, tr("Payload"), middling);
    //: Behind a number
    m_payload->setSuffix(u' ' + tr("bytes"));
    m_payload->setRange(LoadTestController::leastPayload, LoadTestController::mostPayload);
    m_duration = addField(u"duration"_s, tr("Duration"), narrow);
    //: Behind a number: seconds
    m_duration->setSuffix(u' ' + tr("s"));
    m_duration->setRange(int(LoadTestController::shortest.count()), int(LoadTestController::longest.count()));

    auto *target = new QLineEdit(tr("This host, test room"));
    target->setObjectName(u"target"_s);
    target->setReadOnly(true);
    target->setFocusPolicy(Qt::NoFocus);
    //: %1: the room's name with a hash before it
    target->setToolTip(tr("The host that you are connected to, in the room %1")
                           .arg(u"# "_s + QString::fromLatin1(LoadTestController::room)));
    addColumn(tr("Target"), target, wide);
    m_row->addStretch(1);

    connect(m_clients, &QSpinBox::valueChanged, this, &LoadTestFields::boundRate);
    setPlan({});
}

QSpinBox *LoadTestFields::addField(const QString &objectName, const QString &name, int width)
{
    auto *field = new QSpinBox;
    field->setObjectName(objectName);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    field->setGroupSeparatorShown(true);
    field->setCorrectionMode(QAbstractSpinBox::CorrectToNearestValue);
    addColumn(name, field, width);
    connect(field, &QSpinBox::valueChanged, this, &LoadTestFields::planChanged);
    return field;
}

void LoadTestFields::addColumn(const QString &name, QWidget *field, int width)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(space::small);
    QLabel *label = makeLabel(name, TextStyle::Small, Tone::Secondary);
    label->setBuddy(field);
    field->setAccessibleName(name);
    field->setMinimumWidth(width);
    column->addWidget(label);
    column->addWidget(field);
    m_row->addLayout(column);
}

void LoadTestFields::boundRate()
{
    m_rate->setRange(
        1, std::min(LoadTestController::mostPerClient, LoadTestController::mostMessagesPerSecond / m_clients->value()));
}

LoadTestPlan LoadTestFields::plan() const
{
    return LoadTestController::bounded(
        {m_clients->value(), m_rate->value(), m_payload->value(), std::chrono::seconds(m_duration->value())});
}

void LoadTestFields::setPlan(const LoadTestPlan &plan)
{
    m_clients->setValue(plan.clients);
    boundRate();
    m_rate->setValue(plan.messagesPerSecond);
    m_payload->setValue(plan.payload);
    m_duration->setValue(int(plan.duration.count()));
}

void LoadTestFields::setEditable(bool isEditable)
{
    for (QSpinBox *field : {m_clients, m_rate, m_payload, m_duration})
        field->setEnabled(isEditable);
}

} // namespace lanline::ui
