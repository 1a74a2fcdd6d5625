# SPDX-License-Identifier: GPL-3.0-or-later
# How a module, a table of like things, and a test program are declared.

# sightglass_module(NAME core_graph SOURCES a.cpp b.cpp LINKS sightglass::base [LIBRARIES …] [QT|GUI])
# One static library, alias sightglass::<folder name>. LINKS names exactly what the module table in
# core/README.md allows; LIBRARIES are foreign ones that this module alone may name. QT where files
# include Qt's headers, GUI where they include those of its widgets.
function(sightglass_module)
    cmake_parse_arguments(ARG "QT;GUI" "NAME" "SOURCES;LINKS;LIBRARIES" ${ARGN})
    add_library(sightglass_${ARG_NAME} STATIC ${ARG_SOURCES})
    add_library(sightglass::${ARG_NAME} ALIAS sightglass_${ARG_NAME})
    target_link_libraries(sightglass_${ARG_NAME} PUBLIC sightglass::options ${ARG_LINKS}
        PRIVATE ${ARG_LIBRARIES})
    set(kind plain)
    if(ARG_QT OR ARG_GUI)
        set_target_properties(sightglass_${ARG_NAME} PROPERTIES AUTOMOC ON)
        set(kind qt)
    endif()
    if(ARG_GUI)
        target_compile_definitions(sightglass_${ARG_NAME} PRIVATE ${qt_keywords})
        set(kind gui)
    endif()
    sightglass_use_common_headers(sightglass_${ARG_NAME} ${kind})
endfunction()

# sightglass_table(TARGET t TYPE Command FOLDER commands SYMBOL command NAMESPACE commands
#                  HEADER app/cli/command.h ITEMS chain diagnose)
# Compiles <FOLDER>/<item>.cpp for each item and generates `std::span<const TYPE* const> <SYMBOL>Table()`
# in namespace sightglass from the same list: what is compiled is registered, once.
# Each file defines `extern const TYPE SYMBOL` in namespace sightglass::NAMESPACE::<item>. An item may
# stand in a folder (lock/vacuum_full); the namespace has only its last part.
function(sightglass_table)
    cmake_parse_arguments(ARG "" "TARGET;TYPE;FOLDER;SYMBOL;NAMESPACE;HEADER" "ITEMS" ${ARGN})
    set(declarations "")
    set(pointers "")
    foreach(item IN LISTS ARG_ITEMS)
        target_sources(${ARG_TARGET} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/${ARG_FOLDER}/${item}.cpp")
        get_filename_component(name "${item}" NAME)
        string(APPEND declarations
            "namespace sightglass::${ARG_NAMESPACE}::${name} { extern const ${ARG_TYPE} ${ARG_SYMBOL}; }\n")
        string(APPEND pointers "        &${ARG_NAMESPACE}::${name}::${ARG_SYMBOL},\n")
    endforeach()
    set(generated "${CMAKE_CURRENT_BINARY_DIR}/${ARG_SYMBOL}_table.cpp")
    file(CONFIGURE OUTPUT "${generated}" @ONLY CONTENT
"// Generated from a list in CMakeLists.txt.
#include \"${ARG_HEADER}\"

#include <array>
#include <span>

${declarations}
namespace sightglass {
std::span<const ${ARG_TYPE}* const> ${ARG_SYMBOL}Table()
{
    static const std::array table{
${pointers}    };
    return table;
}
} // namespace sightglass
")
    target_sources(${ARG_TARGET} PRIVATE "${generated}")
endfunction()

# sightglass_tests(NAME unit_revisions LABEL unit LINKS sightglass::revisions ITEMS revision_graph_test)
# One program of several Qt Test classes, one CTest entry per class. Each <item>.cpp ends with
#     int <item>(int argc, char** argv) { YourTest test; return QTest::qExec(&test, argc, argv); }
#     #include "<item>.moc"
# GUI makes the program run in a QApplication. TIMEOUT is in seconds, for each entry.
function(sightglass_tests)
    cmake_parse_arguments(ARG "GUI;SERIAL" "NAME;LABEL;TIMEOUT" "LINKS;ITEMS;SOURCES" ${ARGN})
    set(declarations "")
    set(cases "")
    set(sources "")
    foreach(item IN LISTS ARG_ITEMS)
        list(APPEND sources "${item}.cpp")
        string(APPEND declarations "int ${item}(int argc, char** argv);\n")
        string(APPEND cases "        {\"${item}\", ${item}},\n")
    endforeach()
    if(ARG_GUI)
        set(application "QApplication")
        set(link Qt6::Widgets)
    else()
        set(application "QCoreApplication")
        set(link Qt6::Core)
    endif()
    set(main "${CMAKE_CURRENT_BINARY_DIR}/${ARG_NAME}_main.cpp")
    file(CONFIGURE OUTPUT "${main}" @ONLY CONTENT
"// Generated from a list in CMakeLists.txt.
#include <${application}>

#include <cstdio>
#include <string_view>

${declarations}
int main(int argc, char** argv)
{
    struct Entry { std::string_view name; int (*run)(int, char**); };
    const Entry entries[] = {
${cases}    };
    ${application} application(argc, argv);
    if (argc < 2) {
        for (const auto& entry : entries)
            std::printf(\"%s\\n\", entry.name.data());
        return 2;
    }
    for (const auto& entry : entries) {
        if (entry.name == argv[1])
            return entry.run(argc - 1, argv + 1);
    }
    std::fprintf(stderr, \"no test class %s\\n\", argv[1]);
    return 2;
}
")
    add_executable(${ARG_NAME} ${sources} ${ARG_SOURCES} "${main}")
    set_target_properties(${ARG_NAME} PROPERTIES AUTOMOC ON
        RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin/tests")
    target_link_libraries(${ARG_NAME} PRIVATE sightglass::options sightglass::test_support ${link}
        Qt6::Test ${ARG_LINKS})
    sightglass_use_common_headers(${ARG_NAME} qt)
    target_compile_definitions(${ARG_NAME} PRIVATE
        SIGHTGLASS_SOURCE_DIR="${CMAKE_SOURCE_DIR}" SIGHTGLASS_BINARY_DIR="${CMAKE_BINARY_DIR}"
        SIGHTGLASS_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
    foreach(item IN LISTS ARG_ITEMS)
        add_test(NAME ${ARG_NAME}.${item} COMMAND ${ARG_NAME} ${item})
        # How long is too long is CTest's to say, not Qt's five minutes.
        set_tests_properties(${ARG_NAME}.${item} PROPERTIES LABELS "${ARG_LABEL}"
            ENVIRONMENT "QT_QPA_PLATFORM=offscreen;SIGHTGLASS_CACHE=off;SIGHTGLASS_IDENTITY=off;QTEST_FUNCTION_TIMEOUT=3600000")
        if(ARG_TIMEOUT)
            set_tests_properties(${ARG_NAME}.${item} PROPERTIES TIMEOUT ${ARG_TIMEOUT})
        endif()
        if(ARG_SERIAL)
            set_tests_properties(${ARG_NAME}.${item} PROPERTIES RUN_SERIAL ON)
        endif()
    endforeach()
endfunction()
