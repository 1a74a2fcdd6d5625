# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of ours is compiled with.

option(SIGHTGLASS_WARNINGS_AS_ERRORS "Stop at a warning" OFF)
option(SIGHTGLASS_COVERAGE "Count executed lines" OFF)
option(SIGHTGLASS_FUZZ "Build the fuzz targets" OFF)
set(SIGHTGLASS_SANITIZE "" CACHE STRING "Sanitizers, comma separated: address,undefined or thread")

find_program(SIGHTGLASS_CCACHE ccache)
if(SIGHTGLASS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(launcher "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}"
        "CCACHE_NOHASHDIR=1" "CCACHE_SLOPPINESS=pch_defines,time_macros" "${SIGHTGLASS_CCACHE}")
    set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
    set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()

# Linking some eighty test programs takes lld a fifth of the time; without it all is the same.
find_program(SIGHTGLASS_LLD ld.lld)
if(SIGHTGLASS_LLD)
    add_link_options(-fuse-ld=lld)
endif()

# Reading ten thousand revisions allocates a great deal, on all cores; with jemalloc it takes a fifth
# less time. Sanitizers bring their own.
add_library(allocator INTERFACE)
find_library(SIGHTGLASS_JEMALLOC jemalloc)
if(SIGHTGLASS_JEMALLOC AND NOT SIGHTGLASS_SANITIZE)
    target_link_libraries(allocator INTERFACE "${SIGHTGLASS_JEMALLOC}")
endif()

add_library(project_options INTERFACE)
add_library(sightglass::options ALIAS project_options)
target_compile_features(project_options INTERFACE cxx_std_20)
target_include_directories(project_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(project_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor
    -Woverloaded-virtual -Wno-missing-field-initializers)
target_compile_definitions(project_options INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH
    QT_DISABLE_DEPRECATED_BEFORE=0x060400 SIGHTGLASS_VERSION="${PROJECT_VERSION}")
if(SIGHTGLASS_WARNINGS_AS_ERRORS)
    target_compile_options(project_options INTERFACE -Werror)
endif()
if(SIGHTGLASS_SANITIZE)
    set(sanitize -fsanitize=${SIGHTGLASS_SANITIZE} -fno-omit-frame-pointer)
    if(SIGHTGLASS_SANITIZE MATCHES "undefined")
        list(APPEND sanitize -fno-sanitize-recover=all)
    endif()
    add_compile_options(${sanitize} -g1 -O1)
    add_link_options(${sanitize})
endif()
if(SIGHTGLASS_FUZZ)
    # Everything tells libFuzzer which branches it took.
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(SIGHTGLASS_COVERAGE)
    add_compile_options(--coverage -O0 -g)
    add_link_options(--coverage)
endif()
# Line numbers are all that a trace needs; more of -g costs a fifth of the build.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG" CACHE STRING "" FORCE)
set(CMAKE_C_FLAGS_DEBUG "-O1 -g1" CACHE STRING "" FORCE)
