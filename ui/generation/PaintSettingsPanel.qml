pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Moodloom.Theme
import Moodloom.Controls
import Moodloom.Generation

// How the picture is painted: the model and what is put on it, seed, size, steps, guidance, sampler.
ColumnLayout {
    id: root

    required property PaintOptions options

    signal modelsRequested()

    component Caption: Label {
        small: true
        dim: true
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Layout.topMargin: Theme.tiny
    }

    spacing: Theme.tiny

    Label {
        text: qsTr("Painting")
        font.weight: Font.DemiBold
    }

    Caption { text: qsTr("Model") }
    RowLayout {
        spacing: Theme.tiny

        Label {
            objectName: "modelName"
            Layout.fillWidth: true
            text: root.options.modelName
            elide: Text.ElideMiddle
        }
        IconButton {
            visible: root.options.model.length > 0
            iconName: "undo"
            text: qsTr("Use the built-in model")
            onClicked: root.options.useModel("")
        }
        IconButton {
            objectName: "chooseModel"
            iconName: "models"
            text: qsTr("Choose among the models")
            onClicked: root.modelsRequested()
        }
    }
    ProblemList {
        Layout.fillWidth: true
        problems: root.options.modelProblems
    }
    Warning {
        Layout.fillWidth: true
        text: root.options.modelProblem
    }
    Label {
        objectName: "memoryText"
        Layout.fillWidth: true
        visible: text.length > 0
        small: true
        dim: true
        wrapMode: Text.Wrap
        text: Format.unbroken(Format.sentence(root.options.memory))
        Accessible.name: qsTr("Memory")
        Accessible.description: root.options.memory
    }
    Warning {
        objectName: "memoryProblem"
        Layout.fillWidth: true
        text: Format.sentence(root.options.memoryProblem)
    }
    AddonList {
        Layout.fillWidth: true
        model: root.options.addons
    }

    Caption { text: qsTr("Seed") }
    RowLayout {
        spacing: Theme.tiny

        TextField {
            id: seed

            objectName: "seedField"
            Layout.fillWidth: true
            implicitWidth: 100
            placeholderText: qsTr("random")
            Accessible.name: qsTr("Seed")
            text: root.options.seedLocked ? root.options.seed : ""
            validator: RegularExpressionValidator { regularExpression: /\d{0,20}/ }
            onEditingFinished: {
                if (text.length === 0)
                    root.options.seedLocked = false
                else if (text !== root.options.seed || !root.options.seedLocked)
                    root.options.seed = text
            }
        }
        IconButton {
            objectName: "dice"
            iconName: "dice"
            text: qsTr("Roll a new seed")
            onClicked: root.options.rollSeed()
        }
        IconButton {
            objectName: "seedLock"
            iconName: root.options.seedLocked ? "lock" : "unlock"
            checked: root.options.seedLocked
            text: root.options.seedLocked ? qsTr("Use a new seed for every take") : qsTr("Keep this seed")
            onClicked: root.options.seedLocked = !root.options.seedLocked
        }
    }

    Caption { text: qsTr("Shape") }
    Flow {
        Layout.fillWidth: true
        objectName: "shapes"
        spacing: Theme.tiny

        Repeater {
            model: root.options.shapes

            ChoiceButton {
                required property int index
                required property var modelData

                width: 48 // four in a row, five in a wide window: the last is never left alone
                text: modelData.text
                checked: root.options.shape === index
                onClicked: root.options.useShape(index)
            }
        }
    }
    Caption { text: qsTr("Size in pixels") }
    RowLayout {
        spacing: Theme.tiny

        SpinBox {
            Layout.fillWidth: true
            name: qsTr("Width")
            from: root.options.smallestSide
            to: root.options.largestSide
            stepSize: root.options.granularity
            value: root.options.width
            onValueModified: root.options.width = value
        }
        IconButton {
            iconName: "swap"
            text: qsTr("Swap width and height")
            onClicked: root.options.swapSides()
        }
        SpinBox {
            Layout.fillWidth: true
            name: qsTr("Height")
            from: root.options.smallestSide
            to: root.options.largestSide
            stepSize: root.options.granularity
            value: root.options.height
            onValueModified: root.options.height = value
        }
    }

    Caption { text: qsTr("Effort") }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.tiny

        Repeater {
            model: root.options.efforts

            ChoiceButton {
                id: effort

                required property int index
                required property var modelData

                objectName: "effort" + index
                text: modelData.text
                checked: root.options.effort === index
                Accessible.description: modelData.tip
                onClicked: root.options.useEffort(index)

                TipLoader {
                    control: effort
                    text: effort.modelData.tip
                }
            }
        }
    }
    Caption { text: qsTr("Steps") }
    Slider {
        objectName: "stepsSlider"
        Layout.fillWidth: true
        name: qsTr("Steps")
        from: 4
        to: 60
        stepSize: 1
        value: root.options.steps
        onResetRequested: root.options.steps = 20
        onMoved: root.options.steps = value
    }

    Caption { text: qsTr("Guidance: closeness to the prompt") }
    Slider {
        Layout.fillWidth: true
        name: qsTr("Guidance")
        from: 1
        to: 15
        stepSize: 0.5
        decimals: 1
        value: root.options.guidance
        onResetRequested: root.options.guidance = 5
        onMoved: root.options.guidance = value
    }

    Caption { text: qsTr("Sampler") }
    ComboBox {
        Layout.fillWidth: true
        name: qsTr("Sampler")
        model: root.options.samplers
        currentIndex: root.options.sampler
        onActivated: (index) => root.options.sampler = index
    }

    Caption { text: qsTr("Painted over") }
    StartPicture {
        Layout.fillWidth: true
        options: root.options
        onFileRequested: startDialog.open()
    }
    ProblemList {
        Layout.fillWidth: true
        problems: root.options.startProblems
    }

    Caption { text: qsTr("Avoid") }
    TextArea {
        Layout.fillWidth: true
        placeholderText: qsTr("What should not be in the picture")
        Accessible.name: qsTr("Avoid")
        text: root.options.negativePrompt
        onEditingFinished: root.options.negativePrompt = text
        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    }

    FilePicker {
        id: startDialog

        title: qsTr("Choose a picture to paint over")
        nameFilters: [qsTr("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.heic *.svg)"),
                      qsTr("All files (*)")]
        onAccepted: root.options.paintOverFile(selectedFile)
    }
}
