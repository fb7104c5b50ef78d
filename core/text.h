#pragma once

#include <QString>
#include <QStringView>

/// The rules for texts and names. They are part of the protocol: docs/protocol.md repeats them.
namespace lanline {

/// How many bytes `text` takes as UTF-8, without converting it. An unpaired surrogate counts as what Qt writes for it.
qsizetype utf8Size(QStringView text);

/// The longest head of `text` that takes at most `maxBytes` as UTF-8. Never cuts a code point; may part a combining
/// mark from its letter.
QString truncatedToUtf8(const QString &text, qsizetype maxBytes);

/// May this be shown as the name of a person or a title? All of:
/// - at least one code point can be seen: it is no separator, mark, format character, or one of the blanks U+115F,
///   U+1160, U+2800, U+3164, U+FFA0;
/// - none is a control character (Cc), a line or paragraph separator, an unpaired surrogate, of private use, or a
///   noncharacter;
/// - none is a format character (Cf: bidi controls and overrides, zero-width space, byte order mark, tags ...), but for
///   U+200C and U+200D, which joined emoji and some scripts need.
/// Code points that Unicode has not assigned yet are allowed, so that two versions of Unicode agree.
/// Its length is another matter (protocol::Limits).
bool isCleanName(QStringView name);

/// A name as it is stored and compared: NFC; white space (Unicode's White_Space, and tabs and line ends) is taken off
/// both ends, and each run of it inside becomes one U+0020. May still be empty or not clean.
QString normalizedName(const QString &name);

/// Is this a room's name? It starts with a letter or a decimal digit; goes on with those, combining marks, '-', '_' and
/// '.'; is in NFC; and has no letter that its lower case differs from, no title case, and none of the letters that
/// cannot be seen (U+115F, U+1160, U+3164, U+FFA0). Its length is another matter (protocol::Limits).
bool isRoomName(QStringView name);

} // namespace lanline
