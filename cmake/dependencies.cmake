# Every third-party dependency is found here and nowhere else.
# A folder that may use one links to it by its PkgConfig:: name (see architecture: each header has one home).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(CJSON REQUIRED IMPORTED_TARGET libcjson)        # base/json
pkg_check_modules(FYAML REQUIRED IMPORTED_TARGET libfyaml)        # base/yaml
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)      # base/pattern
pkg_check_modules(LIBGIT2 REQUIRED IMPORTED_TARGET libgit2)       # extractor/source, fixer
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)          # engine/http
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)       # engine/http: JSON that is judged
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat)           # engine/plan: XML that is judged
# extractor/languages: libclang, the newest that is installed; Debian keeps each version in a folder of its own. It is not linked but
# loaded by its soname when there is C to read: it is large.
file(GLOB FL_LLVM LIST_DIRECTORIES true /usr/lib/llvm-*)
list(SORT FL_LLVM COMPARE NATURAL ORDER DESCENDING)
find_path(FL_CLANG_INCLUDE_DIR clang-c/Index.h HINTS ${FL_LLVM} PATH_SUFFIXES include REQUIRED)
cmake_path(GET FL_CLANG_INCLUDE_DIR PARENT_PATH FL_CLANG_PREFIX)
find_library(FL_CLANG_LIBRARY NAMES clang HINTS ${FL_CLANG_PREFIX} PATH_SUFFIXES lib REQUIRED)
file(GLOB resources LIST_DIRECTORIES true ${FL_CLANG_PREFIX}/lib/clang/*)
list(GET resources 0 FL_CLANG_RESOURCES)  # the compiler's own headers: stddef.h
add_library(fl_libclang INTERFACE)
target_include_directories(fl_libclang SYSTEM INTERFACE ${FL_CLANG_INCLUDE_DIR})
target_link_libraries(fl_libclang INTERFACE ${CMAKE_DL_LIBS})
execute_process(COMMAND ${CMAKE_READELF} -d ${FL_CLANG_LIBRARY} OUTPUT_VARIABLE soname COMMAND_ERROR_IS_FATAL ANY)
string(REGEX REPLACE ".*soname: \\[([^]]+)\\].*" "\\1" FL_CLANG_SONAME "${soname}")
include(CheckSymbolExists)
set(CMAKE_REQUIRED_INCLUDES ${FL_CLANG_INCLUDE_DIR})
set(CMAKE_REQUIRED_LIBRARIES ${FL_CLANG_LIBRARY})
check_symbol_exists(clang_getCursorBinaryOperatorKind clang-c/Index.h FL_CLANG_HAS_OPERATORS)  # from 17 on
unset(CMAKE_REQUIRED_INCLUDES)
unset(CMAKE_REQUIRED_LIBRARIES)
target_compile_definitions(fl_libclang INTERFACE FL_CLANG_RESOURCES="${FL_CLANG_RESOURCES}"
                           FL_CLANG_SONAME="${FL_CLANG_SONAME}" FL_CLANG_PATH="${FL_CLANG_LIBRARY}"
                           FL_CLANG_HAS_OPERATORS=$<BOOL:${FL_CLANG_HAS_OPERATORS}>)
if(BUILD_TESTING)
  pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)       # tests/unit
endif()

# tree-sitter and its grammars come from npm, pinned by grammars/package-lock.json. Installed here when absent or
# older than the lockfile, so that a fresh clone configures; `--ignore-scripts`: only C sources are wanted.
set(FL_GRAMMARS_DIR ${CMAKE_SOURCE_DIR}/grammars/node_modules)
if(NOT EXISTS ${FL_GRAMMARS_DIR}/.package-lock.json
   OR ${CMAKE_SOURCE_DIR}/grammars/package-lock.json IS_NEWER_THAN ${FL_GRAMMARS_DIR}/.package-lock.json)
  find_program(FL_NPM npm REQUIRED)
  message(STATUS "Installing the grammars (npm ci)")
  execute_process(COMMAND ${FL_NPM} ci --ignore-scripts --silent
                  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/grammars COMMAND_ERROR_IS_FATAL ANY)
  file(TOUCH ${FL_GRAMMARS_DIR}/.package-lock.json)
endif()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/grammars/package-lock.json)
