# Targets that every module links, and the helpers that declare modules and tests.

add_library(moodloom_flags INTERFACE)
target_compile_options(moodloom_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow=local -Wnon-virtual-dtor -Wno-missing-field-initializers)
target_include_directories(moodloom_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_link_libraries(moodloom_flags INTERFACE Threads::Threads OpenMP::OpenMP_CXX)
if(MOODLOOM_SANITIZE)
  target_compile_options(moodloom_flags INTERFACE -fsanitize=${MOODLOOM_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(moodloom_flags INTERFACE -fsanitize=${MOODLOOM_SANITIZE})
  if(MOODLOOM_SANITIZE STREQUAL "address")
    target_compile_options(moodloom_flags INTERFACE -fsanitize=undefined)
    target_link_options(moodloom_flags INTERFACE -fsanitize=undefined)
  endif()
endif()

find_program(MOODLOOM_CCACHE ccache)
if(MOODLOOM_CCACHE)
  # Precompiled headers and ccache agree only with these settings (see CONTRIBUTING.md).
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${MOODLOOM_CCACHE})
endif()
find_program(MOODLOOM_LLD ld.lld)
if(MOODLOOM_LLD)
  add_link_options(-fuse-ld=lld)
endif()

# libtorch with its warnings silenced (system includes).
add_library(moodloom_torch INTERFACE)
target_include_directories(moodloom_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(moodloom_torch INTERFACE ${TORCH_LIBRARIES})
separate_arguments(MOODLOOM_TORCH_FLAGS UNIX_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(moodloom_torch INTERFACE ${MOODLOOM_TORCH_FLAGS} -Wno-deprecated-declarations)
target_compile_definitions(moodloom_torch INTERFACE QT_NO_KEYWORDS)

# moodloom_share_header(<target> <owner>)
# The target's sources begin with the precompiled header of another target. What both are compiled
# with must agree as far as the header looks at it; the compiler warns (-Winvalid-pch) where it does not.
function(moodloom_share_header target owner)
  target_precompile_headers(${target} REUSE_FROM ${owner})
  target_compile_options(${target} PRIVATE -fpch-preprocess) # for ccache
  get_target_property(kind ${target} TYPE)
  if(kind STREQUAL "EXECUTABLE")
    target_compile_options(${target} PRIVATE -fPIC) # as the owner is; what links Qt is so anyway
  endif()
endfunction()

# moodloom_add_module(<name> SOURCES ... [LINK ...] [PRIVATE_LINK ...] [TORCH])
# Declares the static library moodloom_<name>. TORCH: the sources include libtorch; they share one
# precompiled header with every other TORCH module.
function(moodloom_add_module name)
  cmake_parse_arguments(ARG "TORCH" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  set(lib moodloom_${name})
  add_library(${lib} STATIC ${ARG_SOURCES})
  target_link_libraries(${lib} PUBLIC moodloom_flags ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
  if(ARG_TORCH)
    target_link_libraries(${lib} PUBLIC moodloom_torch)
    if(name STREQUAL "tensor")
      target_precompile_headers(${lib} PRIVATE "${CMAKE_SOURCE_DIR}/core/tensor/TorchPch.h")
      target_compile_options(${lib} PRIVATE -fpch-preprocess)
    else()
      moodloom_share_header(${lib} moodloom_tensor)
    endif()
  elseif(MOODLOOM_WITH_QT AND NOT name STREQUAL "base")
    set_target_properties(${lib} PROPERTIES AUTOMOC ON)
    target_compile_definitions(${lib} PUBLIC QT_NO_KEYWORDS)
  endif()
endfunction()

# moodloom_add_test(<name> SOURCES ... [LINK ...] [LABELS ...] [TIMEOUT s] [TORCH])
# One Qt Test executable tst_<name>, run offscreen and without network. TORCH: the sources include libtorch.
function(moodloom_add_test name)
  cmake_parse_arguments(ARG "TORCH" "TIMEOUT" "SOURCES;LINK;LABELS;ARGS" ${ARGN})
  set(exe tst_${name})
  add_executable(${exe} ${ARG_SOURCES})
  target_link_libraries(${exe} PRIVATE moodloom_flags ${ARG_LINK} Qt6::Test)
  target_compile_definitions(${exe} PRIVATE QT_NO_KEYWORDS MOODLOOM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  set_target_properties(${exe} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  # Not by AUTOMOC: it reads all that a test includes, which takes seconds where that is libtorch, and
  # a test class needs nothing of it.
  target_include_directories(${exe} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
  foreach(source IN LISTS ARG_SOURCES)
    file(STRINGS "${source}" moc REGEX "^#include \"[A-Za-z0-9]+\\.moc\"")
    if(moc)
      get_filename_component(stem "${source}" NAME_WE)
      qt_generate_moc("${source}" ${stem}.moc)
      target_sources(${exe} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${stem}.moc")
    endif()
  endforeach()
  if(ARG_TORCH)
    moodloom_share_header(${exe} moodloom_tensor)
  endif()
  add_test(NAME ${name} COMMAND ${exe} ${ARG_ARGS})
  moodloom_set_test_environment(${name})
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
endfunction()

function(moodloom_set_test_environment name)
  set_tests_properties(${name} PROPERTIES ENVIRONMENT
    "QT_QPA_PLATFORM=offscreen;QT_QUICK_BACKEND=software;QT_QUICK_CONTROLS_STYLE=Basic;OMP_WAIT_POLICY=passive;LC_ALL=C.UTF-8;MOODLOOM_TESTING=1"
    ENVIRONMENT_MODIFICATION "MOODLOOM_CONFORMANCE_DIR=set:${MOODLOOM_CONFORMANCE_DIR}")
endfunction()

set(MOODLOOM_CONFORMANCE_DIR "$ENV{MOODLOOM_CONFORMANCE_DIR}" CACHE PATH "Reference tensors for the parity tests")
if(NOT MOODLOOM_CONFORMANCE_DIR)
  set(MOODLOOM_CONFORMANCE_DIR "${CMAKE_SOURCE_DIR}/../shared/conformance")
endif()
