# The compiler, its flags and the linker. GCC 12 is refused: it miscompiles ordinary coroutine code (ADR 0001).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  message(FATAL_ERROR "g++ ${CMAKE_CXX_COMPILER_VERSION} miscompiles coroutines; use clang-19 (./tt up installs it) or g++ >= 13")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

# ccache can only reuse objects built on a precompiled header when the header carries no time stamp.
set(CMAKE_PCH_INSTANTIATE_TEMPLATES ON)
add_compile_options(-Wall -Wextra -Wpedantic -Werror -fno-omit-frame-pointer -Xclang -fno-pch-timestamp)
add_link_options(-fuse-ld=lld-19)

set(TT_SANITIZE "" CACHE STRING "Comma separated sanitizers, e.g. address,undefined")
if(TT_SANITIZE)
  add_compile_options(-fsanitize=${TT_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TT_SANITIZE})
endif()
