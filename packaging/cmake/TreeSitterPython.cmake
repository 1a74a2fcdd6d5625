# SPDX-License-Identifier: GPL-3.0-or-later
# The Python grammar for tree-sitter as target tree_sitter_python.
#
# Debian ships the library, not the grammar. A system grammar is used where there is one; else the
# pinned npm package is fetched with `npm pack` at configure time, checked, and compiled. The library
# here loads grammar ABI 13 and 14; 0.23.6 is ABI 14, 0.25 is ABI 15 and too new.

set(TREE_SITTER_PYTHON_VERSION 0.23.6)
set(TREE_SITTER_PYTHON_SHA512
    c8833dcf4a31288c53edb02d3ce860a1597a8135e59a5221b9eee58854f8a013c5fe585aec76b8750052f3602fea130c459a159c5248f0cea62fe4b05a82c3dc)

find_library(TREE_SITTER_PYTHON_LIBRARY tree-sitter-python)
if(TREE_SITTER_PYTHON_LIBRARY)
    message(STATUS "Python grammar: ${TREE_SITTER_PYTHON_LIBRARY}")
    add_library(tree_sitter_python INTERFACE)
    target_link_libraries(tree_sitter_python INTERFACE "${TREE_SITTER_PYTHON_LIBRARY}")
    return()
endif()

set(SIGHTGLASS_DOWNLOADS "${CMAKE_SOURCE_DIR}/build/downloads" CACHE PATH
    "Where fetched sources are kept between build folders")
set(archive "${SIGHTGLASS_DOWNLOADS}/tree-sitter-python-${TREE_SITTER_PYTHON_VERSION}.tgz")
set(actual "")
if(EXISTS "${archive}")
    file(SHA512 "${archive}" actual)
endif()
if(NOT actual STREQUAL TREE_SITTER_PYTHON_SHA512)
    find_program(NPM npm REQUIRED)
    file(MAKE_DIRECTORY "${SIGHTGLASS_DOWNLOADS}")
    message(STATUS "Python grammar: fetching tree-sitter-python ${TREE_SITTER_PYTHON_VERSION}")
    execute_process(
        COMMAND "${NPM}" pack --silent --ignore-scripts "tree-sitter-python@${TREE_SITTER_PYTHON_VERSION}"
        WORKING_DIRECTORY "${SIGHTGLASS_DOWNLOADS}"
        RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE problem)
    if(failed)
        message(FATAL_ERROR "The Python grammar could not be fetched with npm pack: ${problem}\n"
            "Put tree-sitter-python-${TREE_SITTER_PYTHON_VERSION}.tgz into ${SIGHTGLASS_DOWNLOADS} and configure again.")
    endif()
    file(SHA512 "${archive}" actual)
    if(NOT actual STREQUAL TREE_SITTER_PYTHON_SHA512)
        file(REMOVE "${archive}")
        message(FATAL_ERROR "The fetched Python grammar is not the pinned one (SHA-512 differs); it was removed.")
    endif()
endif()

set(grammar "${CMAKE_BINARY_DIR}/tree-sitter-python")
if(NOT EXISTS "${grammar}/package/src/parser.c")
    file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${grammar}"
        PATTERNS package/src/parser.c package/src/scanner.c package/src/tree_sitter/* package/LICENSE)
endif()
add_library(tree_sitter_python STATIC "${grammar}/package/src/parser.c" "${grammar}/package/src/scanner.c")
target_include_directories(tree_sitter_python PRIVATE "${grammar}/package/src")
target_compile_options(tree_sitter_python PRIVATE -O2 -w)
