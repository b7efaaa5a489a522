import QtQuick
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Generation

// The picture that is being painted, in its place among the takes.
Rectangle {
    id: root

    required property TakeModel model

    radius: 3
    color: Theme.raised
    clip: true
    activeFocusOnTab: true
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("The picture that is being painted")
    Accessible.description: qsTr("%1. Escape stops it.").arg(step.text)
    Accessible.focusable: true

    Picture {
        objectName: "preview"
        anchors.fill: parent
        image: root.model.preview
        fit: Picture.Cover
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 22
        color: Theme.scrim

        Label {
            id: step

            objectName: "stepLabel"
            anchors.centerIn: parent
            small: true
            color: "#ffffff"
            text: root.model.step > 0 ? qsTr("Step %1/%2").arg(root.model.step).arg(root.model.steps)
                : root.model.loading >= 0 ? qsTr("Loading %1 %").arg(Math.floor(root.model.loading * 100))
                : qsTr("Getting ready")
        }
        Rectangle {
            anchors.left: parent.left
            anchors.bottom: parent.bottom
            height: 2
            width: root.model.loading >= 0 ? parent.width * root.model.loading
                 : root.model.steps > 0 ? parent.width * root.model.step / root.model.steps : 0
            color: Theme.accent
        }
    }
    // Inside: what is around it is cut off.
    FocusRing {
        anchors.margins: 0
        radius: root.radius
        shown: root.activeFocus
    }
    TapHandler {
        onTapped: root.forceActiveFocus(Qt.MouseFocusReason)
    }
}
