#pragma once

#include <QIcon>
#include <QLatin1StringView>
#include <QPixmap>
#include <QRectF>

class QPainter;

namespace lanline::ui {

class Theme;

/// The icons that are used, by their Lucide names.
namespace icons {
using namespace Qt::Literals::StringLiterals;
inline constexpr QLatin1StringView Search = "search"_L1;
inline constexpr QLatin1StringView NewConversation = "square-pen"_L1;
inline constexpr QLatin1StringView Send = "send-horizontal"_L1;
inline constexpr QLatin1StringView JumpToLatest = "chevron-down"_L1;
inline constexpr QLatin1StringView Edit = "pencil"_L1;
inline constexpr QLatin1StringView Copy = "copy"_L1;
inline constexpr QLatin1StringView Details = "panel-right"_L1;
inline constexpr QLatin1StringView Diagnostics = "activity"_L1;
inline constexpr QLatin1StringView Pause = "pause"_L1;
inline constexpr QLatin1StringView Play = "play"_L1;
inline constexpr QLatin1StringView Offline = "cloud-off"_L1;
inline constexpr QLatin1StringView Failover = "arrow-right-left"_L1;
inline constexpr QLatin1StringView NothingLost = "shield-check"_L1;
inline constexpr QLatin1StringView Cut = "unplug"_L1;
inline constexpr QLatin1StringView Restore = "plug"_L1;
inline constexpr QLatin1StringView Network = "network"_L1;
inline constexpr QLatin1StringView Ethernet = "ethernet-port"_L1;
inline constexpr QLatin1StringView WiFi = "wifi"_L1;
inline constexpr QLatin1StringView Vpn = "shield"_L1;
inline constexpr QLatin1StringView Pass = "circle-check"_L1;
inline constexpr QLatin1StringView Fail = "circle-x"_L1;
inline constexpr QLatin1StringView NotTested = "circle-dashed"_L1;
inline constexpr QLatin1StringView Host = "server"_L1;
inline constexpr QLatin1StringView StopHosting = "square"_L1;
inline constexpr QLatin1StringView Try = "app-window"_L1;
inline constexpr QLatin1StringView HostChoice = "radio-tower"_L1;
inline constexpr QLatin1StringView Join = "log-in"_L1;
inline constexpr QLatin1StringView Room = "hash"_L1;
inline constexpr QLatin1StringView Waiting = "clock"_L1;
inline constexpr QLatin1StringView Sending = "arrow-up"_L1;
inline constexpr QLatin1StringView Stored = "check"_L1;
inline constexpr QLatin1StringView Threads = "cpu"_L1;
inline constexpr QLatin1StringView Io = "hard-drive"_L1;
inline constexpr QLatin1StringView BackPressure = "layers"_L1;
inline constexpr QLatin1StringView Export = "download"_L1;
inline constexpr QLatin1StringView Close = "x"_L1;
} // namespace icons

/// One icon at a device pixel ratio, `size` logical pixels wide. Cached. GUI thread.
QPixmap iconPixmap(QLatin1StringView name, qreal size, const QColor &color, qreal devicePixelRatio);
/// Draws into the middle of `rect`, as large as its shorter side. Send and Join mirror under a right-to-left painter.
void drawIcon(QPainter &painter, const QRectF &rect, QLatin1StringView name, const QColor &color);
/// For buttons and actions: sharp at any ratio; `disabled` is its colour in QIcon::Disabled.
QIcon themedIcon(QLatin1StringView name, const QColor &color, const QColor &disabled);

} // namespace lanline::ui
