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
endif()

find_package(Torch REQUIRED)

if(MOODLOOM_WITH_QT)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Svg Concurrent Network Qml Quick QuickControls2 LinguistTools Test QuickTest)
  find_package(QCoro6 REQUIRED COMPONENTS Core Qml)
  qt_standard_project_setup()
  set(CMAKE_AUTOMOC OFF) # on where a target asks for it; torch sources never do
  set(CMAKE_AUTOUIC OFF)
endif()
