# tt_embed_sql(target namespace file.sql ...): each file of named queries becomes a header of constexpr db::Query,
# generated below ${CMAKE_BINARY_DIR}/gen at the source's own path with the suffix _sql.hpp.
find_program(PYTHON3 python3 REQUIRED)

function(tt_embed_sql target namespace)
  foreach(source IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH source NORMALIZE)
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY "${CMAKE_SOURCE_DIR}/backend" OUTPUT_VARIABLE relative)
    cmake_path(REPLACE_EXTENSION relative LAST_ONLY "" OUTPUT_VARIABLE stem)
    set(header "${CMAKE_BINARY_DIR}/gen/${stem}_sql.hpp")
    add_custom_command(
      OUTPUT "${header}"
      COMMAND ${PYTHON3} ${CMAKE_SOURCE_DIR}/tools/embed_sql.py ${source} ${header} ${namespace}
      DEPENDS ${source} ${CMAKE_SOURCE_DIR}/tools/embed_sql.py
      VERBATIM)
    list(APPEND headers "${header}")
  endforeach()
  if(headers)
    add_custom_target(${target}_sql DEPENDS ${headers})
    add_dependencies(${target} ${target}_sql)
  endif()
endfunction()
