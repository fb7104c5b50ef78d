#include "ui/theme/tokens.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr std::array<TokenRow, tokenCount> table{
    TokenRow{Token::Surface, "surface"_L1, 0xffffffff, 0xff191d21},
    TokenRow{Token::Canvas, "canvas"_L1, 0xfff2f4f6, 0xff121518},
    TokenRow{Token::Sunken, "sunken"_L1, 0xffedf0f3, 0xff23282d},
    TokenRow{Token::RowHover, "rowHover"_L1, 0xfff1f4f6, 0xff20252a},
    TokenRow{Token::AccentTint, "accentTint"_L1, 0xffe2f0f6, 0xff17323f},
    TokenRow{Token::AccentTintStrong, "accentTintStrong"_L1, 0xffcfe5ef, 0xff1e4252},
    TokenRow{Token::Hairline, "hairline"_L1, 0xffdee3e8, 0xff2b3238},
    TokenRow{Token::Border, "border"_L1, 0xffc3cbd2, 0xff3d464e},
    TokenRow{Token::BubbleOwn, "bubbleOwn"_L1, 0xffd5eaf3, 0xff173f52},
    TokenRow{Token::BubbleOther, "bubbleOther"_L1, 0xffffffff, 0xff22272c},
    TokenRow{Token::BubbleLine, "bubbleLine"_L1, 0xffe1e6ea, 0xff2c333a},
    TokenRow{Token::CodeBlock, "codeBlock"_L1, 0xfff4f6f8, 0xff1a1e22},
    TokenRow{Token::QuoteOwn, "quoteOwn"_L1, 0xffcde5ef, 0xff113240},
    TokenRow{Token::Reaction, "reaction"_L1, 0xffedf0f3, 0xff323a41},
    TokenRow{Token::OkTint, "okTint"_L1, 0xffe3f4ea, 0xff15301f},
    TokenRow{Token::WarnTint, "warnTint"_L1, 0xfffdf2dc, 0xff33270f},
    TokenRow{Token::ErrorTint, "errorTint"_L1, 0xfffceae8, 0xff3b1b19},
    TokenRow{Token::GapTint, "gapTint"_L1, 0xfffdf2f1, 0xff2c1b1b},
    TokenRow{Token::LaneReady, "laneReady"_L1, 0xffe2f0f6, 0xff17323f},
    TokenRow{Token::NetworkTint, "networkTint"_L1, 0xffe3f0fa, 0xff152c42},
    TokenRow{Token::ThreadsTint, "threadsTint"_L1, 0xfff3e8f3, 0xff38263a},
    TokenRow{Token::IoTint, "ioTint"_L1, 0xfffbede2, 0xff3a2515},
    TokenRow{Token::BackPressureTint, "backPressureTint"_L1, 0xffe0f1ea, 0xff14352a},
    TokenRow{Token::Shadow, "shadow"_L1, 0x1a141e28, 0x73000000},
    TokenRow{Token::Text, "text"_L1, 0xff14191e, 0xffe9edf0},
    TokenRow{Token::TextSecondary, "textSecondary"_L1, 0xff46515b, 0xffb4bec7},
    TokenRow{Token::TextTertiary, "textTertiary"_L1, 0xff5f6a74, 0xff8f9ba5},
    TokenRow{Token::Accent, "accent"_L1, 0xff0b6a94, 0xff58b4da},
    TokenRow{Token::OnAccent, "onAccent"_L1, 0xffffffff, 0xff06202c},
    TokenRow{Token::BubbleOwnMeta, "bubbleOwnMeta"_L1, 0xff3f5f70, 0xffa3c3d2},
    TokenRow{Token::OkText, "okText"_L1, 0xff17754a, 0xff5cc98f},
    TokenRow{Token::WarnText, "warnText"_L1, 0xff855300, 0xffe7b04e},
    TokenRow{Token::ErrorText, "errorText"_L1, 0xffb3261e, 0xffff9189},
    TokenRow{Token::NetworkText, "networkText"_L1, 0xff0a66a5, 0xff7db8f0},
    TokenRow{Token::ThreadsText, "threadsText"_L1, 0xff6e3273, 0xffedb6e8},
    TokenRow{Token::IoText, "ioText"_L1, 0xffa84300, 0xffffa066},
    TokenRow{Token::BackPressureText, "backPressureText"_L1, 0xff14604a, 0xff63deaa},
    TokenRow{Token::Author1, "author1"_L1, 0xff0b6a94, 0xff58b4da},
    TokenRow{Token::Author2, "author2"_L1, 0xff96500a, 0xffe0a05a},
    TokenRow{Token::Author3, "author3"_L1, 0xff8a3f7b, 0xffdb93cb},
    TokenRow{Token::Author4, "author4"_L1, 0xff2f6b3c, 0xff7cc48c},
    TokenRow{Token::Author5, "author5"_L1, 0xff5a6570, 0xffa0abb5},
    TokenRow{Token::Control, "control"_L1, 0xff7c8791, 0xff74808a},
    TokenRow{Token::OkMark, "okMark"_L1, 0xff1f9159, 0xff3fb477},
    TokenRow{Token::WarnMark, "warnMark"_L1, 0xffb97400, 0xffd99a2b},
    TokenRow{Token::ErrorMark, "errorMark"_L1, 0xffcf362c, 0xffee6a60},
    TokenRow{Token::Network, "network"_L1, 0xff1484cc, 0xff2f8ae0},
    TokenRow{Token::Threads, "threads"_L1, 0xff6e3273, 0xffedb6e8},
    TokenRow{Token::Io, "io"_L1, 0xffdb5c00, 0xffee6c1a},
    TokenRow{Token::BackPressure, "backPressure"_L1, 0xff14604a, 0xff63deaa},
    TokenRow{Token::SeriesP50, "seriesP50"_L1, 0xff0b6a94, 0xff58b4da},
    TokenRow{Token::SeriesP95, "seriesP95"_L1, 0xff2b3842, 0xffd5dde3},
    TokenRow{Token::SeriesDot, "seriesDot"_L1, 0xff7a95a3, 0xff7c95a3},
    TokenRow{Token::Heat0, "heat0"_L1, 0xffe6ebef, 0xff262c32},
    TokenRow{Token::Heat1, "heat1"_L1, 0xffbfd9e6, 0xff234555},
    TokenRow{Token::Heat2, "heat2"_L1, 0xff7fb4cf, 0xff2f7393},
    TokenRow{Token::Heat3, "heat3"_L1, 0xffeda066, 0xffc06a28},
    TokenRow{Token::Heat4, "heat4"_L1, 0xffb84a00, 0xffffa066},
    TokenRow{Token::AccentHover, "accentHover"_L1, 0, 0},
    TokenRow{Token::AccentPressed, "accentPressed"_L1, 0, 0},
    TokenRow{Token::DisabledText, "disabledText"_L1, 0, 0},
};

constexpr bool isInOrder()
{
    for (int i = 0; i < tokenCount; ++i) {
        if (int(table[std::size_t(i)].token) != i)
            return false;
    }
    return true;
}
static_assert(isInOrder(), "a row of the table stands in another place than its Token");

} // namespace

const std::array<TokenRow, tokenCount> &tokenTable()
{
    return table;
}

} // namespace lanline::ui
