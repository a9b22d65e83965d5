# The two kinds of module of the backend. Both find their sources by the tree, so adding a file needs no CMake edit.

function(tt_common target)
  target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}/backend" "${CMAKE_BINARY_DIR}/gen")
  target_precompile_headers(${target} REUSE_FROM tt_pch)
  target_link_libraries(${target} PUBLIC tt_pch)
endfunction()

# What `./tt test unit` builds: the programs themselves are compiled by the release build.
add_custom_target(all_tests)

# tt_tests(name library sources...): one GoogleTest executable `<name>_tests`, known to ctest as <name>.0, <name>.1, …: its
# shards.
function(tt_tests name library)
  add_executable(${name}_tests ${ARGN})
  tt_common(${name}_tests)
  add_dependencies(all_tests ${name}_tests)
  target_compile_definitions(${name}_tests PRIVATE TT_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name}_tests PRIVATE ${library} GTest::gtest GTest::gmock GTest::gtest_main)
  if(TARGET platform_testing AND NOT library STREQUAL "platform_core")
    target_link_libraries(${name}_tests PRIVATE platform_testing)
  endif()
  list(LENGTH ARGN files)
  math(EXPR shards "(${files} + 14) / 15")  # so that no suite is what everything else waits for
  math(EXPR last "${shards} - 1")
  foreach(shard RANGE ${last})
    add_test(NAME ${name}.${shard} COMMAND ${CMAKE_SOURCE_DIR}/tools/run_shard.sh ${name}.${shard} $<TARGET_FILE:${name}_tests>)
    set_tests_properties(${name}.${shard} PROPERTIES
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${shards};GTEST_SHARD_INDEX=${shard}"
      COST ${files})  # ctest starts what takes long first
  endforeach()
endfunction()

# platform_library(db DEPENDS core log LINK PkgConfig::libcurl)
function(platform_library name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LINK" ${ARGN})
  set(target platform_${name})
  # A module that is a pipeline has its stages as folders (restql: auth, schema, parse, plan, query, respond).
  file(GLOB sources CONFIGURE_DEPENDS *.cpp auth/*.cpp schema/*.cpp parse/*.cpp plan/*.cpp query/*.cpp respond/*.cpp)
  file(GLOB queries CONFIGURE_DEPENDS *.sql schema/*.sql)
  file(GLOB tests CONFIGURE_DEPENDS tests/*.cpp)
  if(NOT sources)
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp "")
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp)
  endif()
  add_library(${target} STATIC ${sources})
  tt_common(${target})
  foreach(dependency IN LISTS arg_DEPENDS)
    target_link_libraries(${target} PUBLIC platform_${dependency})
  endforeach()
  target_link_libraries(${target} PUBLIC ${arg_LINK})
  tt_embed_sql(${target} platform::${name}::sql ${queries})
  if(tests)
    tt_tests(${name} ${target} ${tests})
  endif()
endfunction()

# tt_service(course DATABASE academy PLATFORM http db events DEPENDS progress LINK ...)
#   tt_course_contract  contract/*.cpp: all that other services may link
#   tt_course           src/**: api, domain, store, service
#   course-service      src/main.cpp: this service alone
#   course_tests        tests/**
# DEPENDS names other services; only their contracts are linked, so one service cannot reach into another's src.
function(tt_service name)
  cmake_parse_arguments(arg "" "DATABASE" "PLATFORM;DEPENDS;LINK" ${ARGN})
  set(target tt_${name})
  file(GLOB contract CONFIGURE_DEPENDS contract/*.cpp)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS src/*.cpp)
  file(GLOB_RECURSE queries CONFIGURE_DEPENDS src/*.sql)
  file(GLOB_RECURSE tests CONFIGURE_DEPENDS tests/*.cpp)
  list(REMOVE_ITEM sources ${CMAKE_CURRENT_SOURCE_DIR}/src/main.cpp)

  if(contract)
    add_library(${target}_contract STATIC ${contract})
    tt_common(${target}_contract)
    target_link_libraries(${target}_contract PUBLIC tt_shared)
  else()
    add_library(${target}_contract INTERFACE)
    target_link_libraries(${target}_contract INTERFACE tt_shared)
  endif()

  add_library(${target} STATIC ${sources})
  tt_common(${target})
  target_link_libraries(${target} PUBLIC ${target}_contract tt_shared)
  foreach(module IN LISTS arg_PLATFORM)
    target_link_libraries(${target} PUBLIC platform_${module})
  endforeach()
  foreach(other IN LISTS arg_DEPENDS)
    target_link_libraries(${target} PUBLIC tt_${other}_contract)
  endforeach()
  target_link_libraries(${target} PUBLIC ${arg_LINK})
  tt_embed_sql(${target} tt::${name}::sql ${queries})

  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/src/main.cpp)
    add_executable(${name}-service src/main.cpp)
    tt_common(${name}-service)
    target_link_libraries(${name}-service PRIVATE ${target} tt_host)
    if(NOT TARGET services)
      add_custom_target(services)  # all that stand alone
    endif()
    add_dependencies(services ${name}-service)
  endif()
  if(tests)
    tt_tests(${name} ${target} ${tests})
  endif()
endfunction()
