# The order matters: FAISS asks for OpenMP, and Torch leaks variables into whatever follows it.
find_package(Threads REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(tl-expected REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)

if(MOODLOOM_WITH_QT)
  find_package(faiss REQUIRED)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(VIPS REQUIRED IMPORTED_TARGET vips-cpp)
  pkg_check_modules(EXIV2 REQUIRED IMPORTED_TARGET exiv2)
  pkg_check_modules(LCMS2 REQUIRED IMPORTED_TARGET lcms2)
  find_package(SQLite3 REQUIRED)
  find_package(ZLIB REQUIRED)
  find_package(yaml-cpp REQUIRED)
  find_package(Qt6Keychain REQUIRED)
endif()

# A pip wheel of libtorch has everything but what its own CMake files ask for, the CUDA toolkit. Neither
# compiling nor linking needs that, so its package folder can be named instead.
set(MOODLOOM_TORCH_WHEEL "" CACHE PATH "Folder of an installed torch wheel (.../site-packages/torch), instead of find_package(Torch)")
if(MOODLOOM_TORCH_WHEEL)
  set(TORCH_INCLUDE_DIRS "${MOODLOOM_TORCH_WHEEL}/include" "${MOODLOOM_TORCH_WHEEL}/include/torch/csrc/api/include")
  set(TORCH_LIBRARIES "-L${MOODLOOM_TORCH_WHEEL}/lib" "-Wl,-rpath,${MOODLOOM_TORCH_WHEEL}/lib" -Wl,--no-as-needed)
  foreach(part torch torch_cpu c10 torch_cuda c10_cuda)
    if(EXISTS "${MOODLOOM_TORCH_WHEEL}/lib/lib${part}.so")
      list(APPEND TORCH_LIBRARIES -l${part}) # by name: CMake would warn of the libgomp beside it
    endif()
  endforeach()
  list(APPEND TORCH_LIBRARIES -Wl,--as-needed -Wl,--allow-shlib-undefined)
  set(TORCH_CXX_FLAGS "")
else()
  find_package(Torch REQUIRED)
endif()

if(MOODLOOM_WITH_QT)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Svg Concurrent Network Qml Quick QuickControls2 LinguistTools Test QuickTest)
  find_package(QCoro6 REQUIRED COMPONENTS Core Qml)
  qt_standard_project_setup()
  set(CMAKE_AUTOMOC OFF) # on where a target asks for it; torch sources never do
  set(CMAKE_AUTOUIC OFF)
endif()
