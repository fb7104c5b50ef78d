#include "ui/panels/verdictcard.h"

#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/familychip.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/sharebar.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <numeric>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int betweenLines = 3;
constexpr int chipGap = 10;
constexpr int beforeShares = 28;

ElidedLabel *makeElided(TextStyle style, Tone tone)
{
    auto *label = new ElidedLabel;
    label->setFont(fontFor(style));
    setTone(*label, tone);
    return label;
}

} // namespace

VerdictCard::VerdictCard(const ThemeController &themes, QWidget *parent)
    : QFrame(parent)
    , m_sentence(makeElided(TextStyle::Verdict, Tone::Normal))
    , m_chip(new FamilyChip(themes))
    , m_advice(makeElided(TextStyle::Base, Tone::Secondary))
    , m_shares(new ShareBar(themes))
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
    first->addWidget(m_chip, 0, Qt::AlignVCenter);
    first->addStretch(1);
    auto *words = new QVBoxLayout;
    words->setSpacing(betweenLines);
    words->addLayout(first);
    words->addWidget(m_advice);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::card, 12, space::card, 12);
    row->setSpacing(beforeShares);
    row->addLayout(words, 1);
    row->addWidget(m_shares, 0, Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void VerdictCard::show(const Diagnosis &diagnosis)
{
    m_sentence->setFullText(diagnosis.sentence);
    m_advice->setFullText(diagnosis.advice);
    m_chip->setVisible(diagnosis.culprit.has_value());
    if (diagnosis.culprit)
        m_chip->setFamily(*diagnosis.culprit);
    m_shares->setShares(diagnosis.shares);
    m_shares->setVisible(std::accumulate(diagnosis.shares.begin(), diagnosis.shares.end(), 0.0) > 0);
}

} // namespace lanline::ui
