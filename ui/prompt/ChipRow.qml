pragma ComponentBehavior: Bound

import QtQuick
import Moodloom.Theme
import Moodloom.Prompt

// The chips of a prompt. One is dragged to another place, or onto another chip to become one with it;
// Ctrl+Left and Ctrl+Right move it by keys.
Item {
    id: root

    required property PromptModel model
    // The picture that "bind" takes: of the library (asset), or of the board (hash and path).
    property real pictureAsset: 0
    property string pictureHash
    property string picturePath

    property int dragged: -1  // the chip under way
    property int onto: -1     // the one that it would become one with
    property int before: -1   // the place that it would take

    signal editRequested(start: int, length: int)

    function chipAt(index: int): FacetChip {
        return chips.itemAt(index) as FacetChip
    }
    function focusChip(index: int) {
        const chip = chipAt(index)
        if (chip)
            chip.forceActiveFocus(Qt.TabFocusReason)
    }
    function move(from: int, to: int) {
        if (to >= 0 && to < chips.count && root.model.moveChip(from, to))
            focusChip(to)
    }
    function weigh(index: int, steps: int) {
        const focused = chipAt(index)?.activeFocus ?? false
        if (root.model.weighChip(index, steps) && focused)
            focusChip(index)
    }
    function bindPicture(index: int) {
        if (root.pictureHash.length > 0)
            root.model.bindPicture(root.pictureHash, root.picturePath, index)
        else if (root.pictureAsset > 0)
            root.model.bindAsset(root.pictureAsset, index)
    }

    // Where a chip that is let go here would come to.
    function aim(x: real, y: real) {
        root.onto = -1
        root.before = chips.count
        for (let i = 0; i < chips.count; ++i) {
            const chip = chipAt(i)
            if (!chip || y > chip.y + chip.height + flow.spacing / 2)
                continue
            if (y < chip.y - flow.spacing / 2 || x < chip.x + chip.width / 4) {
                root.before = i
                return
            }
            if (x < chip.x + chip.width * 3 / 4) {
                root.before = -1
                root.onto = i !== root.dragged && root.model.canMerge(root.dragged, i) ? i : -1
                return
            }
            root.before = i + 1
        }
    }
    function letGo() {
        const from = root.dragged
        const onto = root.onto
        const before = root.before
        root.dragged = root.onto = root.before = -1
        if (from < 0)
            return // taken back
        if (onto >= 0)
            root.model.mergeChips(from, onto)
        else if (before >= 0)
            move(from, before > from ? before - 1 : before)
    }

    implicitHeight: flow.implicitHeight

    Flow {
        id: flow

        width: parent.width
        spacing: Theme.tiny + 2

        Repeater {
            id: chips

            model: root.model.facets

            FacetChip {
                id: chip

                objectName: "facetChip"
                prompt: root.model
                bindable: root.pictureHash.length > 0 || root.pictureAsset > 0
                target: root.onto === index
                opacity: root.dragged === index ? 0.5 : 1
                onExcludeToggled: root.model.setExcluded(index, !excluded)
                onEditRequested: root.editRequested(start, length)
                onReceived: (content) => root.model.bind(content, index)
                onBindRequested: root.bindPicture(index)
                onMoveRequested: (by) => root.move(index, index + by)
                onWeighRequested: (steps) => root.weigh(index, steps)
                onDragStarted: root.dragged = index
                onDraggedTo: (x, y) => {
                    const at = flow.mapFromItem(chip, x, y)
                    root.aim(at.x, at.y)
                }
                onDragEnded: root.letGo()
                onDragCanceled: root.dragged = root.onto = root.before = -1
            }
        }
    }

    // The gap that it would come into.
    Rectangle {
        readonly property FacetChip next: root.before >= 0 ? root.chipAt(root.before) : null
        readonly property FacetChip last: root.before > 0 ? root.chipAt(root.before - 1) : null

        objectName: "chipGap"
        visible: root.dragged >= 0 && root.before >= 0
        x: next ? next.x - flow.spacing / 2 - 1 : last ? last.x + last.width + flow.spacing / 2 - 1 : 0
        y: next ? next.y : last ? last.y : 0
        width: 2
        height: 24
        color: Theme.accentInk
    }
}
