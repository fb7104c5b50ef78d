#pragma once

#include "client/trace.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

namespace lanline::ui {

/// How what a message spends its time on is shown; its word stands beside it, always (familyName()).
struct FamilyLook
{
    QLatin1StringView icon;
    Token mark;
    Token tint;
    Token text;
};

constexpr FamilyLook lookOf(client::Family family)
{
    switch (family) {
    case client::Family::Network:
        return {icons::Network, Token::Network, Token::NetworkTint, Token::NetworkText};
    case client::Family::Threads:
        return {icons::Threads, Token::Threads, Token::ThreadsTint, Token::ThreadsText};
    case client::Family::Io:
        return {icons::Io, Token::Io, Token::IoTint, Token::IoText};
    case client::Family::BackPressure:
        break;
    }
    return {icons::BackPressure, Token::BackPressure, Token::BackPressureTint, Token::BackPressureText};
}

/// All of them, as they are numbered.
inline constexpr std::array allFamilies{
    client::Family::Network, client::Family::Threads, client::Family::Io, client::Family::BackPressure};

} // namespace lanline::ui
