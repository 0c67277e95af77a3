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
find_path(FL_UTHASH_INCLUDE_DIR uthash.h REQUIRED)                # inside .c files only
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
