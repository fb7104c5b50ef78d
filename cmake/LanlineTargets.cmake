# One target per folder, and one table of the arrows between them. An arrow that is not in the table is refused at
# configure time; tests link what they test and are not in it.

set(LANLINE_MAY_LINK_core "")
set(LANLINE_MAY_LINK_protocol core)
set(LANLINE_MAY_LINK_server core protocol)
set(LANLINE_MAY_LINK_client core protocol)
set(LANLINE_MAY_LINK_ui core protocol client)

# lanline_add_library(FOLDER SOURCES file... [LINKS folder...] [PUBLIC_LIBS lib...] [PRIVATE_LIBS lib...])
function(lanline_add_library folder)
    cmake_parse_arguments(arg "" "" "SOURCES;LINKS;PUBLIC_LIBS;PRIVATE_LIBS" ${ARGN})
    foreach(other IN LISTS arg_LINKS)
        if(NOT other IN_LIST LANLINE_MAY_LINK_${folder})
            message(FATAL_ERROR "${folder} may not link ${other}: see the table in cmake/LanlineTargets.cmake")
        endif()
    endforeach()

    set(target "lanline_${folder}")
    string(SUBSTRING "${folder}" 0 1 initial)
    string(TOUPPER "${initial}" initial)
    string(SUBSTRING "${folder}" 1 -1 rest)

    add_library(${target} STATIC ${arg_SOURCES})
    add_library("Lanline::${initial}${rest}" ALIAS ${target})
    list(TRANSFORM arg_LINKS PREPEND lanline_)
    target_link_libraries(${target} PUBLIC lanline_strict ${arg_LINKS} ${arg_PUBLIC_LIBS} PRIVATE ${arg_PRIVATE_LIBS})
    lanline_use_pch(${target} ${arg_PUBLIC_LIBS} ${arg_PRIVATE_LIBS})
endfunction()

# lanline_add_program(NAME SOURCES file... LIBS lib...)
function(lanline_add_program name)
    cmake_parse_arguments(arg "" "" "SOURCES;LIBS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE lanline_strict ${arg_LIBS})
    lanline_use_pch(${name} ${arg_LIBS})
endfunction()
