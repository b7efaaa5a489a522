pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.References

// What was found for the prompt, one group a facet, each a masonry of cards.
FocusScope {
    id: root

    required property ReferencesModel model
    property bool libraryEmpty: false
    property var shortcuts: ({}) // of the program's actions, by their ids
    property var awayFolders: []  // of the library: {path, missing} of each
    property bool locating: false // one of them is being looked through

    signal libraryRequested()
    signal locateRequested(folder: string, to: url)

    function reveal(card: Item) {
        const top = card.mapToItem(column, 0, 0).y
        if (top < flick.contentY)
            flick.contentY = Math.max(0, top - Theme.large)
        else if (top + card.height > flick.contentY + flick.height)
            flick.contentY = Math.min(flick.contentHeight - flick.height, top + card.height - flick.height + Theme.small)
    }

    // All of them, as they stand in the groups.
    function cards(): var {
        const found = []
        const collect = (item) => {
            if (item as ReferenceCard)
                found.push(item)
            else
                for (let i = 0; i < item.children.length; ++i)
                    collect(item.children[i])
        }
        collect(column)
        return found
    }
    function giveKeyboard(card: Item) {
        if (card)
            card.forceActiveFocus(Qt.TabFocusReason)
    }
    function step(card: Item, by: int) {
        const all = cards()
        giveKeyboard(all[all.indexOf(card) + by] ?? null)
    }
    // The nearest above or below, rather in the same column.
    function changeRow(card: Item, by: int) {
        const middle = (one) => one.mapToItem(column, one.width / 2, one.height / 2)
        const here = middle(card)
        let best = null, least = Infinity
        for (const other of cards()) {
            const there = middle(other)
            const on = (there.y - here.y) * by
            const far = on + 3 * Math.abs(there.x - here.x)
            if (other !== card && on > card.height / 4 && far < least) {
                least = far
                best = other
            }
        }
        giveKeyboard(best)
    }
    // The keyboard goes to the next card, from the last one to the one before.
    function drop(card: ReferenceCard) {
        if (card.activeFocus) {
            const all = cards()
            const at = all.indexOf(card)
            giveKeyboard(all[at + 1] ?? all[at - 1] ?? null)
        }
        model.drop(card.asset)
    }

    RowLayout {
        id: header

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.medium
        height: 36

        Label {
            text: qsTr("References")
            font.weight: Font.DemiBold
        }
        Label {
            Layout.fillWidth: true
            small: true
            dim: true
            horizontalAlignment: Text.AlignRight
            text: root.model.busy ? qsTr("Looking…") : root.model.figures
        }
    }

    ProblemList {
        id: problems

        anchors.top: header.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.medium
        anchors.rightMargin: Theme.medium
        problems: root.model.problems
        action: qsTr("Try again")
        onActionRequested: root.model.searchAgain()
    }

    AwayFolders {
        id: away

        anchors.top: problems.visible ? problems.bottom : header.bottom
        anchors.topMargin: problems.visible ? Theme.small : 0
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.medium
        anchors.rightMargin: Theme.medium
        folders: root.awayFolders
        locating: root.locating
        onLocateRequested: (folder, to) => root.locateRequested(folder, to)
    }

    Flickable {
        id: flick

        anchors.top: away.visible ? away.bottom : problems.visible ? problems.bottom : header.bottom
        anchors.topMargin: away.visible || problems.visible ? Theme.small : 0
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        contentHeight: column.height + Theme.medium
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        visible: root.model.groups > 0

        Column {
            id: column

            x: Theme.medium
            width: flick.width - 2 * Theme.medium
            spacing: Theme.medium

            Repeater {
                model: root.model

                Column {
                    id: group

                    required property string title
                    required property int facet
                    required property ReferenceGroup group
                    required property bool lacking

                    width: column.width
                    spacing: Theme.tiny + 2

                    Row {
                        visible: group.lacking
                        spacing: Theme.small
                        width: parent.width
                        Accessible.role: Accessible.StaticText
                        Accessible.name: lackingText.text

                        Icon {
                            name: "weak"
                            color: Theme.textSecondary
                        }
                        Label {
                            id: lackingText

                            readonly property string says: qsTr("Nothing in your library shows “%1”.").arg(group.title)

                            objectName: "lacking"
                            width: parent.width - 16 - Theme.small
                            small: true
                            wrapMode: Text.Wrap
                            text: group.group && group.group.count > 0
                                  ? qsTr("%1 The nearest pictures, which stay off the board until you pin them:").arg(says)
                                  : says
                        }
                    }
                    Row {
                        visible: !group.lacking
                        spacing: Theme.small
                        width: parent.width

                        Label {
                            id: title

                            text: group.title
                            small: true
                            width: Math.min(implicitWidth, parent.width - count.width - Theme.small)
                        }
                        Label {
                            id: count

                            anchors.baseline: title.baseline // Chinese stands in a taller line
                            text: group.group ? group.group.count : ""
                            small: true
                            dim: true
                        }
                    }
                    Masonry {
                        width: parent.width
                        height: implicitHeight
                        spacing: Theme.tiny
                        columns: Math.max(2, Math.floor(width / 150))

                        Repeater {
                            model: group.group

                            ReferenceCard {
                                id: card

                                selected: root.model.selected === asset
                                onPinToggled: root.model.setPinned(asset, !pinned)
                                onDropRequested: root.drop(card)
                                onMoreLikeRequested: root.model.moreLike(asset)
                                onChosen: {
                                    root.model.selected = asset
                                    root.reveal(card)
                                }
                                onStepRequested: (by) => root.step(card, by)
                                onRowRequested: (by) => root.changeRow(card, by)
                                onMenuRequested: (at) => {
                                    const there = card.mapToItem(root, at.x, at.y)
                                    menu.card = card
                                    menu.popup(there.x, there.y)
                                }
                            }
                        }
                    }
                }
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

    Menu {
        id: menu

        property ReferenceCard card

        objectName: "referenceMenu"

        MenuItem {
            iconName: "pin"
            text: menu.card?.pinned ? qsTr("Unpin") : qsTr("Pin")
            shortcut: "P"
            onTriggered: menu.card?.pinToggled()
        }
        MenuItem {
            iconName: "more-like"
            text: qsTr("More like this")
            shortcut: "M"
            onTriggered: menu.card?.moreLikeRequested()
        }
        MenuItem {
            iconName: "close"
            text: qsTr("Drop")
            shortcut: "X"
            onTriggered: menu.card?.dropRequested()
        }
    }

    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.large, 260)
        visible: root.model.groups === 0 && !root.model.busy && !problems.visible && !away.visible
        iconName: "image"
        title: root.libraryEmpty ? qsTr("The library is empty")
                                 : root.model.searched ? qsTr("Nothing fits this prompt") : qsTr("No references yet")
        text: root.libraryEmpty ? qsTr("References are looked up in your own pictures. Add a folder of them first.")
                                : root.model.searched ? qsTr("Try other words, or drop a picture here.")
                                                      : root.shortcuts["find"] ? qsTr("Write a prompt and press %1, or drop pictures anywhere.").arg(Format.keys(root.shortcuts["find"]))
                                                      : qsTr("Write a prompt, or drop pictures anywhere.")

        Button {
            visible: root.libraryEmpty
            text: qsTr("Open the library")
            iconName: "library"
            onClicked: root.libraryRequested()
        }
    }
}
