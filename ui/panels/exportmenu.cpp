#include "ui/panels/exportmenu.h"

#include "core/work.h"
#include "ui/models/diagnosticsexport.h"
#include "ui/words.h"

#include <QBuffer>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPixmap>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr QLatin1StringView table = "csv"_L1;
constexpr QLatin1StringView document = "json"_L1;
constexpr QLatin1StringView picture = "png"_L1;
constexpr QLatin1StringView recording = "lanline"_L1;

QByteArray pictureOf(QWidget &widget)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    widget.grab().save(&buffer, "PNG");
    return png;
}

} // namespace

ExportMenu::ExportMenu(const DiagnosticsRecord &record, std::function<TimeRange()> range, QWidget &panel)
    : QMenu(&panel)
    , m_record(record)
    , m_range(std::move(range))
    , m_panel(panel)
{
    setObjectName(u"exportMenu"_s);
    addKind(u"exportTable"_s, tr("Messages as a table (CSV)…"), table, tr("Tables (*.csv)"));
    addKind(u"exportDocument"_s, tr("Figures for programs (JSON)…"), document, tr("JSON (*.json)"));
    addKind(u"exportPicture"_s, tr("Picture of this panel (PNG)…"), picture, tr("Pictures (*.png)"));
    addSeparator();
    addKind(u"exportRecording"_s, tr("Recording that Lanline can show again…"), recording,
        tr("Lanline recordings (*.lanline)"));
    m_texts = addAction(tr("With the texts of messages"));
    m_texts->setObjectName(u"exportTexts"_s);
    m_texts->setCheckable(true);
    m_texts->setToolTip(tr("A recording is often handed on: by itself it says who wrote when, not what."));
    setToolTipsVisible(true);
}

void ExportMenu::addKind(const QString &objectName, const QString &words, const QString &suffix, const QString &filter)
{
    QAction *action = addAction(words);
    action->setObjectName(objectName);
    connect(action, &QAction::triggered, this, [this, suffix, filter] { save(suffix, filter); });
}

QByteArray ExportMenu::contentOf(const QString &fileName) const
{
    const WorkScope scope("Making an export");
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    if (suffix == table)
        return messagesAsCsv(m_record, m_range());
    if (suffix == document)
        return diagnosticsAsJson(m_record, m_range());
    if (suffix == picture)
        return pictureOf(m_panel);
    if (suffix == recording)
        return m_record.save(
            m_texts->isChecked() ? DiagnosticsRecord::Texts::Included : DiagnosticsRecord::Texts::LeftOut);
    return {};
}

void ExportMenu::save(const QString &suffix, const QString &filter)
{
    const QString stamp = localTime(m_record.wallOf(m_range().to)).toString(u"yyyy-MM-dd-HHmmss"_s);
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    auto *dialog = new QFileDialog(&m_panel, tr("Export"), folder.path(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(u"lanline-%1.%2"_s.arg(stamp, suffix));
    // What is seen now, not when a name has been found for it.
    const QByteArray content = contentOf(u"x."_s + suffix);
    connect(dialog, &QFileDialog::fileSelected, &m_panel, [this, content](const QString &name) {
        QSaveFile file(name);
        if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
            return;
        QMessageBox::warning(&m_panel, tr("Export"), tr("The file could not be written: %1.").arg(file.errorString()));
    });
    dialog->open();
}

} // namespace lanline::ui
