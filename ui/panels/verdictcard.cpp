#include "ui/panels/verdictcard.h"

#include "ui/widgets/familychip.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/sharebar.h"
#include "ui/widgets/wrappedlabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <numeric>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int betweenLines = 3;
constexpr int chipGap = 10;
constexpr int beforeShares = 28;
constexpr int aboveShares = 10;
constexpr int leastBeside = 760; ///< below this width the shares stand under the words

WrappedLabel *makeWrapped(TextStyle style, Tone tone)
{
    auto *label = new WrappedLabel;
    label->setFont(fontFor(style));
    setTone(*label, tone);
    return label;
}

} // namespace

VerdictCard::VerdictCard(const ThemeController &themes, QWidget *parent)
    : QFrame(parent)
    , m_sentence(makeWrapped(TextStyle::Verdict, Tone::Normal))
    , m_chip(new FamilyChip(themes))
    , m_advice(makeWrapped(TextStyle::Base, Tone::Secondary))
    , m_shares(new ShareBar(themes))
    , m_row(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    setProperty("card", true);
    m_sentence->setObjectName(u"verdict"_s);
    m_chip->setObjectName(u"culprit"_s);
    m_advice->setObjectName(u"verdictDetail"_s);
    m_shares->setObjectName(u"shares"_s);
    m_chip->hide();
    m_shares->hide();

    auto *first = new QHBoxLayout;
    first->setSpacing(chipGap);
    first->addWidget(m_sentence);
    first->addWidget(m_chip, 0, Qt::AlignTop);
    first->addStretch(1);
    auto *words = new QVBoxLayout;
    words->setSpacing(betweenLines);
    words->addLayout(first);
    words->addWidget(m_advice);
    m_row->setContentsMargins(space::card, 12, space::card, 12);
    m_row->addLayout(words, 1);
    m_row->addWidget(m_shares, 0, Qt::AlignVCenter);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void VerdictCard::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    const bool areBeside = width() >= leastBeside;
    m_row->setDirection(areBeside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_row->setSpacing(areBeside ? beforeShares : aboveShares);
}

void VerdictCard::show(const Diagnosis &diagnosis)
{
    m_sentence->setText(diagnosis.sentence);
    m_advice->setText(diagnosis.advice);
    m_chip->setVisible(diagnosis.culprit.has_value());
    if (diagnosis.culprit)
        m_chip->setFamily(*diagnosis.culprit);
    m_shares->setShares(diagnosis.shares);
    m_shares->setVisible(std::accumulate(diagnosis.shares.begin(), diagnosis.shares.end(), 0.0) > 0);
}

} // namespace lanline::ui
