# What every target of the tree agrees on: the language, the strictness, the sanitizers and the packages.

option(LANLINE_BUILD_TESTS "Build the tests" ON)
set(LANLINE_SANITIZE "" CACHE STRING "Sanitizers to build with: empty, address,undefined or thread; fuzzer-no-link with the first two for tests/fuzz")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

# Executables are compiled like libraries, so that the same precompiled header serves both.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_COMPILE_OPTIONS_PIE -fPIC)

# ccache sees paths relative to the checkout and trusts the precompiled header's contents, so that any other checkout of
# the same sources (CI's clone is a new one each time) finds what an earlier one compiled.
find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "${CCACHE}")
endif()

# lld links the many test programs several times faster than GNU ld.
find_program(LLD ld.lld)
if(LLD)
    add_link_options(-fuse-ld=lld)
endif()

# Debug information stays beside the objects, where gdb finds it by an index: a hundred test programs without a copy of
# it each. The sanitizers' own symbolizer wants it inside; their presets keep it small.
if(LLD AND NOT LANLINE_SANITIZE)
    add_compile_options($<$<CONFIG:Debug>:-gsplit-dwarf>)
    add_link_options($<$<CONFIG:Debug>:-Wl,--gdb-index>)
endif()

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network Sql WebSockets Gui Widgets PrintSupport Svg DBus LinguistTools Test)
find_package(QCustomPlotQt6 REQUIRED)
find_package(Protobuf REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(tl-expected REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
find_package(ZLIB REQUIRED)
pkg_check_modules(AVRO REQUIRED IMPORTED_TARGET avro-c)
# Not by its CMake package, which wants all that its HTTP server and its HTTP client need.
pkg_check_modules(PROMETHEUS REQUIRED IMPORTED_TARGET prometheus-cpp-core)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT LANLINE_SANITIZE)
    find_library(GPERFTOOLS tcmalloc_and_profiler REQUIRED)
endif()

# The strictness, in one place: every target of ours links it, nothing else's does.
add_library(lanline_strict INTERFACE)
target_compile_options(lanline_strict INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Wcast-qual -Werror)
target_compile_definitions(lanline_strict INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)
target_include_directories(lanline_strict INTERFACE "${PROJECT_SOURCE_DIR}")

if(LANLINE_SANITIZE)
    add_compile_options("-fsanitize=${LANLINE_SANITIZE}" -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options("-fsanitize=${LANLINE_SANITIZE}")
    # GCC's own manual: instrumented code misleads this one warning. The plain builds keep it.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-Wno-error=maybe-uninitialized)
    endif()
endif()
