// What nearly every file of ours includes anyway, compiled once per target.
#pragma once

#include <QtCore/QtCore>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>
