# The Debian packages: one a component, made by `cpack --preset release`. Included last, when all
# programs are known.
set(packaging ${CMAKE_CURRENT_LIST_DIR})
set(scripts ${CMAKE_BINARY_DIR}/packaging)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGE_CONTACT "P2P Smart Parking maintainers <maintainers@p2p-smart-parking.invalid>")
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_SET_DESTDIR ON)  # /etc is outside of the prefix
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# debian_package(gate SUMMARY "…" CONFFILES a b DEPENDS x y RECOMMENDS z SERVICE POSTINST_EXTRA file)
# SERVICE: the package holds a systemd unit of its own name, enabled and started when installed.
macro(debian_package COMPONENT)
  cmake_parse_arguments(D "SERVICE" "SUMMARY;DESCRIPTION;POSTINST_EXTRA"
                        "CONFFILES;DEPENDS;RECOMMENDS" ${ARGN})
  string(TOUPPER ${COMPONENT} UPPER)
  set(PACKAGE parking-${COMPONENT})
  list(APPEND CPACK_COMPONENTS_ALL ${COMPONENT})
  list(JOIN D_DEPENDS ", " CPACK_DEBIAN_${UPPER}_PACKAGE_DEPENDS)
  list(JOIN D_RECOMMENDS ", " CPACK_DEBIAN_${UPPER}_PACKAGE_RECOMMENDS)
  set(CPACK_DEBIAN_${UPPER}_PACKAGE_NAME ${PACKAGE})
  set(CPACK_DEBIAN_${UPPER}_DESCRIPTION "${D_SUMMARY}\n${D_DESCRIPTION}")
  set(control)
  if(D_CONFFILES)
    list(TRANSFORM D_CONFFILES PREPEND /etc/parking/)
    list(JOIN D_CONFFILES "\n" conffiles)
    file(WRITE ${scripts}/${COMPONENT}/conffiles "${conffiles}\n")
    list(APPEND control ${scripts}/${COMPONENT}/conffiles)
  endif()
  if(D_SERVICE)
    set(POSTINST_EXTRA)
    if(D_POSTINST_EXTRA)
      file(READ ${packaging}/${D_POSTINST_EXTRA} POSTINST_EXTRA)
    endif()
    foreach(script postinst prerm postrm)
      configure_file(${packaging}/${script}.in ${scripts}/${COMPONENT}/${script} @ONLY
                     FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                                      WORLD_READ WORLD_EXECUTE)
      list(APPEND control ${scripts}/${COMPONENT}/${script})
    endforeach()
  endif()
  set(CPACK_DEBIAN_${UPPER}_PACKAGE_CONTROL_EXTRA ${control})
endmacro()

set(CPACK_COMPONENTS_ALL)
set(own_version "(= ${PROJECT_VERSION})")

if(TARGET parkingctl)
  debian_package(ctl
    SUMMARY "car-park gates: the operator's command line"
    DESCRIPTION "parkingctl shows and commands the gate or the office of this machine."
    DEPENDS systemd)
  configure_file(${packaging}/postinst-ctl ${scripts}/ctl/postinst COPYONLY)
  set(CPACK_DEBIAN_CTL_PACKAGE_CONTROL_EXTRA ${scripts}/ctl/postinst)
endif()

if(TARGET parking-discovery)
  debian_package(discovery SERVICE
    SUMMARY "car-park gates: the central service"
    DESCRIPTION "Gates register here and learn of each other. It keeps the lot's capacity."
    CONFFILES discovery.toml
    DEPENDS "parking-ctl ${own_version}" systemd)
endif()

if(TARGET parking-gate)
  debian_package(gate SERVICE
    SUMMARY "car-park gates: sensors, barrier and the shared count"
    DESCRIPTION "Runs at a gate, agrees with the other gates on the free spaces and opens the barrier."
    CONFFILES gate.toml
    DEPENDS "parking-ctl ${own_version}" systemd udev
    RECOMMENDS parking-kiosk
    POSTINST_EXTRA postinst-gate.sh)
endif()

if(TARGET parking-kiosk)
  # The modules that the screens import are loaded at run time, where dpkg-shlibdeps sees nothing.
  debian_package(kiosk SERVICE
    SUMMARY "car-park gates: the touchscreen"
    DESCRIPTION "Shows the free spaces and what to do at a gate, and serves the operator."
    CONFFILES kiosk.toml kiosk.env
    DEPENDS
      systemd udev fonts-inter fonts-dejavu-core qt6-qpa-plugins
      qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript
      qml6-module-qtquick qml6-module-qtquick-controls qml6-module-qtquick-layouts
      qml6-module-qtquick-shapes qml6-module-qtquick-templates qml6-module-qtquick-window
    RECOMMENDS parking-gate)
endif()

if(CPACK_COMPONENTS_ALL)
  include(CPack)
endif()
