# SPDX-License-Identifier: GPL-3.0-or-later
# Most of what the compiler reads for a file of ours is the same few headers of the standard
# library. Reading them once halves a build from nothing.
#
# Every file still includes what it uses: the lint preset builds without this.

option(SIGHTGLASS_PRECOMPILED_HEADERS "Read the common headers once" ON)

set(common_headers
    <algorithm> <array> <charconv> <chrono> <cstddef> <cstdint> <functional> <map> <memory>
    <optional> <set> <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>)

# One for what knows no Qt, one (compiled as position-independent code) for what does, one for the
# window: QScintilla's headers are written with Qt's keywords, which our options switch off.
set(qt_keywords signals=Q_SIGNALS slots=Q_SLOTS)
if(SIGHTGLASS_PRECOMPILED_HEADERS)
    file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/common_headers.cpp" CONTENT "")
    foreach(kind plain qt gui)
        add_library(common_headers_${kind} STATIC "${CMAKE_CURRENT_BINARY_DIR}/common_headers.cpp")
        target_link_libraries(common_headers_${kind} PRIVATE sightglass::options)
        target_precompile_headers(common_headers_${kind} PRIVATE ${common_headers})
    endforeach()
    target_link_libraries(common_headers_qt PRIVATE Qt6::Core)
    target_precompile_headers(common_headers_qt PRIVATE <QObject> <QString> <QStringList>)
    target_link_libraries(common_headers_gui PRIVATE Qt6::Widgets Qt6::Svg)
    target_compile_definitions(common_headers_gui PRIVATE ${qt_keywords})
    target_precompile_headers(common_headers_gui PRIVATE <QString> <QWidget>)
endif()

# sightglass_use_common_headers(TARGET plain|qt|gui)
function(sightglass_use_common_headers target kind)
    if(SIGHTGLASS_PRECOMPILED_HEADERS)
        target_precompile_headers(${target} REUSE_FROM common_headers_${kind})
    endif()
endfunction()
