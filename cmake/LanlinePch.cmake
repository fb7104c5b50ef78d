# Two precompiled headers for the whole tree: one per target would take longer to make than it saves (measured: 5 s and
# 160 MB each; a source then takes 0.5 s instead of 1.5 s). They only save time: `./dev lint` reads every source without
# them, so a source still has to include what it uses.

function(lanline_add_pch name header)
    set(source "${CMAKE_BINARY_DIR}/pch/${name}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT "// Gives the precompiled header a target to live in.\n")
    add_library(lanline_pch_${name} OBJECT "${source}")
    set_target_properties(lanline_pch_${name} PROPERTIES AUTOMOC OFF AUTORCC OFF)
    target_link_libraries(lanline_pch_${name} PRIVATE lanline_strict ${ARGN})
    target_precompile_headers(lanline_pch_${name} PRIVATE "${PROJECT_SOURCE_DIR}/cmake/${header}")
endfunction()

# GCC refuses a precompiled header made with a definition (QT_GUI_LIB) that its user lacks: hence one without widgets.
lanline_add_pch(core pch_core.h Qt6::Core)
lanline_add_pch(gui pch_gui.h Qt6::Core Qt6::Gui Qt6::Widgets)

# lanline_use_pch(TARGET LIB...): the precompiled header that suits a target which links these libraries.
function(lanline_use_pch target)
    if(Lanline::Ui IN_LIST ARGN OR Qt6::Widgets IN_LIST ARGN)
        target_precompile_headers(${target} REUSE_FROM lanline_pch_gui)
    else()
        target_precompile_headers(${target} REUSE_FROM lanline_pch_core)
    endif()
endfunction()
