pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Board
import Moodloom.Controls
import Moodloom.Theme

// What is selected on the board, and what can be set of it. With nothing selected it has no height.
ColumnLayout {
    id: root

    required property BoardController controller
    required property BoardCanvas canvas

    signal paintOverRequested(hash: string, path: string)

    readonly property var keys: canvas.shortcuts
    readonly property bool isPicture: controller.kind === BoardController.Picture
    readonly property bool isFrame: controller.kind === BoardController.Frame
    readonly property bool isNote: controller.kind === BoardController.Note
    readonly property bool acts: isPicture || (isNote && controller.noteActs)
    readonly property bool changeable: !controller.readOnly

    component Caption: Label {
        Layout.topMargin: Theme.tiny
        small: true
        dim: true
    }

    spacing: Theme.tiny
    visible: controller.selectedCount > 0

    Label {
        Layout.fillWidth: true
        text: root.controller.selectedCount > 1 || root.isFrame || !root.isPicture
              ? root.controller.name : root.controller.caption.length > 0
                ? root.controller.caption : qsTr("Picture")
        font.weight: Font.DemiBold
        wrapMode: Text.Wrap
        maximumLineCount: 3
    }
    Label {
        Layout.fillWidth: true
        visible: text.length > 0
        dim: true
        small: true
        wrapMode: Text.Wrap
        maximumLineCount: 4
        text: {
            if (root.controller.selectedCount > 1)
                return qsTr("What is set here is set for all of them.")
            const size = qsTr("%1 × %2 pixels").arg(root.controller.pixels.width).arg(root.controller.pixels.height)
            if (root.isPicture)
                return root.controller.facet.length > 0 ? qsTr("for “%1”, %2").arg(root.controller.facet).arg(size) : size
            if (root.isFrame) {
                const references = root.controller.referencesInFrame > 0
                        ? qsTr("%1; %n reference(s) act on it", "", root.controller.referencesInFrame).arg(size)
                        : qsTr("%1; place references in it or on its shelf").arg(size)
                return Format.unbroken(root.controller.notesInFrame > 0
                        ? qsTr("%1; %n note(s) act, too", "", root.controller.notesInFrame).arg(references)
                        : references)
            }
            return ""
        }
    }

    RowLayout {
        Layout.topMargin: Theme.tiny
        visible: root.controller.locked || root.controller.lockedMixed
        spacing: Theme.small

        Icon { name: "lock" }
        Label {
            Layout.fillWidth: true
            wrapMode: Text.Wrap
            text: root.controller.lockedMixed ? qsTr("Some are locked in their places")
                : root.controller.selectedCount > 1 ? qsTr("Locked in their places") : qsTr("Locked in its place")
        }
        Button {
            objectName: "boardUnlock"
            enabled: root.changeable
            text: qsTr("Unlock")
            shortcut: root.controller.lockedMixed ? "" : root.keys["board-lock"] // which locks all of them
            onClicked: root.controller.unlock()
        }
    }
    Flow {
        Layout.topMargin: Theme.tiny
        Layout.fillWidth: true
        visible: root.isPicture
        spacing: Theme.tiny

        Button {
            objectName: "boardPin"
            enabled: root.changeable
            iconName: root.controller.pinned ? "pin-filled" : "pin"
            text: root.controller.pinned ? qsTr("Unpin") : qsTr("Pin")
            shortcut: root.keys["board-pin"]
            onClicked: root.controller.togglePin()
        }
        Button {
            objectName: "boardCrop"
            enabled: root.changeable && root.controller.selectedCount === 1
            text: root.canvas.cropping ? qsTr("Done") : qsTr("Crop")
            tip: qsTr("Drag the handles; drag inside to move the picture")
            shortcut: root.keys["board-crop"]
            onClicked: {
                root.canvas.toggleCropping()
                root.canvas.forceActiveFocus()
            }
        }
        Button {
            objectName: "boardGreyscale"
            enabled: root.changeable
            text: root.controller.greyscale ? qsTr("In colour") : qsTr("Greyscale")
            shortcut: root.keys["board-greyscale"]
            onClicked: root.controller.toggleGreyscale()
        }
        Button {
            enabled: root.changeable && root.controller.activeFrame.length > 0
            text: root.controller.onShelf ? qsTr("Off the shelf") : qsTr("To the shelf")
            tip: qsTr("On a frame's shelf a reference acts on the whole picture")
            shortcut: root.keys["board-shelf"]
            onClicked: root.controller.toggleShelf()
        }
        Button {
            objectName: "boardPaintOver"
            enabled: root.changeable && root.controller.selectedCount === 1
            iconName: "paint"
            text: qsTr("Paint over it")
            tip: qsTr("The active frame's next takes begin with this picture instead of noise")
            onClicked: root.paintOverRequested(root.controller.hash, root.controller.path)
        }
    }

    Switch {
        objectName: "boardNoteActs"
        visible: root.isNote
        enabled: root.changeable
        text: qsTr("Acts in the picture")
        checked: root.controller.noteActs
        mixed: root.controller.noteActsMixed
        onToggled: {
            root.controller.noteActs = checked
            checked = Qt.binding(() => root.controller.noteActs)
        }
    }
    Label {
        Layout.fillWidth: true
        objectName: "boardNoteUse"
        visible: root.isNote
        small: true
        dim: true
        wrapMode: Text.Wrap
        text: root.controller.noteActsMixed ? qsTr("Some act, others are comments: painting does not see those.")
              : !root.controller.noteActs ? qsTr("A comment: painting does not see it.")
              : root.controller.inFrameMixed ? qsTr("What those in a frame say is painted where they lie. The others are comments.")
              : root.controller.inFrame ? qsTr("What it says is painted where it lies in the frame.")
              : qsTr("In a frame, what it says is painted where it lies. Here it is a comment.")
    }
    Caption {
        visible: root.acts
        text: qsTr("Weight")
    }
    Slider {
        Layout.fillWidth: true
        visible: root.acts
        objectName: "boardWeight"
        enabled: root.changeable
        from: 0
        to: 2
        stepSize: 0.05
        value: root.controller.weight
        name: qsTr("Weight")
        mixed: root.controller.weightMixed
        decimals: 2
        onMoved: root.controller.weight = value
        onResetRequested: root.controller.weight = 1
    }
    Caption {
        visible: root.isPicture
        text: qsTr("Role")
    }
    Flow {
        Layout.fillWidth: true
        visible: root.isPicture
        spacing: Theme.tiny

        Repeater {
            model: [
                { "role": BoardController.Content, "name": "boardRoleContent", "text": qsTr("Content") },
                { "role": BoardController.Style, "name": "boardRoleStyle", "text": qsTr("Style") },
                { "role": BoardController.Layout, "name": "boardRoleLayout", "text": qsTr("Layout") }
            ]

            ChoiceButton {
                required property var modelData

                objectName: modelData.name
                enabled: root.changeable
                text: modelData.text
                checked: !root.controller.roleMixed && root.controller.role === modelData.role
                onClicked: root.controller.role = modelData.role
            }
        }
    }
    Label {
        Layout.fillWidth: true
        objectName: "boardRoleUse"
        visible: root.isPicture && (root.controller.roleMixed || root.controller.role !== BoardController.Content)
        small: true
        dim: true
        wrapMode: Text.Wrap
        text: root.controller.roleMixed ? qsTr("Mixed")
              : root.controller.role === BoardController.Style
              ? qsTr("Its look acts: colours, light, brushwork. What it shows does not.")
              : qsTr("Its arrangement acts: what stands where. What it shows does not.")
    }
    Caption {
        visible: root.acts
        text: qsTr("Acts in these steps")
    }
    RangeSlider {
        id: steps

        Layout.fillWidth: true
        visible: root.acts
        objectName: "boardSteps"
        enabled: root.changeable
        from: 0
        to: 1
        stepSize: 0.05
        snapMode: RangeSlider.SnapAlways
        name: qsTr("Steps in which it acts")
        text: root.controller.stepsText
        mixed: root.controller.stepsMixed
        first.value: root.controller.stepsFrom
        second.value: root.controller.stepsTo
        first.onMoved: root.controller.setSteps(first.value, second.value)
        second.onMoved: root.controller.setSteps(first.value, second.value)
        onResetRequested: root.controller.setSteps(0, 1)

        // Moving breaks the bindings above; undo and other selections must still be seen.
        Connections {
            target: root.controller
            function onCurrentChanged() {
                steps.setValues(root.controller.stepsFrom, root.controller.stepsTo)
            }
        }
    }
    Caption { text: qsTr("Tags") }
    TextField {
        id: tags

        Layout.fillWidth: true
        objectName: "boardTags"
        enabled: root.changeable
        placeholderText: qsTr("Words, with commas")
        Accessible.name: qsTr("Tags")
        text: root.controller.tags
        onEditingFinished: {
            if (text !== root.controller.tags)
                root.controller.tags = text
        }
        Keys.onReturnPressed: root.canvas.forceActiveFocus()
        Keys.onEscapePressed: {
            text = root.controller.tags
            root.canvas.forceActiveFocus()
        }

        // Typing breaks the binding above.
        Connections {
            target: root.controller
            function onCurrentChanged() { tags.text = root.controller.tags }
        }
        Connections {
            target: root.canvas
            function onTagsRequested() {
                if (root.controller.selectedCount > 0 && root.changeable) {
                    tags.forceActiveFocus()
                    tags.selectAll()
                }
            }
        }
    }
    Label {
        Layout.topMargin: Theme.tiny
        Layout.fillWidth: true
        objectName: "boardStorage"
        visible: text.length > 0
        small: true
        dim: true
        wrapMode: Text.WrapAnywhere
        maximumLineCount: 3
        text: root.controller.selectedCount === 1 ? root.controller.storage : ""
    }
    Label {
        Layout.fillWidth: true
        objectName: "boardSource"
        visible: root.controller.source.length > 0
        small: true
        dim: true
        wrapMode: Text.WrapAnywhere
        maximumLineCount: 3
        text: qsTr("From %1").arg(root.controller.source)
    }
    Caption {
        visible: !root.isFrame
        text: qsTr("Opacity")
    }
    Slider {
        Layout.fillWidth: true
        visible: !root.isFrame
        objectName: "boardOpacity"
        enabled: root.changeable
        from: 0
        to: 1
        stepSize: 0.01
        value: root.controller.opacity
        name: qsTr("Opacity")
        mixed: root.controller.opacityMixed
        decimals: 2
        onMoved: root.controller.opacity = value
        onResetRequested: root.controller.opacity = 1
    }

    Button {
        Layout.topMargin: Theme.tiny
        objectName: "boardModelView"
        visible: root.isFrame
        text: root.canvas.modelView ? qsTr("Hide what the model sees") : qsTr("What the model sees")
        tip: qsTr("Which references act in this frame, where, and how strongly")
        shortcut: root.keys["board-model-view"]
        onClicked: root.canvas.toggleModelView()
    }
}
