#include "core/text.h"

#include <QChar>

namespace lanline {

namespace {

/// The code point at `position`, which moves behind it. An unpaired surrogate stands for itself.
char32_t takeCodePoint(QStringView text, qsizetype &position)
{
    const QChar unit = text.at(position++);
    if (unit.isHighSurrogate() && position < text.size() && text.at(position).isLowSurrogate())
        return QChar::surrogateToUcs4(unit, text.at(position++));
    return unit.unicode();
}

/// Bytes of one code point; an unpaired surrogate is written as '?' by Qt.
qsizetype utf8SizeOf(char32_t codePoint)
{
    if (codePoint < 0x80 || QChar::isSurrogate(codePoint))
        return 1;
    if (codePoint < 0x800)
        return 2;
    return codePoint < 0x10000 ? 3 : 4;
}

/// Letters and symbols, by their category, that nobody can see.
bool isBlank(char32_t codePoint)
{
    return codePoint == 0x115f || codePoint == 0x1160 || codePoint == 0x2800 || codePoint == 0x3164
        || codePoint == 0xffa0;
}

bool isJoiner(char32_t codePoint)
{
    return codePoint == 0x200c || codePoint == 0x200d;
}

enum class Sight { Forbidden, Invisible, Visible };

Sight sightOf(char32_t codePoint)
{
    if (QChar::isNonCharacter(codePoint))
        return Sight::Forbidden;
    switch (QChar::category(codePoint)) {
    case QChar::Other_Control:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return Sight::Forbidden;
    case QChar::Other_Format:
        return isJoiner(codePoint) ? Sight::Invisible : Sight::Forbidden;
    case QChar::Separator_Space:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
        return Sight::Invisible;
    default:
        return isBlank(codePoint) ? Sight::Invisible : Sight::Visible;
    }
}

bool isRoomLetter(char32_t codePoint)
{
    switch (QChar::category(codePoint)) {
    case QChar::Letter_Lowercase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
        return QChar::toLower(codePoint) == codePoint && !isBlank(codePoint);
    case QChar::Number_DecimalDigit:
        return true;
    default:
        return false;
    }
}

bool isRoomFollower(char32_t codePoint)
{
    const QChar::Category category = QChar::category(codePoint);
    return codePoint == U'-' || codePoint == U'_' || codePoint == U'.' || category == QChar::Mark_NonSpacing
        || category == QChar::Mark_SpacingCombining;
}

} // namespace

qsizetype utf8Size(QStringView text)
{
    qsizetype size = 0;
    for (qsizetype position = 0; position < text.size();)
        size += utf8SizeOf(takeCodePoint(text, position));
    return size;
}

QString truncatedToUtf8(const QString &text, qsizetype maxBytes)
{
    qsizetype size = 0;
    for (qsizetype position = 0; position < text.size();) {
        const qsizetype start = position;
        size += utf8SizeOf(takeCodePoint(text, position));
        if (size > maxBytes)
            return text.left(start);
    }
    return text;
}

bool isCleanName(QStringView name)
{
    bool canBeSeen = false;
    for (qsizetype position = 0; position < name.size();) {
        const Sight sight = sightOf(takeCodePoint(name, position));
        if (sight == Sight::Forbidden)
            return false;
        canBeSeen = canBeSeen || sight == Sight::Visible;
    }
    return canBeSeen;
}

QString normalizedName(const QString &name)
{
    return name.normalized(QString::NormalizationForm_C).simplified();
}

bool isRoomName(QStringView name)
{
    for (qsizetype position = 0; position < name.size();) {
        const bool isFirst = position == 0;
        const char32_t codePoint = takeCodePoint(name, position);
        if (!isRoomLetter(codePoint) && (isFirst || !isRoomFollower(codePoint)))
            return false;
    }
    const QString text = name.toString();
    return !text.isEmpty() && text.normalized(QString::NormalizationForm_C) == text;
}

} // namespace lanline
