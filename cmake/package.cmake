# What is installed beside the executable, and the Debian package.
#
#   bin/faultline                      cli/
#   share/faultline/models/…           models: what external code means
#   share/faultline/models.pack        those of them that are YAML, as they are read: see extractor/models/pack.h
#   share/faultline/hooks/…            hooks: preloaded into the service under test
#   share/man, completions             written by the executable itself, from its command table
#
# The build tree has the same layout (by symbolic links), so the executable finds its data by one rule:
# ../share/faultline from where it lies.
set(FL_MODELS ${CMAKE_SOURCE_DIR}/models)
set(FL_HOOKS ${CMAKE_SOURCE_DIR}/hooks)
set(FL_DATA ${CMAKE_INSTALL_DATADIR}/faultline)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/share/faultline)
file(CREATE_LINK ${FL_MODELS} ${CMAKE_BINARY_DIR}/share/faultline/models SYMBOLIC)
file(CREATE_LINK ${FL_HOOKS} ${CMAKE_BINARY_DIR}/share/faultline/hooks SYMBOLIC)

install(DIRECTORY ${FL_MODELS}/ DESTINATION ${FL_DATA}/models FILES_MATCHING PATTERN *.yaml PATTERN *.py PATTERN *.js)
install(FILES ${CMAKE_BINARY_DIR}/share/faultline/models.pack DESTINATION ${FL_DATA})
if(EXISTS ${FL_HOOKS})
  install(DIRECTORY ${FL_HOOKS}/ DESTINATION ${FL_DATA}/hooks USE_SOURCE_PERMISSIONS) # some are programs
endif()

find_program(FL_GZIP gzip REQUIRED)
if(TARGET faultline)
  set(written ${CMAKE_BINARY_DIR}/written)
  file(MAKE_DIRECTORY ${written})
  add_custom_command(OUTPUT ${written}/faultline.1.gz
    COMMAND faultline man > ${written}/faultline.1
    COMMAND ${FL_GZIP} -9nf ${written}/faultline.1
    DEPENDS faultline VERBATIM)
  foreach(shell bash zsh fish)
    add_custom_command(OUTPUT ${written}/${shell}
      COMMAND faultline completions ${shell} > ${written}/${shell}
      DEPENDS faultline VERBATIM)
  endforeach()
  add_custom_target(written ALL
    DEPENDS ${written}/faultline.1.gz ${written}/bash ${written}/zsh ${written}/fish)
  install(FILES ${written}/faultline.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${written}/bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME faultline)
  install(FILES ${written}/zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions RENAME _faultline)
  install(FILES ${written}/fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME faultline.fish)
endif()

# Debian wants the licences of all that is linked in as `copyright`, and a compressed changelog.
set(doc ${CMAKE_BINARY_DIR}/package)
string(TIMESTAMP FL_NOW "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${CMAKE_SOURCE_DIR}/cmake/changelog.in ${doc}/changelog @ONLY)
file(READ ${CMAKE_SOURCE_DIR}/LICENSE FL_COPYRIGHT)
file(GLOB licences ${FL_GRAMMARS_DIR}/tree-sitter*/LICENSE)
foreach(licence IN LISTS licences)
  cmake_path(GET licence PARENT_PATH package)
  cmake_path(GET package FILENAME package)
  file(READ ${licence} text)
  string(APPEND FL_COPYRIGHT "\n---- ${package}, linked in ----\n\n${text}")
endforeach()
file(WRITE ${doc}/copyright "${FL_COPYRIGHT}")
execute_process(COMMAND ${FL_GZIP} -9nf ${doc}/changelog COMMAND_ERROR_IS_FATAL ANY)
install(FILES ${doc}/copyright ${doc}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME faultline)
set(CPACK_PACKAGE_VENDOR "Faultline")
set(CPACK_PACKAGE_CONTACT "The Faultline authors <faultline@example.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
if(FL_CLANG_PREFIX MATCHES "llvm-([0-9]+)$")  # loaded for C and C++; and the compiler's own headers, which it does not bring
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libclang1-${CMAKE_MATCH_1}, libclang-common-${CMAKE_MATCH_1}-dev")
endif()
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "nodejs, git, gcc, g++, make, gdb")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "derives an API's OpenAPI document and proves where it breaks")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Faultline reads the source of a backend that has no API description, writes
its OpenAPI document, says where the handlers will break and on which input,
sends exactly those inputs to the running service, follows each failure back
to its line, and hands over a patch that was proven by sending the same
request again.")
include(CPack)
