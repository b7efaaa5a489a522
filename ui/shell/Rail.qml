pragma ComponentBehavior: Bound

import QtQuick
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Shell

// The pages of the program, and the way to all of its actions.
Rectangle {
    id: root

    required property Workspace workspace

    signal paletteRequested()

    component PageButton: IconButton {
        property int page
        property bool troubled: false // something failed there and is not dismissed

        width: 36
        height: 36
        checked: root.workspace.page === page
        Accessible.description: troubled ? qsTr("Something failed there") : ""
        Accessible.checkable: true
        Accessible.checked: checked
        onClicked: root.workspace.page = page

        Icon {
            objectName: "railTrouble"
            anchors.right: parent.right
            anchors.top: parent.top
            visible: parent.troubled && !parent.checked
            size: 12
            name: "warning"
            color: Theme.dangerInk
        }
    }

    implicitWidth: 48
    color: Theme.window

    Column {
        anchors.top: parent.top
        anchors.topMargin: Theme.medium
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.tiny

        PageButton {
            objectName: "studioButton"
            page: Workspace.Page.Studio
            troubled: root.workspace.takes.failures.count > 0 || root.workspace.references.problems.count > 0
            iconName: "board"
            text: qsTr("Board")
            shortcut: root.workspace.actions.shortcut("page-studio")
        }
        PageButton {
            objectName: "libraryButton"
            page: Workspace.Page.Library
            troubled: root.workspace.library.problems.count > 0
            iconName: "library"
            text: qsTr("Library")
            shortcut: root.workspace.actions.shortcut("page-library")
        }
        PageButton {
            objectName: "modelsButton"
            page: Workspace.Page.Models
            troubled: root.workspace.shelf.problems.count > 0
            iconName: "models"
            text: qsTr("Models")
            shortcut: root.workspace.actions.shortcut("page-models")
        }
    }
    Column {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.medium
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.tiny

        IconButton {
            objectName: "paletteButton"
            width: 36
            height: 36
            iconName: "command"
            text: qsTr("All actions")
            shortcut: root.workspace.actions.shortcut("palette")
            onClicked: root.paletteRequested()
        }
        PageButton {
            objectName: "settingsButton"
            page: Workspace.Page.Settings
            iconName: "settings"
            text: qsTr("Settings")
            shortcut: root.workspace.actions.shortcut("page-settings")
        }
    }
}
