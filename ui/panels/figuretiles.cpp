#include "ui/panels/figuretiles.h"

#include "ui/panels/ledgerdetails.h"
#include "ui/widgets/familylook.h"
#include "ui/widgets/tile.h"
#include "ui/words.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

FigureTiles::FigureTiles(const ThemeController &themes, QWidget *parent)
    : TileGrid(parent)
    , m_p50(add(themes, u"tileP50"_s, tr("P50")))
    , m_p95(add(themes, u"tileP95"_s, tr("P95")))
    , m_p99(add(themes, u"tileP99"_s, tr("P99")))
    , m_max(add(themes, u"tileMax"_s, tr("Max")))
    , m_jitter(add(themes, u"tileJitter"_s, tr("Jitter")))
    , m_missed(add(themes, u"tileMissed"_s, tr("Missed")))
    , m_replayed(add(themes, u"tileReplayed"_s, tr("Replayed")))
    , m_lost(add(themes, u"tileLost"_s, tr("Lost")))
    , m_ledger(new LedgerDetails(this))
{
    m_jitter->setToolTip(
        tr("How much one round trip differs from the one before it: the mean of the absolute differences."));
    m_missed->setToolTip(tr("Heartbeats that the host did not answer in time."));
    for (Tile *tile : {m_replayed, m_lost}) {
        tile->setOpens(true);
        connect(tile, &Tile::clicked, m_ledger, [this, tile] { m_ledger->openBelow(*tile); });
    }
}

Tile *FigureTiles::add(const ThemeController &themes, const QString &objectName, const QString &name)
{
    Tile *tile = addTile(new Tile(themes, name));
    tile->setObjectName(objectName);
    return tile;
}

void FigureTiles::show(const Figures &figures, const LatencySeries &links, const LedgerAccount &ledgers)
{
    const LatencySummary beats = links.summary(figures.range.to, figures.range.length());
    showPercentiles(figures, beats);
    showBeats(beats);
    showReplayed(figures.range, links, ledgers.own);
    showLost(ledgers);
    m_ledger->show(ledgers);
}

void FigureTiles::showPercentiles(const Figures &figures, const LatencySummary &beats)
{
    DeliverySummary summary = figures.diagnosis.figures;
    if (!figures.areOfMessages)
        summary = {beats.count, beats.p50, beats.p95, beats.p99, beats.max, beats.maxAt};
    const bool hasData = summary.count > 0;
    const bool hasP99 = summary.count >= TraceSeries::enoughForP99;
    const QString ofRange = tr("n %1 · %2").arg(summary.count).arg(figures.rangeName);
    const auto set = [&](Tile *tile, std::chrono::microseconds duration, const QString &caption, Token tone) {
        tile->setValue(hasData ? durationText(duration) : QString(), tone);
        tile->setCaption(caption);
    };
    const bool isBlamed = figures.areOfMessages && figures.diagnosis.culprit;
    set(m_p50, summary.p50, ofRange, Token::Text);
    set(m_p95, summary.p95, ofRange, isBlamed ? lookOf(*figures.diagnosis.culprit).text : Token::Text);
    set(m_p99, hasP99 ? summary.p99 : summary.max, hasP99 ? ofRange : tr("max · n < 100"), Token::Text);
    set(m_max, summary.max, hasData ? tr("at %1").arg(timeWithSeconds(summary.maxAt)) : ofRange, Token::Text);

    const bool isOfMessages = figures.areOfMessages;
    m_p50->setToolTip(isOfMessages ? tr("Half of all messages took at most this long.")
                                   : tr("Half of all round trips took at most this long."));
    m_p95->setToolTip(isOfMessages ? tr("95 of 100 messages took at most this long.")
                                   : tr("95 of 100 round trips took at most this long."));
    if (hasP99) {
        m_p99->setToolTip(isOfMessages ? tr("99 of 100 messages took at most this long.")
                                       : tr("99 of 100 round trips took at most this long."));
    } else {
        m_p99->setToolTip(isOfMessages ? tr("The slowest of all. Below 100 messages a P99 would say little.")
                                       : tr("The slowest of all. Below 100 round trips a P99 would say little."));
    }
    m_max->setToolTip(isOfMessages ? tr("The slowest message.") : tr("The slowest round trip."));
}

void FigureTiles::showBeats(const LatencySummary &beats)
{
    m_jitter->setValue(beats.count > 0 ? durationText(beats.jitter) : QString());
    m_jitter->setCaption(tr("n %1 beats").arg(beats.count));
    m_missed->setValue(beats.beats() > 0 ? QString::number(beats.missed) : QString());
    m_missed->setCaption(tr("of %n beat(s)", nullptr, int(beats.beats())));
}

void FigureTiles::showReplayed(const TimeRange &range, const LatencySeries &links, const client::Ledger &own)
{
    quint64 replayed = 0;
    int resumes = 0;
    const QList<client::LinkEvent> marks = links.marks(range.to, range.length());
    for (const client::LinkEvent &mark : marks) {
        if (mark.kind != client::LinkEvent::Kind::Reconnected && mark.kind != client::LinkEvent::Kind::FailedOver)
            continue;
        replayed += mark.replayed;
        ++resumes;
    }
    m_replayed->setValue(QString::number(replayed));
    m_replayed->setCaption(resumes == 0 ? tr("no resume") : tr("after %n resume(s)", nullptr, resumes));
    m_replayed->setToolTip(tr("What came later, when the link was back. Since Lanline was started, %n message(s) were "
                              "read in pages. Click for the ledgers.",
        nullptr, int(own.replayed)));
}

void FigureTiles::showLost(const LedgerAccount &ledgers)
{
    const LedgerVerdict verdict = verdictOf(ledgers);
    switch (verdict.kind) {
    case LedgerVerdict::Kind::Checking:
        m_lost->setValue({});
        break;
    case LedgerVerdict::Kind::Agrees:
        m_lost->setValue(u"0"_s, Token::OkText);
        break;
    case LedgerVerdict::Kind::Disagrees:
        m_lost->setValue(verdict.lost > 0 ? QString::number(verdict.lost) : u"?"_s, Token::ErrorText);
        break;
    }
    m_lost->setCaption(verdict.caption);
    m_lost->setToolTip(tr("%1 Click for the ledgers.").arg(verdict.sentence));
}

} // namespace lanline::ui
