pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Shell

// What is set once: language, look, folders, threads, shortcuts.
FocusScope {
    id: root

    required property Workspace workspace

    component Heading: Label {
        Layout.columnSpan: 2
        Layout.topMargin: Theme.large
        font.weight: Font.DemiBold
    }
    component Name: Label {
        Layout.alignment: Qt.AlignVCenter
        dim: true
    }
    // Of several rows: level with the first.
    component NameAbove: Label {
        Layout.alignment: Qt.AlignTop
        Layout.preferredHeight: Theme.controlHeight
        verticalAlignment: Text.AlignVCenter
        dim: true
    }

    Flickable {
        id: flick

        objectName: "settingsFlick"

        anchors.fill: parent
        contentHeight: column.implicitHeight + 2 * Theme.huge
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ColumnLayout {
            id: column

            x: Math.max(Theme.huge, Math.round((flick.width - width) / 2))
            y: Theme.large
            width: Math.min(680, flick.width - 2 * Theme.huge)
            spacing: Theme.small

            Label {
                Layout.minimumHeight: Theme.controlHeight // where the other pages have theirs
                verticalAlignment: Text.AlignVCenter
                text: qsTr("Settings")
                font.pixelSize: 18
                font.weight: Font.DemiBold
            }

            GridLayout {
                Layout.fillWidth: true
                columns: 2
                columnSpacing: Theme.huge
                rowSpacing: Theme.small

                Heading { text: qsTr("Look") }

                Name { text: qsTr("Language") }
                ComboBox {
                    objectName: "languageBox"
                    focus: true
                    name: qsTr("Language")
                    model: root.workspace.language.choices
                    currentIndex: root.workspace.language.choice
                    onActivated: (index) => root.workspace.language.choice = index
                }
                Name { text: qsTr("Theme") }
                Row {
                    spacing: Theme.tiny

                    ChoiceButton {
                        objectName: "darkChoice"
                        text: qsTr("Dark")
                        checked: Theme.mode === Theme.Mode.Dark
                        onClicked: Theme.mode = Theme.Mode.Dark
                    }
                    ChoiceButton {
                        objectName: "lightChoice"
                        text: qsTr("Light")
                        checked: Theme.mode === Theme.Mode.Light
                        onClicked: Theme.mode = Theme.Mode.Light
                    }
                    ChoiceButton {
                        text: qsTr("As the system")
                        checked: Theme.mode === Theme.Mode.System
                        onClicked: Theme.mode = Theme.Mode.System
                    }
                }
                Name { text: qsTr("Grey of the board") }
                Slider {
                    Layout.preferredWidth: 260
                    name: qsTr("Grey of the board")
                    from: 0
                    to: 255
                    stepSize: 1
                    value: Math.round(Theme.canvas.hslLightness * 255)
                    onMoved: Theme.canvas = Qt.rgba(value / 255, value / 255, value / 255, 1)
                    onResetRequested: Theme.resetCanvas()
                }
                Name { text: qsTr("Motion") }
                Switch {
                    text: qsTr("Less motion")
                    checked: Theme.reducedMotion
                    onToggled: Theme.reducedMotion = checked
                }

                Heading { text: qsTr("Folders and machine") }

                Name { text: qsTr("Library") }
                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.small

                    Label {
                        Layout.fillWidth: true
                        text: Format.path(root.workspace.preferences.libraryFolderShown)
                        elide: Text.ElideMiddle
                    }
                    IconButton {
                        visible: root.workspace.preferences.libraryFolder.length > 0
                        iconName: "undo"
                        text: qsTr("Back to the default place")
                        onClicked: root.workspace.preferences.setLibraryFolder("")
                    }
                    Button {
                        text: qsTr("Choose…")
                        iconName: "folder"
                        Accessible.name: qsTr("Choose the library's folder")
                        onClicked: libraryDialog.open()
                    }
                }
                NameAbove { text: qsTr("Watched folders") }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    AwayFolders {
                        Layout.fillWidth: true
                        Layout.bottomMargin: Theme.small
                        folders: root.workspace.library.awayFolders
                        locating: root.workspace.library.locating
                        onLocateRequested: (folder, to) => root.workspace.library.locate(folder, to)
                    }
                    Repeater {
                        model: root.workspace.library.watchedFolders

                        RowLayout {
                            id: watched

                            required property string modelData

                            spacing: Theme.small

                            Label {
                                Layout.fillWidth: true
                                text: Format.path(watched.modelData)
                                elide: Text.ElideMiddle
                            }
                            IconButton {
                                objectName: "unwatch"
                                iconName: "close"
                                text: qsTr("Watch this folder no more; its pictures stay in the library")
                                onClicked: root.workspace.library.unwatch(watched.modelData)
                            }
                        }
                    }
                    Label {
                        Layout.fillWidth: true
                        Layout.minimumHeight: root.workspace.library.watchedFolders.length > 0 ? 0 : Theme.controlHeight
                        verticalAlignment: Text.AlignVCenter
                        small: true
                        dim: true
                        wrapMode: Text.Wrap
                        text: root.workspace.library.watchedFolders.length > 0
                              ? qsTr("What is added, changed or moved there comes into the library automatically.")
                              : qsTr("Folders that you add to the library are watched from then on.")
                    }
                }
                NameAbove { text: qsTr("Wildcards") }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: Theme.tiny

                    RowLayout {
                        spacing: Theme.small

                        Label {
                            objectName: "wildcardFolder"
                            Layout.fillWidth: true
                            text: Format.path(root.workspace.preferences.wildcardFolderShown)
                            elide: Text.ElideMiddle
                        }
                        IconButton {
                            objectName: "resetWildcards"
                            visible: root.workspace.preferences.wildcardFolder.length > 0
                            iconName: "undo"
                            text: qsTr("Back to the default place")
                            onClicked: root.workspace.preferences.setWildcardFolder("")
                        }
                        Button {
                            text: qsTr("Choose…")
                            iconName: "folder"
                            Accessible.name: qsTr("Choose the wildcards' folder")
                            onClicked: wildcardDialog.open()
                        }
                    }
                    Label {
                        Layout.fillWidth: true
                        small: true
                        dim: true
                        wrapMode: Text.Wrap
                        text: qsTr("__color__ in a prompt becomes a line of color.txt from there, {red|blue} one of the two; the seed chooses, anew for every take.")
                    }
                }
                NameAbove { text: qsTr("Shared folder") }
                SharedFolderSettings {
                    Layout.fillWidth: true
                    shared: root.workspace.shared
                }
                Name { text: qsTr("Model") }
                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.small

                    Label {
                        Layout.fillWidth: true
                        text: root.workspace.preferences.modelFolder.length > 0
                              ? Format.path(root.workspace.preferences.modelFolder) : qsTr("Built-in")
                        elide: Text.ElideMiddle
                    }
                    IconButton {
                        visible: root.workspace.preferences.modelFolder.length > 0
                        iconName: "undo"
                        text: qsTr("Use the built-in model")
                        onClicked: root.workspace.preferences.setModelFolder("")
                    }
                    Button {
                        text: qsTr("Choose…")
                        iconName: "folder"
                        Accessible.name: qsTr("Choose a model folder")
                        onClicked: modelDialog.open()
                    }
                }
                NameAbove { text: qsTr("Searching") }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: Theme.tiny

                    RowLayout {
                        Layout.fillWidth: true
                        spacing: Theme.small

                        Label {
                            objectName: "encoderFolder"
                            Layout.fillWidth: true
                            text: root.workspace.preferences.encoderFolder.length > 0
                                  ? Format.path(root.workspace.preferences.encoderFolder) : qsTr("As the model sees")
                            elide: Text.ElideMiddle
                        }
                        IconButton {
                            objectName: "encoderReset"
                            visible: root.workspace.preferences.encoderFolder.length > 0
                            iconName: "undo"
                            text: qsTr("Search with the model's own encoders")
                            onClicked: root.workspace.preferences.setEncoderFolder("")
                        }
                        Button {
                            text: qsTr("Choose…")
                            iconName: "folder"
                            Accessible.name: qsTr("Choose a CLIP folder for searching")
                            onClicked: encoderDialog.open()
                        }
                    }
                    Label {
                        Layout.fillWidth: true
                        small: true
                        dim: true
                        wrapMode: Text.Wrap
                        text: qsTr("A CLIP of your own, a folder with config.json and model.safetensors, can compare words and pictures. The library is then read anew with it.")
                    }
                }
                Name { text: qsTr("Threads") }
                RowLayout {
                    spacing: Theme.small

                    SpinBox {
                        name: qsTr("Threads")
                        from: 0
                        to: 256
                        value: root.workspace.preferences.threads
                        onValueModified: root.workspace.preferences.threads = value
                    }
                    Label {
                        small: true
                        dim: true
                        text: qsTr("0 uses all %1").arg(root.workspace.preferences.cores)
                    }
                }
                Label {
                    Layout.columnSpan: 2
                    Layout.fillWidth: true
                    visible: root.workspace.preferences.restartNeeded
                    wrapMode: Text.Wrap
                    color: Theme.accentInk
                    text: qsTr("Folders and threads change when Moodloom is started again.")
                }

                Heading { text: qsTr("Shortcuts") }
                Label {
                    Layout.columnSpan: 2
                    Layout.fillWidth: true
                    small: true
                    dim: true
                    wrapMode: Text.Wrap
                    text: qsTr("Click a shortcut and press the new keys. Backspace takes it away, Esc leaves it.")
                }
            }
            ShortcutList {
                Layout.fillWidth: true
                actions: root.workspace.actions
            }
        }

        ScrollBar {
            parent: flick
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.bottom: parent.bottom
            orientation: Qt.Vertical
            size: flick.visibleArea.heightRatio
            position: flick.visibleArea.yPosition
            onPositionChanged: {
                if (pressed)
                    flick.contentY = position * flick.contentHeight
            }
        }
    }

    FolderPicker {
        id: libraryDialog

        title: qsTr("Choose the library's folder")
        onAccepted: root.workspace.preferences.setLibraryFolder(selectedFolder)
    }
    FolderPicker {
        id: wildcardDialog

        title: qsTr("Choose the wildcards' folder")
        onAccepted: root.workspace.preferences.setWildcardFolder(selectedFolder)
    }
    FolderPicker {
        id: modelDialog

        title: qsTr("Choose a model folder")
        onAccepted: root.workspace.preferences.setModelFolder(selectedFolder)
    }
    FolderPicker {
        id: encoderDialog

        title: qsTr("Choose a CLIP folder for searching")
        onAccepted: root.workspace.preferences.setEncoderFolder(selectedFolder)
    }
}
