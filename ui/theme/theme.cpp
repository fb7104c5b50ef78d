#include "ui/theme/theme.h"

#include <QTextBoundaryFinder>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr qreal hoverShare = 0.10;
constexpr qreal pressedShare = 0.20;
constexpr qreal disabledShare = 0.60;
constexpr qreal darkAvatarShare = 0.20;

Token authorToken(quint8 hue, bool isGuest)
{
    return isGuest ? Token::Author5 : Token(int(Token::Author1) + hue % 4);
}

} // namespace

QColor mixed(const QColor &over, const QColor &ground, qreal share)
{
    const auto channel = [share](int a, int b) { return qRound(a * share + b * (1 - share)); };
    return QColor(
        channel(over.red(), ground.red()), channel(over.green(), ground.green()), channel(over.blue(), ground.blue()));
}

QString initialOf(const QString &name)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty())
        return u"?"_s;
    // A Han family name is shared by millions; the last character tells people apart.
    const QList<uint> codePoints = trimmed.toUcs4();
    if (QChar::script(codePoints.last()) == QChar::Script_Han)
        return QString::fromUcs4(reinterpret_cast<const char32_t *>(&codePoints.last()), 1);
    QTextBoundaryFinder graphemes(QTextBoundaryFinder::Grapheme, trimmed);
    return trimmed.left(graphemes.toNextBoundary()).toUpper();
}

Theme::Theme(Scheme scheme, Contrast contrast, Motion motion)
    : m_scheme(scheme)
    , m_motion(motion)
{
    for (const TokenRow &row : tokenTable())
        m_colors[std::size_t(row.token)] = isDark() ? row.dark : row.light;

    const Theme &self = *this;
    if (contrast == Contrast::High) {
        derive(Token::Hairline, self[Token::Control]);
        derive(Token::BubbleLine, self[Token::Control]);
        derive(Token::TextTertiary, self[Token::TextSecondary]);
    }
    derive(Token::AccentHover, mixed(self[Token::Text], self[Token::Accent], hoverShare));
    derive(Token::AccentPressed, mixed(self[Token::Text], self[Token::Accent], pressedShare));
    derive(Token::DisabledText, mixed(self[Token::TextTertiary], self[Token::Surface], disabledShare));
}

std::chrono::milliseconds Theme::duration(std::chrono::milliseconds full) const
{
    return m_motion == Motion::Reduced ? std::chrono::milliseconds::zero() : full;
}

QColor Theme::authorColor(quint8 hue, bool isGuest) const
{
    return (*this)[authorToken(hue, isGuest)];
}

QColor Theme::avatarGround(quint8 hue, bool isGuest) const
{
    const QColor author = authorColor(hue, isGuest);
    return isDark() ? mixed(author, (*this)[Token::Surface], darkAvatarShare) : author;
}

QColor Theme::avatarInitial(quint8 hue, bool isGuest) const
{
    return isDark() ? authorColor(hue, isGuest) : (*this)[Token::OnAccent];
}

QPalette Theme::palette() const
{
    const Theme &self = *this;
    QPalette palette;
    palette.setColor(QPalette::Window, self[Token::Canvas]);
    palette.setColor(QPalette::Base, self[Token::Surface]);
    palette.setColor(QPalette::AlternateBase, self[Token::Canvas]);
    palette.setColor(QPalette::WindowText, self[Token::Text]);
    palette.setColor(QPalette::Text, self[Token::Text]);
    palette.setColor(QPalette::ButtonText, self[Token::Text]);
    palette.setColor(QPalette::BrightText, self[Token::Surface]);
    palette.setColor(QPalette::PlaceholderText, self[Token::TextTertiary]);
    palette.setColor(QPalette::Button, self[Token::Surface]);
    palette.setColor(QPalette::Highlight, self[Token::Accent]);
    palette.setColor(QPalette::HighlightedText, self[Token::OnAccent]);
    palette.setColor(QPalette::Link, self[Token::Accent]);
    palette.setColor(QPalette::LinkVisited, self[Token::Accent]);
    palette.setColor(QPalette::ToolTipBase, self[Token::Text]);
    palette.setColor(QPalette::ToolTipText, self[Token::Surface]);
    palette.setColor(QPalette::Light, self[Token::Surface]);
    palette.setColor(QPalette::Midlight, self[Token::Hairline]);
    palette.setColor(QPalette::Mid, self[Token::Border]);
    palette.setColor(QPalette::Dark, self[Token::Control]);
    palette.setColor(QPalette::Shadow, self[Token::Control]);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, self[Token::TextTertiary]);
    return palette;
}

QString Theme::fillIn(QString sheet) const
{
    // Longest names first: @accent begins @accentTint.
    std::array<TokenRow, tokenCount> rows = tokenTable();
    std::sort(
        rows.begin(), rows.end(), [](const TokenRow &a, const TokenRow &b) { return a.name.size() > b.name.size(); });
    for (const TokenRow &row : rows)
        sheet.replace(u'@' + QString(row.name), (*this)[row.token].name(QColor::HexArgb));
    return sheet;
}

} // namespace lanline::ui
