#pragma once

#include <QColor>
#include <QLatin1StringView>

#include <array>

/// The look in numbers: every colour, size and radius that anything in `ui` draws with. There is no other place with a
/// colour in it.
namespace lanline::ui {

/// A colour by its duty. The table in tokens.cpp gives its value in the light and in the dark theme.
enum class Token : quint8 {
    // Surfaces and lines
    Surface,
    Canvas,
    Sunken,
    RowHover,
    AccentTint,
    AccentTintStrong,
    Hairline,
    Border,
    BubbleOwn,
    BubbleOther,
    BubbleLine,
    CodeBlock,
    QuoteOwn,
    Reaction,
    OkTint,
    WarnTint,
    ErrorTint,
    GapTint,
    LaneReady,
    NetworkTint,
    ThreadsTint,
    IoTint,
    BackPressureTint,
    Shadow,
    // Text
    Text,
    TextSecondary,
    TextTertiary,
    Accent, ///< also a mark: focus ring, badge, switch
    OnAccent,
    BubbleOwnMeta,
    OkText,
    WarnText,
    ErrorText,
    NetworkText,
    ThreadsText,
    IoText,
    BackPressureText,
    Author1,
    Author2,
    Author3,
    Author4,
    Author5,
    // Marks
    Control,
    OkMark,
    WarnMark,
    ErrorMark,
    Network,
    Threads,
    Io,
    BackPressure,
    SeriesP50,
    SeriesP95,
    SeriesDot,
    // Event-loop wait, from under 1 ms to over 64 ms
    Heat0,
    Heat1,
    Heat2,
    Heat3,
    Heat4,
    // Made of others by Theme
    AccentHover,
    AccentPressed,
    DisabledText,
};
inline constexpr int tokenCount = int(Token::DisabledText) + 1;

/// A colour's name in style sheets ("@accent"), and its two values.
struct TokenRow
{
    Token token;
    QLatin1StringView name;
    QRgb light;
    QRgb dark;
};

/// In the order of Token. The rows that Theme makes of others hold zeros.
const std::array<TokenRow, tokenCount> &tokenTable();

/// Pixels at 100 %.
namespace space {
inline constexpr int page = 20;
inline constexpr int firstRunPage = 44;
inline constexpr int card = 16;
inline constexpr int cardGap = 10;
inline constexpr int gap = 8;
inline constexpr int small = 4;
} // namespace space

namespace radius {
inline constexpr qreal tag = 4;
inline constexpr qreal button = 6;
inline constexpr qreal card = 8;
inline constexpr qreal tile = 10;
inline constexpr qreal bubble = 12;
} // namespace radius

namespace bar {
inline constexpr int header = 50;
inline constexpr int tabs = 36;
inline constexpr int composer = 52;
inline constexpr int status = 28;
inline constexpr int tableHead = 26;
inline constexpr int hostRow = 37;
inline constexpr int diagnosticsRow = 29;
inline constexpr int addressRow = 33;
inline constexpr int button = 30;
inline constexpr int buttonSmall = 26;
inline constexpr int field = 32;
inline constexpr int fieldInPanel = 30;
inline constexpr int segment = 28;
inline constexpr int iconButton = 32;
inline constexpr int sidebar = 260;
} // namespace bar

} // namespace lanline::ui
