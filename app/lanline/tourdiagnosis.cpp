#include "tour.h"

#include "ui/models/diagnosis.h"
#include "ui/panels/loadtesttab.h"
#include "ui/panels/slowesttab.h"
#include "ui/panels/threadstab.h"
#include "ui/theme/themecontroller.h"

#include <QAbstractItemModel>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QSpinBox>
#include <QTableView>

namespace lanline::app {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Fault slowDisk{FaultKind::SlowDisk, 150ms, 60s};
constexpr auto betweenMessages = 150ms;
constexpr auto longestTalk = 45s;
/// Some leave the window while pictures are taken; what is left has to be enough for a verdict.
constexpr quint64 enoughForPictures = 2 * ui::enoughMessages;
constexpr auto drawingTime = 600ms;
// Small: it is to show a report, on whatever machine this is.
constexpr int testClients = 8;
constexpr int testRate = 10;
constexpr int testSeconds = 10;

} // namespace

/// A fault on purpose, and the panel has to find out by itself what is wrong.
void Tour::addDiagnosis()
{
    Seat &bob = m_demo.bob();
    const auto verdict = [&bob] { return ui::diagnose(bob.record(), bob.diagnostics().range()); };
    addStep(
        u"the host's disk is slow, both write, and the panel blames the disk"_s,
        [this] {
            m_demo.alice().faults().start(slowDisk);
            m_sinceSaid.start();
        },
        [this, &bob, verdict] {
            const ui::Diagnosis found = verdict();
            const bool isEnough = found.figures.count >= enoughForPictures;
            if (isEnough && found.kind == ui::Diagnosis::Kind::Slow && found.culprit == client::Family::Io) {
                m_verdict = found.sentence;
                // Not before a person can read it.
                return bob.diagnostics().findChild<QLabel *>(u"verdict"_s)->text() == found.sentence;
            }
            if (std::chrono::milliseconds(m_sinceSaid.elapsed()) >= betweenMessages) {
                m_sinceSaid.restart();
                Seat &seat = m_typed % 2 == 0 ? m_demo.alice() : m_demo.bob();
                say(seat, tr("Message %1, while the host’s disk is slow.").arg(m_typed + 1));
            }
            return false;
        },
        longestTalk);
    addRest();
    addStep(
        u"pictures of the verdict and of a slow message's way"_s,
        [this, &bob] {
            auto *slowest = bob.diagnostics().findChild<ui::SlowestTab *>();
            saveInBothThemes(bob.diagnostics(), u"diagnostics-verdict"_s);
            saveInBothThemes(*slowest, u"waterfall"_s);
            bob.diagnostics().showTab(bob.diagnostics().findChild<ui::ThreadsTab *>());
        },
        [this] { return m_picturesSaved; });
    addRest();
    addStep(
        u"picture of the threads"_s,
        [this, &bob] {
            saveInBothThemes(bob.diagnostics(), u"threads"_s);
            bob.diagnostics().showTab(bob.diagnostics().findChild<ui::SlowestTab *>());
        },
        [this] { return m_picturesSaved; });
    addStep(
        u"a recording of it is saved"_s, [] {},
        [this, &bob] { return saveRecording(bob.record(), u"slow-disk.lanline"_s); });
    addStep(
        u"the fault is over, and both have everything, in order, once"_s, [this] { m_demo.alice().faults().stopAll(); },
        [this] { return m_demo.alice().faults().running().isEmpty() && bothHaveAll(); }, 30s);
}

/// The last of all: its guests write what is in nobody's ledger here.
void Tour::addLoadTest()
{
    ui::DiagnosticsPanel &panel = m_demo.alice().diagnostics();
    auto *tab = panel.findChild<ui::LoadTestTab *>();
    addStep(
        u"a load test runs and tells what the host can take"_s,
        [tab, &panel] {
            panel.showTab(tab);
            tab->findChild<QSpinBox *>(u"clients"_s)->setValue(testClients);
            tab->findChild<QSpinBox *>(u"rate"_s)->setValue(testRate);
            tab->findChild<QSpinBox *>(u"duration"_s)->setValue(testSeconds);
            tab->findChild<QPushButton *>(u"run"_s)->click();
        },
        [tab] { return tab->findChild<QTableView *>(u"runs"_s)->model()->rowCount() > 0; }, 90s);
    addRest();
    addStep(
        u"pictures of the load test's report"_s, [this, &panel] { saveInBothThemes(panel, u"load-test"_s); },
        [this] { return m_picturesSaved; });
}

/// Until what has changed is laid out and drawn.
void Tour::addRest()
{
    addStep(
        u"what is to be seen is drawn"_s, [this] { m_sinceSaid.start(); },
        [this] { return std::chrono::milliseconds(m_sinceSaid.elapsed()) >= drawingTime; });
}

bool Tour::saveRecording(const ui::DiagnosticsRecord &record, const QString &file) const
{
    const QByteArray content = record.save(ui::DiagnosticsRecord::Texts::LeftOut);
    QSaveFile saved(m_dir.filePath(file));
    return saved.open(QIODevice::WriteOnly) && saved.write(content) == content.size() && saved.commit();
}

void Tour::saveInBothThemes(QWidget &widget, const QString &name)
{
    const auto choice = m_themes.choice();
    m_themes.setChoice(ui::ThemeController::Choice::Light);
    save(widget, name + u"-light.png"_s);
    m_themes.setChoice(ui::ThemeController::Choice::Dark);
    save(widget, name + u"-dark.png"_s);
    m_themes.setChoice(choice);
}

} // namespace lanline::app
