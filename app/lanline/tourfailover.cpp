#include "tour.h"

#include "ui/theme/themecontroller.h"
#include "ui/widgets/statusline.h"

#include <QCoreApplication>

namespace lanline::app {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto afterFailover = 6s; // enough round trips over the other cable to be seen in the chart
constexpr int saidOnEachSide = 4;

/// What the status line's words are in the language of this visit.
QString statusWord(const char *english)
{
    return QCoreApplication::translate("lanline::ui::Status", english);
}

} // namespace

void Tour::addFailover()
{
    const auto bobState = [this]() -> const client::ConnectionState & { return m_demo.bob().session().state(); };
    const auto bobSays = [this] {
        return m_demo.bob().window().findChild<ui::StatusLine *>(u"statusLine"_s)->sentence();
    };

    addStep(
        u"Bob has a standby"_s, [] {}, [bobState] { return bobState().hasStandby(); }, 20s);
    addStep(
        u"Bob's primary cable is pulled while both write, and his standby takes over"_s,
        [this] {
            m_bobsOutages = 0;
            for (int i = 1; i <= saidOnEachSide; ++i) {
                say(m_demo.alice(), tr("Message %1 to Bob, who has two cables.").arg(i));
                say(m_demo.bob(), tr("Message %1 to Alice, over one of two cables.").arg(i));
                if (i == saidOnEachSide / 2) {
                    m_sinceCut.start();
                    m_demo.pullBobsPrimary();
                }
            }
        },
        [this, bobState] {
            if (!bobState().failover || bobState().phase != client::Phase::Online)
                return false;
            m_failoverMs = m_sinceCut.elapsed();
            m_failoverGapMs = bobState().failover->gap.count();
            return true;
        });
    addStep(
        u"both have everything that was written meanwhile, in order, once"_s, [] {}, [this] { return bothHaveAll(); });
    addStep(
        u"Bob's window says that he is on the standby and that nothing is lost"_s, [] {},
        [this, bobSays] {
            const QString sentence = bobSays();
            const bool isTold =
                sentence.startsWith(statusWord("Switched to standby")) && sentence.contains(statusWord("nothing lost"));
            m_failoverSentence = isTold ? sentence : m_failoverSentence;
            return isTold;
        });
    addStep(
        u"Bob never was offline"_s, [] {}, [this] { return m_bobsOutages == 0; }, 0s);
    addStep(
        u"round trips are measured over the standby"_s, [this] { m_sincePlug.start(); },
        [this] { return std::chrono::milliseconds(m_sincePlug.elapsed()) > afterFailover; }, 30s);
    addStep(
        u"pictures of the failover, the primary cable still out"_s,
        [this] {
            const auto choice = m_themes.choice();
            save(m_demo.bob().diagnostics(), u"failover.png"_s);
            save(m_demo.bob().window(), u"failover-window.png"_s);
            m_themes.setChoice(ui::ThemeController::Choice::Dark);
            save(m_demo.bob().diagnostics(), u"failover-dark.png"_s);
            m_themes.setChoice(choice);
        },
        [this] { return m_picturesSaved; });
    addStep(
        u"the cable is back and Bob has a standby of its own way again"_s,
        [this] {
            m_sincePlug.start();
            m_demo.plugBob();
        },
        [this, bobState, bobSays] {
            if (!bobState().hasStandby() || bobState().isStandbyOnSamePath
                || bobSays().startsWith(statusWord("Switched to standby")))
                return false;
            m_rearmMs = m_sincePlug.elapsed();
            return true;
        },
        60s);
}

} // namespace lanline::app
