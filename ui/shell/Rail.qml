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

        width: 36
        height: 36
        checked: root.workspace.page === page
        Accessible.checkable: true
        Accessible.checked: checked
        onClicked: root.workspace.page = page
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
            iconName: "board"
            text: qsTr("Board")
            shortcut: root.workspace.actions.shortcut("page-studio")
        }
        PageButton {
            objectName: "libraryButton"
            page: Workspace.Page.Library
            iconName: "library"
            text: qsTr("Library")
            shortcut: root.workspace.actions.shortcut("page-library")
        }
        PageButton {
            objectName: "modelsButton"
            page: Workspace.Page.Models
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
