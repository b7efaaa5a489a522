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

    signal libraryRequested()

    function reveal(card: Item) {
        const top = card.mapToItem(column, 0, 0).y
        if (top < flick.contentY)
            flick.contentY = Math.max(0, top - Theme.large)
        else if (top + card.height > flick.contentY + flick.height)
            flick.contentY = Math.min(flick.contentHeight - flick.height, top + card.height - flick.height + Theme.small)
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

    Flickable {
        id: flick

        anchors.top: problems.visible ? problems.bottom : header.bottom
        anchors.topMargin: problems.visible ? Theme.small : 0
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        contentHeight: column.height + Theme.medium
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        visible: root.model.count > 0

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

                    width: column.width
                    spacing: Theme.tiny + 2

                    Row {
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
                                selected: root.model.selected === asset
                                onPinToggled: root.model.setPinned(asset, !pinned)
                                onDropRequested: root.model.drop(asset)
                                onMoreLikeRequested: root.model.moreLike(asset)
                                onChosen: {
                                    root.model.selected = asset
                                    root.reveal(this)
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

    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.large, 260)
        visible: root.model.count === 0 && !root.model.busy && !problems.visible
        iconName: "image"
        title: root.libraryEmpty ? qsTr("The library is empty")
                                 : root.model.searched ? qsTr("Nothing fits this prompt") : qsTr("No references yet")
        text: root.libraryEmpty ? qsTr("References are looked up in your own pictures. Add a folder of them first.")
                                : root.model.searched ? qsTr("Try other words, or drop a picture here.")
                                                      : qsTr("Write a prompt and press Enter, or drop pictures anywhere.")

        Button {
            visible: root.libraryEmpty
            text: qsTr("Open the library")
            iconName: "library"
            onClicked: root.libraryRequested()
        }
    }
}
