# Every library we link, one target each. Why each is here: docs/architecture/dependencies.md.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL 3 REQUIRED)
find_package(PostgreSQL 15 REQUIRED)
find_package(GTest REQUIRED)
find_package(PkgConfig REQUIRED)

foreach(name IN ITEMS libargon2 libcrypt cairo libcbor pangocairo libqrencode libcurl libxml-2.0 libarchive gumbo zlib libbrotlienc re2 md4c-html
    icu-uc vips)
  string(MAKE_C_IDENTIFIER "${name}" id)
  pkg_check_modules(${id} REQUIRED IMPORTED_TARGET ${name})
  # Some .pc files ask for -pthread, which the shared precompiled header is compiled without; glibc needs it nowhere.
  set_target_properties(PkgConfig::${id} PROPERTIES INTERFACE_COMPILE_OPTIONS "")
endforeach()
find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h REQUIRED)

# One precompiled header for the whole backend: Asio's awaitable, Boost.JSON, Describe and the containers.
file(WRITE ${CMAKE_BINARY_DIR}/pch/pch.cpp "")
add_library(tt_pch STATIC ${CMAKE_BINARY_DIR}/pch/pch.cpp)
target_precompile_headers(tt_pch PRIVATE
  <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/detached.hpp> <boost/asio/io_context.hpp>
  <boost/asio/steady_timer.hpp> <boost/asio/thread_pool.hpp> <boost/asio/use_awaitable.hpp>
  <boost/describe.hpp> <boost/json.hpp> <boost/system/result.hpp>
  <algorithm> <array> <atomic> <chrono> <cstdint> <deque> <filesystem> <functional> <map> <memory> <mutex> <optional>
  <set> <span> <string> <string_view> <tuple> <unordered_map> <utility> <variant> <vector>)
target_link_libraries(tt_pch PUBLIC Boost::json Boost::url Threads::Threads)
