#include "ui/theme/themecontroller.h"

#include "ui/theme/desktopappearance.h"
#include "ui/theme/focusring.h"
#include "ui/theme/type.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QScopedValueRollback>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

QString sheetTemplate()
{
    QFile file(u":/theme.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the style sheet is not in the program");
    return QString::fromUtf8(file.readAll());
}

} // namespace

ThemeController::ThemeController(QObject *parent)
    : QObject(parent)
    , m_desktop(new DesktopAppearance(this))
    , m_focusRing(new FocusRing(this))
    , m_theme(m_desktop->scheme(), m_desktop->contrast(), m_desktop->motion())
{
    QApplication::setStyle(u"Fusion"_s);
    QApplication::setFont(fontFor(TextStyle::Base));
    apply();
    qApp->installEventFilter(this);
    connect(m_desktop, &DesktopAppearance::changed, this, &ThemeController::update);
}

ThemeController::~ThemeController() = default;

void ThemeController::setChoice(Choice choice)
{
    m_choice = choice;
    update();
}

bool ThemeController::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && watched == qApp && !m_isApplying)
        m_desktop->readPalette();
    return QObject::eventFilter(watched, event);
}

void ThemeController::update()
{
    Theme::Scheme scheme = m_desktop->scheme();
    if (m_choice != Choice::System)
        scheme = m_choice == Choice::Dark ? Theme::Scheme::Dark : Theme::Scheme::Light;
    const Theme theme(scheme, m_desktop->contrast(), m_desktop->motion());
    if (theme == m_theme)
        return;
    m_theme = theme;
    apply();
    Q_EMIT themeChanged(m_theme);
}

void ThemeController::apply()
{
    const QScopedValueRollback guard(m_isApplying, true);
    QApplication::setPalette(m_theme.palette());
    qApp->setStyleSheet(m_theme.fillIn(sheetTemplate()));
    m_focusRing->setTheme(m_theme);
}

} // namespace lanline::ui
