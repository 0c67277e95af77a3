# The one place for compiler flags: link to fl_flags to be compiled as our own code.
# Grammars do not link to it, so they are never warned about, sanitised or counted.
add_library(fl_flags INTERFACE)
target_include_directories(fl_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(fl_flags INTERFACE _GNU_SOURCE FL_VERSION="${PROJECT_VERSION}")
target_compile_options(fl_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
  -Wimplicit-fallthrough -Wformat=2 -Wundef -fno-common -fstack-protector-strong
  $<$<BOOL:${FL_WERROR}>:-Werror>
  $<$<C_COMPILER_ID:Clang>:-Wno-sign-conversion>  # gcc 12 accepts int to enum
  $<$<CONFIG:Debug>:-Og>
  $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
target_link_options(fl_flags INTERFACE -Wl,-z,relro,-z,now)

if(FL_SANITIZE)
  target_compile_options(fl_flags INTERFACE -fsanitize=${FL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(fl_flags INTERFACE -fsanitize=${FL_SANITIZE})
  target_compile_definitions(fl_flags INTERFACE FL_ARENA_MALLOC)
endif()
if(FL_FUZZ)
  target_compile_options(fl_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(FL_COVERAGE)
  target_compile_options(fl_flags INTERFACE --coverage)
  target_link_options(fl_flags INTERFACE --coverage)
endif()
