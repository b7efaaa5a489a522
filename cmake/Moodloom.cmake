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
# This one says what is so anyway, and precompiled headers are shared with what is compiled without it.
list(REMOVE_ITEM MOODLOOM_TORCH_FLAGS -D_GLIBCXX_USE_CXX11_ABI=1)
if(TARGET torch)
  get_target_property(options torch INTERFACE_COMPILE_OPTIONS)
  list(REMOVE_ITEM options -D_GLIBCXX_USE_CXX11_ABI=1)
  set_property(TARGET torch PROPERTY INTERFACE_COMPILE_OPTIONS ${options})
endif()
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

# moodloom_add_header(<owner> <header> LINK ...)
# A target that is nothing but a precompiled header for others to share.
function(moodloom_add_header owner header)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/headers/${owner}.cpp" CONTENT "")
  add_library(${owner} STATIC "${CMAKE_BINARY_DIR}/headers/${owner}.cpp")
  target_link_libraries(${owner} PRIVATE moodloom_flags ${ARG_LINK})
  target_compile_definitions(${owner} PRIVATE QT_NO_KEYWORDS)
  target_precompile_headers(${owner} PRIVATE "${CMAKE_SOURCE_DIR}/${header}")
  moodloom_forget_test_folders(${owner})
  # Asked for a header that another checkout made, ccache would give that one.
  set_target_properties(${owner} PROPERTIES CXX_COMPILER_LAUNCHER "")
endfunction()

# Qt tells every test where it is built, by macros that its headers look at: a header that tests of
# several folders share can be read only without them. They serve QFINDTESTDATA alone.
function(moodloom_forget_test_folders target)
  target_compile_options(${target} PRIVATE -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR)
endfunction()

if(MOODLOOM_WITH_QT)
  moodloom_add_header(moodloom_qt_header core/base/QtPch.h LINK Qt6::Core)
  if(BUILD_TESTING)
    # The same libraries in all: headers of Qt Test ask which there are.
    set(MOODLOOM_TEST_LIBRARIES Qt6::Test Qt6::Gui Qt6::Network)
    moodloom_add_header(moodloom_test_header tests/TestPch.h LINK ${MOODLOOM_TEST_LIBRARIES})
    moodloom_add_header(moodloom_quicktest_header tests/QuickTestPch.h LINK ${MOODLOOM_TEST_LIBRARIES} Qt6::Quick)
    moodloom_add_header(moodloom_torchtest_header tests/TorchTestPch.h LINK ${MOODLOOM_TEST_LIBRARIES} moodloom_torch)
  endif()
endif()

# moodloom_add_module(<name> SOURCES ... [LINK ...] [PRIVATE_LINK ...] [TORCH | NO_QT])
# Declares the static library moodloom_<name>. TORCH: the sources include libtorch; they share one
# precompiled header with every other TORCH module. NO_QT: they include neither. All others share
# the header of Qt.
function(moodloom_add_module name)
  cmake_parse_arguments(ARG "TORCH;NO_QT" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
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
  elseif(NOT ARG_NO_QT)
    set_target_properties(${lib} PROPERTIES AUTOMOC ON)
    target_compile_definitions(${lib} PUBLIC QT_NO_KEYWORDS)
    moodloom_share_header(${lib} moodloom_qt_header)
  endif()
endfunction()

# moodloom_add_test(<name> SOURCES ... [LINK ...] [LABELS ...] [TIMEOUT s] [TORCH])
# One Qt Test executable tst_<name>, run offscreen and without network. TORCH: the sources include libtorch.
function(moodloom_add_test name)
  cmake_parse_arguments(ARG "TORCH" "TIMEOUT" "SOURCES;LINK;LABELS;ARGS" ${ARGN})
  set(exe tst_${name})
  add_executable(${exe} ${ARG_SOURCES})
  target_link_libraries(${exe} PRIVATE moodloom_flags ${ARG_LINK} ${MOODLOOM_TEST_LIBRARIES})
  target_compile_definitions(${exe} PRIVATE QT_NO_KEYWORDS MOODLOOM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  moodloom_forget_test_folders(${exe})
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
    moodloom_share_header(${exe} moodloom_torchtest_header)
  elseif("ui" IN_LIST ARG_LABELS)
    moodloom_share_header(${exe} moodloom_quicktest_header)
  else()
    moodloom_share_header(${exe} moodloom_test_header)
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
