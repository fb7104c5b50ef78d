#include "ui/panels/faultrow.h"

#include "ui/faultwords.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/parts.h"

#include <QHBoxLayout>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace lanline::ui {

namespace {

constexpr int fieldWidth = 84;
constexpr int leftWidth = 44;
constexpr int buttonWidth = 76;
constexpr seconds usualDuration = 10s;

QSpinBox *makeField(int smallest, int largest, int value, const QString &unit, const QString &name)
{
    auto *field = new QSpinBox;
    field->setRange(smallest, largest);
    field->setValue(value);
    //: An amount and its unit, such as 50 ms; the unit is behind the amount
    field->setSuffix(u'\u00a0' + unit);
    field->setFixedWidth(fieldWidth);
    field->setAlignment(Qt::AlignRight);
    field->setAccessibleName(name);
    return field;
}

} // namespace

FaultRow::FaultRow(FaultKind kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_words(makeLabel(faultSentence(kind), TextStyle::Small, Tone::Secondary))
    , m_left(makeLabel({}, TextStyle::Base, Tone::Error))
    , m_button(makeButton({}, ButtonKind::Plain))
{
    m_words->setObjectName(u"words"_s);
    m_words->setWordWrap(true);
    m_left->setObjectName(u"left"_s);
    m_left->setFixedWidth(leftWidth);
    m_left->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_button->setObjectName(u"button"_s);
    m_button->setFixedWidth(buttonWidth);
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(makeLabel(faultName(kind), TextStyle::Base, QFont::Medium));
    words->addWidget(m_words);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::page, 7, space::page, 7);
    row->setSpacing(space::gap);
    row->addLayout(words, 1);
    if (hasAmount(kind)) {
        m_amount = makeField(
            1, int(largestFaultAmount.count()), int(usualAmount(kind).count()), tr("ms"), tr("How much, in ms"));
        m_amount->setObjectName(u"amount"_s);
        row->addWidget(m_amount);
    }
    if (kind != FaultKind::RestartServer) {
        const int longest = int(std::chrono::duration_cast<seconds>(longestFault).count());
        m_duration = makeField(1, longest, int(usualDuration.count()), tr("s"), tr("How long, in seconds"));
        m_duration->setObjectName(u"duration"_s);
        row->addWidget(m_duration);
    } else {
        row->addSpacing(fieldWidth + space::gap);
    }
    row->addWidget(m_left);
    row->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &FaultRow::onClicked);
    showState();
}

void FaultRow::setImpossible(const QString &whyNot)
{
    m_whyNot = whyNot;
    m_words->setText(whyNot.isEmpty() ? faultSentence(m_kind) : whyNot);
    showState();
}

void FaultRow::setLeft(std::optional<milliseconds> left)
{
    m_isRunning = left.has_value();
    m_left->setText(left ? countdownText(*left) : QString());
    showState();
}

void FaultRow::showRefusal(const QString &why)
{
    m_words->setText(why);
    setTone(*m_words, Tone::Error);
}

void FaultRow::onClicked()
{
    if (m_isRunning) {
        Q_EMIT stopRequested(m_kind);
        return;
    }
    m_words->setText(faultSentence(m_kind));
    setTone(*m_words, Tone::Secondary);
    const milliseconds amount(m_amount ? m_amount->value() : 0);
    // A restart is over when the server is back.
    const milliseconds duration = m_duration ? milliseconds(seconds(m_duration->value())) : amount + milliseconds(1s);
    Q_EMIT startRequested(Fault{m_kind, amount, duration});
}

void FaultRow::showState()
{
    const bool isPossible = m_whyNot.isEmpty();
    m_button->setText(m_isRunning ? tr("Stop") : tr("Start"));
    //: %1: the name of a fault
    m_button->setAccessibleName(
        m_isRunning ? tr("Stop: %1").arg(faultName(m_kind)) : tr("Start: %1").arg(faultName(m_kind)));
    m_button->setEnabled(isPossible || m_isRunning);
    for (QSpinBox *field : {m_amount, m_duration}) {
        if (field)
            field->setEnabled(isPossible && !m_isRunning);
    }
}

} // namespace lanline::ui
