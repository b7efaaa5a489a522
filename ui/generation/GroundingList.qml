pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Generation

// Which facets of its prompt the take shows, each by a sign and a word; the figures are in the tip.
ColumnLayout {
    id: root

    required property GroundingModel model
    property string shortcut // of what is looked up

    spacing: Theme.tiny

    RowLayout {
        Label {
            Layout.fillWidth: true
            small: true
            dim: true
            text: root.model.checking ? qsTr("Looking at what it shows…")
                : root.model.checked ? qsTr("Shows of the prompt")
                : qsTr("What it shows is not checked")
        }
        IconButton {
            objectName: "groundingAction"
            iconName: root.model.checking ? "stop" : "search"
            text: root.model.checking ? qsTr("Do not check it")
                : root.model.checked ? qsTr("Check again what it shows") : qsTr("Check what it shows")
            onClicked: {
                if (root.model.checking)
                    root.model.stop()
                else
                    root.model.check()
            }
        }
    }
    ErrorBanner {
        objectName: "groundingProblem"
        Layout.fillWidth: true
        serious: true
        message: root.model.problem
        onDismissed: root.model.dismissProblem()
    }
    Repeater {
        model: root.model

        T.AbstractButton {
            id: row

            required property string facet
            required property string shown
            required property string word
            required property string figures

            objectName: "facet-" + shown
            Layout.fillWidth: true
            implicitHeight: Math.max(line.implicitHeight, 20)
            focusPolicy: Qt.TabFocus
            text: facet + ": " + word
            Accessible.role: Accessible.StaticText
            Accessible.name: text
            Accessible.description: figures

            contentItem: RowLayout {
                id: line

                spacing: Theme.tiny + 2

                Icon {
                    name: row.shown === "found" ? "check" : row.shown === "weak" ? "weak"
                        : row.shown === "missing" ? "close" : "minus"
                    color: row.shown === "found" ? Theme.textSecondary
                         : row.shown === "missing" ? Theme.accentInk : Theme.text
                }
                Label {
                    Layout.fillWidth: true
                    small: true
                    elide: Text.ElideRight
                    text: row.facet
                }
                Label {
                    small: true
                    dim: row.shown === "found" || row.shown === "unchecked"
                    text: row.word
                }
            }
            background: Item {
                FocusRing { shown: row.visualFocus }
            }

            TipLoader {
                control: row
                text: row.figures
            }
        }
    }
    Button {
        objectName: "lookUpMissing"
        visible: root.model.lacking.length > 0
        text: qsTr("Look up what is missing")
        iconName: "search"
        tip: qsTr("Looks up %1 alone, pins the best picture that has not acted yet (a note's comes where the note lies), and paints again").arg(root.model.lacking)
        shortcut: root.shortcut
        onClicked: root.model.lookUpMissing()
    }
}
