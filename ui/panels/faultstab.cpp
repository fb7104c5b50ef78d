#include "ui/panels/faultstab.h"

#include "ui/faultwords.h"
#include "ui/panels/faultrow.h"
#include "ui/widgets/parts.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr auto countdownInterval = 250ms;

std::chrono::milliseconds leftOf(const RunningFault &running)
{
    return std::chrono::ceil<std::chrono::milliseconds>(running.endsAt - std::chrono::steady_clock::now());
}

} // namespace

FaultsTab::FaultsTab(FaultController &controller, ThemeController & /*themes*/, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
{
    setObjectName(u"faultsTab"_s);
    setAttribute(Qt::WA_StyledBackground);
    setProperty("ground", u"canvas"_s);
    auto *content = makeGround("canvas"_L1);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(space::page, 12, space::page, 12);
    column->setSpacing(space::cardGap);
    column->addWidget(makeHead());
    addGroups(*column);
    column->addStretch(1);

    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);

    m_countdown.setInterval(countdownInterval);
    connect(&m_countdown, &QTimer::timeout, this, &FaultsTab::showTimes);
    connect(&controller, &FaultController::changed, this, &FaultsTab::refresh);
    connect(&controller, &FaultController::refused, this, [this](FaultKind kind, const QString &why) {
        for (FaultRow *row : std::as_const(m_rows)) {
            if (row->kind() == kind)
                row->showRefusal(why);
        }
    });
    refresh();
}

QWidget *FaultsTab::makeHead()
{
    QFrame *card = makeCard();
    m_title = makeLabel({}, TextStyle::Heading);
    m_title->setObjectName(u"title"_s);
    m_detail = makeLabel({}, TextStyle::Small, Tone::Secondary);
    m_detail->setObjectName(u"detail"_s);
    m_detail->setWordWrap(true);
    m_stopAll = makeButton(tr("Stop all"), ButtonKind::Destructive);
    m_stopAll->setObjectName(u"stopAll"_s);
    connect(m_stopAll, &QPushButton::clicked, this, [this] { m_controller.stopAll(); });
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_detail);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::page, 12, space::page, 12);
    row->setSpacing(space::gap);
    row->addLayout(words, 1);
    row->addWidget(m_stopAll);
    static_cast<QVBoxLayout *>(card->layout())->addLayout(row);
    return card;
}

void FaultsTab::addGroups(QVBoxLayout &column)
{
    for (const FaultGroup &group : faultGroups()) {
        QFrame *card = makeCard();
        card->layout()->setContentsMargins(1, 1, 1, 1);
        QLabel *name = makeLabel(group.name, TextStyle::Micro, Tone::Secondary);
        name->setContentsMargins(space::page, 8, space::page, 4);
        card->layout()->addWidget(name);
        for (const FaultKind kind : group.kinds) {
            card->layout()->addWidget(makeLine());
            auto *row = new FaultRow(kind);
            row->setObjectName(u"fault%1"_s.arg(int(kind)));
            connect(row, &FaultRow::startRequested, this, [this](const Fault &fault) { m_controller.start(fault); });
            connect(row, &FaultRow::stopRequested, this, [this](FaultKind which) { m_controller.stop(which); });
            card->layout()->addWidget(row);
            m_rows.append(row);
        }
        column.addWidget(card);
    }
}

void FaultsTab::refresh()
{
    for (FaultRow *row : std::as_const(m_rows)) {
        QString whyNot;
        row->setImpossible(m_controller.isPossible(row->kind(), &whyNot) ? QString() : whyNot);
    }
    const int count = int(m_controller.running().size());
    if (count > 0)
        m_countdown.start();
    else
        m_countdown.stop();
    showTimes();
    if (std::exchange(m_runningCount, count) != count)
        Q_EMIT runningCountChanged(count);
}

void FaultsTab::showTimes()
{
    const QList<RunningFault> running = m_controller.running();
    for (FaultRow *row : std::as_const(m_rows)) {
        const auto found = std::find_if(
            running.begin(), running.end(), [row](const RunningFault &of) { return of.fault.kind == row->kind(); });
        row->setLeft(found == running.end() ? std::nullopt : std::optional(leftOf(*found)));
    }
    m_stopAll->setEnabled(!running.isEmpty());
    if (running.isEmpty()) {
        m_title->setText(tr("Nothing is broken on purpose"));
        m_detail->setText(tr("Start a fault to see what it does to messages. Each ends by itself."));
        return;
    }
    std::chrono::milliseconds longest{};
    for (const RunningFault &of : running)
        longest = std::max(longest, leftOf(of));
    m_title->setText(tr("%n fault(s) are on", nullptr, int(running.size())));
    //: %1: a time such as 0:12
    m_detail->setText(tr("Everything is as it was in %1, or as soon as you stop it.").arg(countdownText(longest)));
}

} // namespace lanline::ui
