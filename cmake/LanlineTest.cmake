# Builds what `./dev tsan` runs, and no more.
add_custom_target(lanline_threads_tests)

# lanline_add_test(NAME SOURCES file... LIBS lib... [LABELS label...])
# A Qt Test program, run on the offscreen platform. Tests link libraries and never recompile their sources. A test with
# the label `threads` is also run under TSan.
function(lanline_add_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;LIBS;LABELS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE lanline_strict Qt6::Test ${arg_LIBS})
    lanline_use_pch(${name} ${arg_LIBS})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 120 LABELS "${arg_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
    if(threads IN_LIST arg_LABELS)
        add_dependencies(lanline_threads_tests ${name})
    endif()
endfunction()
