#include "ui/panels/diagnosticsheader.h"

#include "ui/models/spantext.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/menubutton.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/words.h"

#include <QAction>
#include <QHBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int defaultWindow = 2;
/// Below, tools show their icons only.
constexpr int roomForWords = 1000;

} // namespace

DiagnosticsHeader::DiagnosticsHeader(ThemeController &themes, QMenu *exports, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_row(new QHBoxLayout(this))
    , m_heading(makeLabel({}, TextStyle::Heading))
    , m_people(new ElidedLabel)
    , m_range(makeButton({}, ButtonKind::Plain))
    , m_pausedWords(makeLabel({}, TextStyle::Small, Tone::Tertiary))
    , m_pause(new IconButton(themes, icons::Pause, tr("Pause")))
{
    setAttribute(Qt::WA_StyledBackground);
    setProperty("ground", u"surface"_s);
    setFixedHeight(qMax(bar::header - 2, fontMetrics().height() * 2));
    m_people->setFont(fontFor(TextStyle::Base));
    setTone(*m_people, Tone::Secondary);

    m_range->setObjectName(u"chosenRange"_s);
    m_range->setProperty("kind", u"range"_s);
    m_range->hide();
    const auto paint = [this](const Theme &theme) {
        m_range->setIcon(themedIcon(icons::Close, theme[Token::Accent], theme[Token::DisabledText]));
    };
    connect(&themes, &ThemeController::themeChanged, m_range, paint);
    paint(themes.theme());
    connect(m_range, &QPushButton::clicked, this, &DiagnosticsHeader::rangeCleared);

    QStringList names;
    for (const std::chrono::seconds window : windows)
        names.append(windowText(window));
    m_windows = new SegmentedControl(tr("Window of time"), names);
    m_windows->setObjectName(u"windowSelector"_s);
    m_windows->setCurrent(defaultWindow);
    connect(m_windows, &SegmentedControl::chosen, this, [this] { Q_EMIT windowChosen(window()); });
    m_pause->setObjectName(u"pauseButton"_s);
    m_pause->setCheckable(true);
    connect(m_pause, &IconButton::toggled, this, &DiagnosticsHeader::pauseToggled);
    auto *exporting = new MenuButton(themes, icons::Export, tr("Export"));
    exporting->setObjectName(u"exportButton"_s);
    exporting->setMenu(exports);

    m_row->setContentsMargins(space::page, 0, 12, 0);
    m_row->setSpacing(12);
    m_row->addWidget(m_heading);
    m_row->addWidget(m_people, 1);
    m_row->addWidget(m_range);
    m_row->addWidget(m_pausedWords);
    m_row->addWidget(m_windows);
    m_row->addWidget(m_pause);
    m_row->addWidget(exporting);
}

void DiagnosticsHeader::setHeading(const QString &heading, const QString &people)
{
    m_heading->setText(heading);
    m_people->setFullText(people);
}

std::chrono::seconds DiagnosticsHeader::window() const
{
    return windows[std::size_t(m_windows->current())];
}

void DiagnosticsHeader::setWindow(std::chrono::seconds window)
{
    const auto *found = std::find(windows.begin(), windows.end(), window);
    if (found != windows.end())
        m_windows->setCurrent(int(found - windows.begin()));
}

void DiagnosticsHeader::setPaused(const std::optional<WallTime> &since)
{
    m_pause->setChecked(since.has_value());
    m_pause->setGlyph(since ? icons::Play : icons::Pause, since ? tr("Go on") : tr("Pause"));
    m_pausedWords->setText(since ? tr("Paused at %1").arg(timeWithSeconds(*since)) : QString());
}

void DiagnosticsHeader::setPausable(bool isPausable)
{
    m_isPausable = isPausable;
    m_pause->setVisible(m_isPausable && m_isTimeShown);
}

void DiagnosticsHeader::setChosenRange(const QString &words)
{
    m_range->setText(words);
    m_range->setToolTip(tr("Show all of it again (Esc)"));
    m_range->setVisible(m_isTimeShown && !words.isEmpty());
}

void DiagnosticsHeader::setTimeShown(bool isShown)
{
    m_isTimeShown = isShown;
    m_windows->setVisible(isShown);
    m_pausedWords->setVisible(isShown);
    m_pause->setVisible(m_isPausable && isShown);
    m_range->setVisible(isShown && !m_range->text().isEmpty());
}

void DiagnosticsHeader::addTool(QAction *action, QLatin1StringView icon)
{
    QPushButton *button = makeButton(action->text(), ButtonKind::Plain);
    button->setObjectName(action->objectName());
    button->setAccessibleName(action->text());
    const auto paint = [button, icon](const Theme &theme) {
        button->setIcon(themedIcon(icon, theme[Token::TextSecondary], theme[Token::DisabledText]));
    };
    const auto follow = [button, action] { button->setEnabled(action->isEnabled()); };
    connect(&m_themes, &ThemeController::themeChanged, button, paint);
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    // Without words the tooltip says them.
    const QString more = action->toolTip() == action->text() ? QString() : u"\n"_s + action->toolTip();
    button->setToolTip(action->text() + more);
    paint(m_themes.theme());
    follow();
    m_row->addWidget(button);
    m_tools.append({button, action->text()});
    fitTools();
}

void DiagnosticsHeader::fitTools()
{
    for (const Tool &tool : std::as_const(m_tools))
        tool.button->setText(width() >= roomForWords ? tool.text : QString());
}

void DiagnosticsHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitTools();
}

} // namespace lanline::ui
