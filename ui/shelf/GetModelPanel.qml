pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Shelf

// Fetches a model: name it, look up what would be fetched, then fetch it. Nothing is connected before
// the first of these clicks.
ColumnLayout {
    id: root

    required property DownloadModel model

    readonly property bool fetching: model.step === DownloadModel.Step.Fetching
    readonly property bool hasPlan: model.step === DownloadModel.Step.Planned || fetching
                                    || model.step === DownloadModel.Step.Paused
                                    || model.step === DownloadModel.Step.Finished

    signal folderRequested()

    function focusName() { name.forceActiveFocus(Qt.ShortcutFocusReason) }
    function lookUp() { model.lookUp(name.text, name.isAddress ? sum.text : "") }

    spacing: Theme.small

    Label {
        Layout.fillWidth: true
        text: qsTr("Get a model")
        font.weight: Font.DemiBold
    }
    TextField {
        id: name

        readonly property bool isAddress: /^\s*https?:\/\//i.test(text)

        objectName: "getModelName"
        Layout.fillWidth: true
        enabled: !root.fetching
        placeholderText: qsTr("Hugging Face id or https://…")
        Accessible.name: qsTr("Model to get: a Hugging Face id or an address")
        onAccepted: root.lookUp()
    }
    TextField {
        id: sum

        objectName: "getModelSum"
        Layout.fillWidth: true
        visible: name.isAddress
        enabled: !root.fetching
        placeholderText: qsTr("SHA-256, if you know it")
        onAccepted: root.lookUp()
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.small

        Button {
            objectName: "lookUpModel"
            enabled: !root.fetching && root.model.step !== DownloadModel.Step.LookingUp && name.text.trim().length > 0
            text: qsTr("Look up")
            iconName: "search"
            tip: qsTr("Asks the server what there is; nothing is fetched yet")
            onClicked: root.lookUp()
        }
        ProgressBar {
            Layout.fillWidth: true
            visible: root.model.step === DownloadModel.Step.LookingUp
            name: qsTr("Looking it up")
            indeterminate: true
        }
        IconButton {
            visible: root.model.step === DownloadModel.Step.LookingUp
            iconName: "close"
            text: qsTr("Stop looking it up")
            onClicked: root.model.cancel()
        }
    }

    ErrorBanner {
        objectName: "getModelError"
        Layout.fillWidth: true
        message: root.model.error
        serious: true
        onDismissed: root.model.clearError()
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: root.hasPlan
        spacing: Theme.small

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Label {
                objectName: "planTitle"
                Layout.fillWidth: true
                text: root.model.title
                elide: Text.ElideMiddle
                font.weight: Font.DemiBold
            }
            Label {
                objectName: "planSummary"
                Layout.fillWidth: true
                small: true
                dim: true
                text: root.model.summary
            }
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: Math.min(files.contentHeight, 170) + 2 * Theme.tiny
            radius: Theme.radius
            color: Theme.raised
            border.color: Theme.line

            ListView {
                id: files

                objectName: "planFiles"
                anchors.fill: parent
                anchors.margins: Theme.tiny
                activeFocusOnTab: true
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                model: root.model.files
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Files that will be fetched")
                Keys.onDownPressed: flick(0, -300)
                Keys.onUpPressed: flick(0, 300)
                delegate: RowLayout {
                    id: file

                    required property var modelData

                    width: files.width
                    height: 20
                    spacing: Theme.small

                    Label {
                        Layout.fillWidth: true
                        Layout.leftMargin: Theme.tiny
                        small: true
                        text: file.modelData.path
                        elide: Text.ElideMiddle
                    }
                    Label {
                        Layout.rightMargin: Theme.tiny
                        small: true
                        dim: true
                        text: file.modelData.size
                    }
                }

                FocusRing { shown: files.activeFocus }
            }
        }
        RowLayout {
            Layout.fillWidth: true
            visible: root.model.step === DownloadModel.Step.Planned || root.model.step === DownloadModel.Step.Paused
            spacing: Theme.small

            Label {
                objectName: "planFolder"
                Layout.fillWidth: true
                small: true
                text: qsTr("Into %1").arg(Format.path(root.model.folder))
                elide: Text.ElideMiddle
            }
            IconButton {
                objectName: "choosePlanFolder"
                iconName: "folder"
                text: qsTr("Choose another folder")
                onClicked: root.folderRequested()
            }
        }
        Label {
            objectName: "planRoom"
            Layout.fillWidth: true
            visible: text.length > 0 && root.model.step === DownloadModel.Step.Planned
            small: true
            dim: root.model.hasRoom
            color: root.model.hasRoom ? Theme.textSecondary : Theme.dangerInk
            wrapMode: Text.Wrap
            text: root.model.room
        }
        ProgressBar {
            objectName: "getModelProgress"
            Layout.fillWidth: true
            visible: root.fetching || root.model.step === DownloadModel.Step.Paused
            name: qsTr("Fetching %1").arg(root.model.title)
            indeterminate: root.fetching && root.model.share < 0
            value: Math.max(0, root.model.share)
        }
        Label {
            objectName: "getModelProgressText"
            Layout.fillWidth: true
            visible: root.fetching || root.model.step === DownloadModel.Step.Paused
            small: true
            dim: true
            text: root.model.progressText
        }
        Label {
            Layout.fillWidth: true
            visible: root.fetching && root.model.currentFile.length > 0
            small: true
            dim: true
            elide: Text.ElideMiddle
            text: root.model.currentFile
        }
        Label {
            objectName: "getModelDone"
            Layout.fillWidth: true
            visible: root.model.step === DownloadModel.Step.Finished
            small: true
            wrapMode: Text.Wrap
            text: qsTr("It is whole, its sums are right, and it is on the shelf.")
        }
        RowLayout {
            Layout.fillWidth: true
            visible: root.model.step !== DownloadModel.Step.Finished
            spacing: Theme.small

            Button {
                objectName: "startDownload"
                visible: !root.fetching
                enabled: root.model.hasRoom
                primary: true
                text: root.model.step === DownloadModel.Step.Paused ? qsTr("Resume") : qsTr("Download")
                iconName: root.model.step === DownloadModel.Step.Paused ? "play" : ""
                onClicked: root.model.start()
            }
            Button {
                objectName: "pauseDownload"
                visible: root.fetching
                text: qsTr("Pause")
                iconName: "pause"
                onClicked: root.model.pause()
            }
            Button {
                objectName: "cancelDownload"
                text: qsTr("Cancel")
                tip: qsTr("What was fetched of it goes, too")
                onClicked: root.model.cancel()
            }
            Item { Layout.fillWidth: true }
        }
    }

    Label {
        Layout.fillWidth: true
        Layout.topMargin: Theme.small
        text: qsTr("Token for Hugging Face")
        small: true
        font.weight: Font.DemiBold
    }
    Label {
        objectName: "tokenState"
        Layout.fillWidth: true
        small: true
        dim: true
        wrapMode: Text.Wrap
        text: root.model.tokenText
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.small

        TextField {
            id: token

            objectName: "tokenField"
            Layout.fillWidth: true
            echoMode: TextInput.Password
            inputMethodHints: Qt.ImhHiddenText | Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
            placeholderText: qsTr("hf_…")
            Accessible.name: qsTr("Token for Hugging Face")
            onAccepted: keep.clicked()
        }
        Button {
            id: keep

            objectName: "keepToken"
            enabled: token.text.trim().length > 0
            text: qsTr("Keep")
            tip: qsTr("In the desktop's keyring, and nowhere else")
            onClicked: {
                root.model.keepToken(token.text)
                token.clear()
            }
        }
        IconButton {
            objectName: "removeToken"
            visible: root.model.tokenKept
            iconName: "trash"
            text: qsTr("Remove the token from the keyring")
            onClicked: root.model.keepToken("")
        }
    }
    Label {
        objectName: "tokenError"
        Layout.fillWidth: true
        visible: text.length > 0
        small: true
        color: Theme.dangerInk
        wrapMode: Text.Wrap
        text: root.model.tokenError
    }
}
