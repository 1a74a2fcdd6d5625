# SPDX-License-Identifier: GPL-3.0-or-later
# QScintilla built for Qt 6; it brings no CMake package.
find_path(QSCINTILLA_INCLUDE_DIR Qsci/qsciscintilla.h
    PATH_SUFFIXES qt6 HINTS ${Qt6Core_INCLUDE_DIRS} ${Qt6Core_INCLUDE_DIRS}/.. REQUIRED)
find_library(QSCINTILLA_LIBRARY NAMES qscintilla2_qt6 REQUIRED)
add_library(qscintilla INTERFACE)
target_include_directories(qscintilla SYSTEM INTERFACE "${QSCINTILLA_INCLUDE_DIR}")
target_link_libraries(qscintilla INTERFACE "${QSCINTILLA_LIBRARY}" Qt6::Widgets)
