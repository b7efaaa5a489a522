pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Generation

// What was painted for this frame, newest first, and what is being painted now.
FocusScope {
    id: root

    required property TakeModel model
    property string gridProgress // of variations; empty = none are painted
    property var shortcuts: ({}) // of the program's actions, by their ids: told by tips and menus

    property bool awaited: false    // what was tried again, until its painting begins
    property bool lastFailed: false // and gave no take

    signal opened()
    signal variationsRequested()

    function progressText(): string {
        const queue = model.waiting > 0 ? qsTr("%n waiting", "", model.waiting) : ""
        const time = model.painting && model.secondsLeft > 0 ? qsTr("about %1 left").arg(Format.duration(model.secondsLeft)) : ""
        if (gridProgress.length > 0)
            return gridProgress + (time.length > 0 ? " · " + time : "")
        return queue + (queue.length > 0 && time.length > 0 ? " · " : "") + time
    }

    // The card of the take that is looked at, else the newest; false without any.
    function focusTake(): bool {
        let found = list.itemAtIndex(0) as TakeCard
        for (let i = 0; i < list.count; ++i) {
            const card = list.itemAtIndex(i) as TakeCard
            if (card?.current)
                found = card
        }
        if (found)
            found.forceActiveFocus(Qt.TabFocusReason)
        return found !== null
    }

    // The keyboard goes along: from the card that goes to the picture that is painted, and on to what
    // becomes of it.
    function tryAgain(id: string, card: Item) {
        awaited = true
        for (let item = Window.activeFocusItem; item; item = item.parent) {
            if (item === card) {
                progress.forceActiveFocus(Qt.TabFocusReason)
                break
            }
        }
        model.failures.tryAgain(id)
    }
    function focusOutcome() {
        failures.forceLayout()
        list.forceLayout()
        const failed = lastFailed ? failures.itemAtIndex(0) : null
        if (failed)
            failed.forceActiveFocus(Qt.TabFocusReason)
        else
            focusTake()
    }

    implicitHeight: 124
    Keys.onPressed: (event) => {
        if (event.key === Qt.Key_Space && !event.isAutoRepeat) {
            root.model.comparing = true
            event.accepted = true
        } else if (event.key === Qt.Key_Left || event.key === Qt.Key_Right) {
            root.model.moveBy(event.key === Qt.Key_Right ? 1 : -1)
            event.accepted = true
        }
    }
    Keys.onReleased: (event) => {
        if (event.key === Qt.Key_Space && !event.isAutoRepeat) {
            root.model.comparing = false
            event.accepted = true
        }
    }

    Connections {
        target: root.model
        function onProgressChanged() {
            if (root.model.painting)
                root.awaited = false
        }
        function onFinished() { root.lastFailed = false }
    }
    Connections {
        target: root.model.failures
        function onRowsInserted() {
            root.awaited = false
            root.lastFailed = true
        }
    }

    RowLayout {
        id: header

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.medium
        anchors.rightMargin: Theme.medium
        height: 28
        spacing: Theme.medium

        Label {
            text: qsTr("Takes")
            font.weight: Font.DemiBold
        }
        Warning {
            objectName: "memoryNote"
            Layout.fillWidth: true
            singleLine: true
            text: Format.sentence(root.model.memoryNote)
        }
        Label {
            Layout.fillWidth: root.model.memoryNote.length === 0
            horizontalAlignment: Text.AlignRight
            small: true
            dim: true
            text: root.progressText()
        }
        IconButton {
            objectName: "variationsButton"
            iconName: "variations"
            text: qsTr("Variations: a grid of takes")
            shortcut: root.shortcuts["variations"] ?? ""
            onClicked: root.variationsRequested()
        }
    }

    PaintingTile {
        id: progress

        objectName: "progressTile"
        anchors.top: header.bottom
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        anchors.leftMargin: Theme.medium
        anchors.bottomMargin: Theme.small
        anchors.topMargin: 2
        width: height
        visible: root.model.painting || root.awaited
        model: root.model
        Keys.onEscapePressed: (event) => {
            event.accepted = root.awaited
            root.awaited = false
        }
        onVisibleChanged: {
            if (!visible && activeFocus)
                root.focusOutcome()
        }
    }

    ListView {
        id: failures

        objectName: "failedTakes"
        anchors.top: header.bottom
        anchors.left: progress.visible ? progress.right : parent.left
        anchors.bottom: parent.bottom
        anchors.leftMargin: progress.visible ? Theme.small : Theme.medium
        anchors.bottomMargin: Theme.small
        anchors.topMargin: 2
        width: Math.min(contentWidth, root.width * 0.6)
        visible: count > 0
        orientation: ListView.Horizontal
        boundsBehavior: Flickable.StopAtBounds
        spacing: Theme.small
        model: root.model.failures
        clip: true

        delegate: FailedTakeCard {
            id: failure

            required property int index

            // Two stand side by side whole; of more, the last one that shows tells that it goes on.
            width: Math.min(implicitWidth, Math.max(280, (root.width * 0.6 - failures.spacing) / Math.min(2, failures.count)))
            height: failures.height
            onActiveFocusChanged: {
                if (activeFocus)
                    failures.positionViewAtIndex(failure.index, ListView.Contain)
            }
            onTryAgainRequested: root.tryAgain(failureId, failure)
            onCopyRequested: root.model.failures.copy(failureId)
            onDismissed: root.model.failures.dismiss(failureId)
        }
    }

    ListView {
        id: list

        anchors.top: header.bottom
        anchors.left: failures.visible ? failures.right : progress.visible ? progress.right : parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.leftMargin: failures.visible || progress.visible ? Theme.small : Theme.medium
        anchors.rightMargin: Theme.medium
        anchors.bottomMargin: Theme.small
        anchors.topMargin: 2
        orientation: ListView.Horizontal
        boundsBehavior: Flickable.StopAtBounds
        spacing: Theme.small
        model: root.model
        cacheBuffer: 400
        clip: true

        delegate: TakeCard {
            id: card

            height: list.height
            current: root.model.current === takeId
            onChosen: {
                root.model.current = takeId
                list.currentIndex = card.index // the arrow keys go on from here
                list.positionViewAtIndex(card.index, ListView.Contain)
            }
            onOpened: {
                root.model.current = takeId
                root.opened()
            }
            onStarToggled: root.model.star(takeId, !starred)
            onRemoveRequested: root.model.remove(takeId)
            onDragWanted: root.model.prepareDrag(takeId)
            onCopyWanted: root.model.copyFile(takeId)
            onMenuWanted: (at) => {
                root.model.current = takeId
                const there = card.mapToItem(root, at.x, at.y)
                menu.popup(there.x, there.y)
            }

            required property int index

            Connections {
                target: root.model
                function onDragReady(id: string, file: string) {
                    if (id === card.takeId)
                        card.dragFile = file
                }
            }
        }
    }

    Menu {
        id: menu

        objectName: "takeMenu"

        MenuItem {
            text: qsTr("Show large")
            shortcut: "Return"
            onTriggered: root.opened()
        }
        MenuItem {
            iconName: "star"
            text: root.model.currentStarred ? qsTr("Remove the star") : qsTr("Star")
            shortcut: "S"
            onTriggered: root.model.star(root.model.current, !root.model.currentStarred)
        }
        MenuItem {
            objectName: "copyTakeFile"
            iconName: "copy"
            text: qsTr("Copy as file")
            shortcut: "Ctrl+C"
            onTriggered: root.model.copyFile(root.model.current)
        }
        MenuItem {
            objectName: "copyTakePixels"
            text: qsTr("Copy as pixels")
            onTriggered: root.model.copyPixels(root.model.current)
        }
        MenuItem {
            objectName: "copyTakeRecipe"
            text: qsTr("Copy the recipe")
            onTriggered: root.model.copyRecipe(root.model.current)
        }
        MenuItem {
            text: qsTr("Use its settings")
            onTriggered: root.model.useSettings(root.model.current)
        }
        MenuItem {
            iconName: "paint"
            text: qsTr("Paint over it")
            onTriggered: root.model.paintOver(root.model.current)
        }
        MenuItem {
            objectName: "checkTake"
            text: root.model.grounding.checked ? qsTr("Check again what it shows") : qsTr("Check what it shows")
            enabled: !root.model.grounding.checking
            onTriggered: root.model.grounding.check()
        }
        MenuItem {
            iconName: "search"
            text: qsTr("Look up what is missing")
            shortcut: root.shortcuts["look-up-missing"] ?? ""
            enabled: root.model.grounding.lacking.length > 0
            onTriggered: root.model.grounding.lookUpMissing()
        }
        MenuItem {
            iconName: "trash"
            text: qsTr("Delete")
            shortcut: "Del"
            onTriggered: root.model.remove(root.model.current)
        }
    }

    Label {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: list.verticalCenter
        anchors.margins: Theme.medium
        objectName: "noTakes"
        visible: root.model.count === 0 && !progress.visible && !failures.visible
        dim: true
        text: root.shortcuts["paint"] ? qsTr("Painted pictures gather here. %1 paints one.").arg(Format.keys(root.shortcuts["paint"]))
                                      : qsTr("Painted pictures gather here.")
    }
}
