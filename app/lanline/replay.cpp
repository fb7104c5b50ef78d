#include "replay.h"

#include "complaint.h"
#include "ui/models/diagnosticsrecord.h"
#include "ui/models/recordfile.h"
#include "ui/panels/diagnosticspanel.h"
#include "ui/panels/threadstab.h"
#include "ui/theme/themecontroller.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::Literals::StringLiterals;

namespace lanline::app {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::app::Replay)
};

/// What is wrong with it, if anything.
std::optional<QString> read(const QString &name, ui::DiagnosticsRecord &record)
{
    const QString path = QDir::toNativeSeparators(name);
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Words::tr("%1 cannot be read: %2.").arg(path, file.errorString());
    // One byte more than there may be is enough to see that it is too large.
    if (const auto problem = record.load(file.read(ui::largestRecordFile + 1)))
        return Words::tr("%1 cannot be shown. %2").arg(path, *problem);
    return std::nullopt;
}

} // namespace

int replay(const QString &file, ui::ThemeController &themes)
{
    ui::DiagnosticsRecord record;
    if (const auto problem = read(file, record)) {
        complain(*problem);
        return 1;
    }
    ui::DiagnosticsPanel panel(record, themes);
    auto *threads = new ui::ThreadsTab(themes);
    panel.addTab(threads, Words::tr("Threads"));
    QObject::connect(&panel, &ui::DiagnosticsPanel::refreshed, threads,
        [&record, threads](const ui::TimeRange &range) { threads->show(record, range); });
    // The panel writes its title anew as it reads the record; the file's name stays behind it.
    const auto nameFile = [&panel, name = QFileInfo(file).fileName()](const QString &title) {
        if (!title.endsWith(name))
            panel.setWindowTitle(u"%1 · %2"_s.arg(title, name));
    };
    QObject::connect(&panel, &QWidget::windowTitleChanged, &panel, nameFile);
    nameFile(panel.windowTitle());
    panel.show();
    return QApplication::exec();
}

} // namespace lanline::app
