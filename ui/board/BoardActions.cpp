#include "ui/board/BoardActions.h"

#include "ui/board/BoardCanvas.h"

#include <QCoreApplication>

#include <algorithm>

namespace moodloom::ui {
namespace {

using Canvas = BoardCanvas;
using Control = BoardController;

// On the selection, or on the board as a whole.
template <void (BoardController::*intent)()> void control(BoardCanvas &canvas)
{
    (canvas.controller()->*intent)();
}

template <void (BoardCanvas::*intent)()> void on(BoardCanvas &canvas)
{
    (canvas.*intent)();
}

template <int x, int y, int times> void nudge(BoardCanvas &canvas)
{
    canvas.nudge(x * times, y * times);
}

void editSelected(BoardCanvas &canvas)
{
    const BoardController &controller = *canvas.controller();
    if (controller.web()->cards() > 0)
        controller.web()->fetch();
    else if (controller.selectedCount() == 1)
        canvas.edit(controller.currentId());
}

template <board::Alignment alignment> void align(BoardCanvas &canvas)
{
    canvas.controller()->align(alignment);
}

template <Qt::Orientation axis> void distribute(BoardCanvas &canvas)
{
    canvas.controller()->distribute(axis);
}

template <board::Measure measure> void normalize(BoardCanvas &canvas)
{
    canvas.controller()->normalize(measure);
}

void fetchPictures(BoardCanvas &canvas)
{
    canvas.controller()->web()->fetch();
}

void stopFetching(BoardCanvas &canvas)
{
    canvas.controller()->web()->stop();
}

void editCard(BoardCanvas &canvas)
{
    if (canvas.controller()->selectedCount() == 1)
        canvas.edit(canvas.controller()->currentId());
}

// Degrees, clockwise.
template <int degrees> void turn(BoardCanvas &canvas)
{
    canvas.controller()->turn(degrees);
}

// By so many percent.
template <int percent> void grow(BoardCanvas &canvas)
{
    canvas.controller()->grow(percent / 100.0);
}

template <Control::Role role> void setRole(BoardCanvas &canvas)
{
    canvas.controller()->setRole(role);
}

// In percent of the run.
template <int from, int to> void actInSteps(BoardCanvas &canvas)
{
    canvas.controller()->setSteps(from / 100.0, to / 100.0);
}

using board::Alignment;
using board::Measure;

constexpr BoardAction kActions[] = {
    {"undo", QT_TRANSLATE_NOOP("Actions", "Undo on the board"), "Ctrl+Z", control<&Control::undo>},
    {"redo", QT_TRANSLATE_NOOP("Actions", "Redo on the board"), "Ctrl+Shift+Z",
     control<&Control::redo>},
    {"board-frame", QT_TRANSLATE_NOOP("Actions", "New frame"), "N", on<&Canvas::addFrameHere>},
    {"board-note", QT_TRANSLATE_NOOP("Actions", "New note"), "T", on<&Canvas::addNoteHere>},
    {"board-edit", QT_TRANSLATE_NOOP("Actions", "Edit the text of the frame or note"), "Return",
     editSelected},
    {"board-fetch",
     QT_TRANSLATE_NOOP("Actions", "Fetch the pictures of the selected web addresses"), "",
     fetchPictures},
    {"board-fetch-stop", QT_TRANSLATE_NOOP("Actions", "Stop fetching the selected pictures"), "",
     stopFetching},
    {"board-fetch-edit", QT_TRANSLATE_NOOP("Actions", "Edit the text of the selected web address"),
     "Shift+Return", editCard},
    {"board-select-all", QT_TRANSLATE_NOOP("Actions", "Select everything on the board"), "Ctrl+A",
     control<&Control::selectAll>},
    {"board-extend", QT_TRANSLATE_NOOP("Actions", "Add the next item to the selection"), "J",
     [](Canvas &canvas) { canvas.extendSelection(false); }},
    {"board-extend-back", QT_TRANSLATE_NOOP("Actions", "Add the item before to the selection"),
     "Shift+J", [](Canvas &canvas) { canvas.extendSelection(true); }},
    {"board-select-none", QT_TRANSLATE_NOOP("Actions", "Select nothing"), "",
     control<&Control::selectNone>},
    {"board-copy", QT_TRANSLATE_NOOP("Actions", "Copy"), "Ctrl+C", on<&Canvas::copy>},
    {"board-copy-file", QT_TRANSLATE_NOOP("Actions", "Copy as file"), "Ctrl+Shift+C",
     on<&Canvas::copyFiles>},
    {"board-copy-pixels", QT_TRANSLATE_NOOP("Actions", "Copy as pixels"), "Ctrl+Alt+C",
     on<&Canvas::copyPixels>},
    {"board-copy-recipe", QT_TRANSLATE_NOOP("Actions", "Copy the recipe"), "Ctrl+Alt+R",
     on<&Canvas::copyRecipe>},
    {"board-cut", QT_TRANSLATE_NOOP("Actions", "Cut"), "Ctrl+X", on<&Canvas::cut>},
    {"board-paste", QT_TRANSLATE_NOOP("Actions", "Paste"), "Ctrl+V", on<&Canvas::paste>},
    {"board-duplicate", QT_TRANSLATE_NOOP("Actions", "Duplicate"), "Ctrl+D",
     control<&Control::duplicate>},
    {"board-remove", QT_TRANSLATE_NOOP("Actions", "Drop the references, remove everything else"),
     "Del", control<&Control::dropOrRemove>},
    {"board-pin", QT_TRANSLATE_NOOP("Actions", "Pin or unpin"), "P", control<&Control::togglePin>},
    {"board-shelf", QT_TRANSLATE_NOOP("Actions", "Put on the frame's shelf, or take from it"), "S",
     control<&Control::toggleShelf>},
    {"board-role", QT_TRANSLATE_NOOP("Actions", "Next role: content, style, layout"), "R",
     control<&Control::nextRole>},
    {"board-role-content", QT_TRANSLATE_NOOP("Actions", "Role: content"), "",
     setRole<Control::Role::Content>},
    {"board-role-style", QT_TRANSLATE_NOOP("Actions", "Role: style"), "",
     setRole<Control::Role::Style>},
    {"board-role-layout", QT_TRANSLATE_NOOP("Actions", "Role: layout"), "",
     setRole<Control::Role::Layout>},
    {"board-steps-all", QT_TRANSLATE_NOOP("Actions", "Act in all steps"), "", actInSteps<0, 100>},
    {"board-steps-early", QT_TRANSLATE_NOOP("Actions", "Act in the first half of the steps"), "",
     actInSteps<0, 50>},
    {"board-steps-late", QT_TRANSLATE_NOOP("Actions", "Act in the second half of the steps"), "",
     actInSteps<50, 100>},
    {"board-note-acts", QT_TRANSLATE_NOOP("Actions", "Note: acts in the picture, or is a comment"),
     "Shift+T", control<&Control::toggleNoteActs>},
    {"board-model-view", QT_TRANSLATE_NOOP("Actions", "Show or hide what the model sees"), "W",
     on<&Canvas::toggleModelView>},
    {"board-front", QT_TRANSLATE_NOOP("Actions", "Bring to front"), "]", control<&Control::raise>},
    {"board-back", QT_TRANSLATE_NOOP("Actions", "Send to back"), "[", control<&Control::lower>},
    {"board-forward", QT_TRANSLATE_NOOP("Actions", "Bring forward"), "Ctrl+]",
     control<&Control::moveForward>},
    {"board-backward", QT_TRANSLATE_NOOP("Actions", "Send backward"), "Ctrl+[",
     control<&Control::moveBackward>},
    {"board-group", QT_TRANSLATE_NOOP("Actions", "Group"), "Ctrl+G", control<&Control::group>},
    {"board-ungroup", QT_TRANSLATE_NOOP("Actions", "Ungroup"), "Ctrl+Shift+G",
     control<&Control::ungroup>},
    {"board-hide", QT_TRANSLATE_NOOP("Actions", "Hide"), "Shift+H", control<&Control::hide>},
    {"board-show-hidden", QT_TRANSLATE_NOOP("Actions", "Show what is hidden"), "Ctrl+Shift+H",
     control<&Control::showHidden>},
    {"board-greyscale", QT_TRANSLATE_NOOP("Actions", "Greyscale or colour"), "G",
     control<&Control::toggleGreyscale>},
    {"board-crop", QT_TRANSLATE_NOOP("Actions", "Crop"), "C", on<&Canvas::toggleCropping>},
    {"board-uncrop", QT_TRANSLATE_NOOP("Actions", "Show all of the picture"), "Shift+C",
     control<&Control::showWholePicture>},
    {"board-lock", QT_TRANSLATE_NOOP("Actions", "Lock or unlock"), "Ctrl+L",
     control<&Control::toggleLock>},
    {"board-flip-horizontally", QT_TRANSLATE_NOOP("Actions", "Flip left and right"), "H",
     control<&Control::flipHorizontally>},
    {"board-flip-vertically", QT_TRANSLATE_NOOP("Actions", "Flip top and bottom"), "V",
     control<&Control::flipVertically>},
    {"board-turn-left", QT_TRANSLATE_NOOP("Actions", "Turn left by 15°"), "Alt+Left", turn<-15>},
    {"board-turn-right", QT_TRANSLATE_NOOP("Actions", "Turn right by 15°"), "Alt+Right", turn<15>},
    {"board-quarter-left", QT_TRANSLATE_NOOP("Actions", "Turn left by a quarter"), "Alt+Shift+Left",
     turn<-90>},
    {"board-quarter-right", QT_TRANSLATE_NOOP("Actions", "Turn right by a quarter"),
     "Alt+Shift+Right", turn<90>},
    {"board-upright", QT_TRANSLATE_NOOP("Actions", "Turn upright"), "Shift+U",
     control<&Control::turnUpright>},
    {"board-larger", QT_TRANSLATE_NOOP("Actions", "Larger"), "Alt+Up", grow<110>},
    {"board-smaller", QT_TRANSLATE_NOOP("Actions", "Smaller"), "Alt+Down",
     [](Canvas &canvas) { canvas.controller()->grow(1 / 1.1); }},
    {"board-original-size", QT_TRANSLATE_NOOP("Actions", "Original size"), "Alt+0",
     control<&Control::showOriginalSize>},
    {"board-tags", QT_TRANSLATE_NOOP("Actions", "Edit the tags"), "K", on<&Canvas::tagsRequested>},
    {"board-rows", QT_TRANSLATE_NOOP("Actions", "Arrange in rows"), "A",
     control<&Control::arrangeRows>},
    {"board-columns", QT_TRANSLATE_NOOP("Actions", "Arrange in columns"), "",
     control<&Control::arrangeMasonry>},
    {"board-pack", QT_TRANSLATE_NOOP("Actions", "Pack tightly"), "Shift+A",
     control<&Control::pack>},
    {"board-grid", QT_TRANSLATE_NOOP("Actions", "Arrange in a grid"), "Shift+G",
     control<&Control::arrangeGrid>},
    {"board-by-name", QT_TRANSLATE_NOOP("Actions", "Arrange by name"), "Alt+Shift+N",
     control<&Control::arrangeByName>},
    {"board-by-color", QT_TRANSLATE_NOOP("Actions", "Arrange by colour"), "Alt+Shift+C",
     control<&Control::arrangeByColor>},
    {"board-by-date", QT_TRANSLATE_NOOP("Actions", "Arrange by date"), "Alt+Shift+D",
     control<&Control::arrangeByDate>},
    {"board-align-left", QT_TRANSLATE_NOOP("Actions", "Align left edges"), "Ctrl+Left",
     align<Alignment::Left>},
    {"board-align-center", QT_TRANSLATE_NOOP("Actions", "Align centers"), "Alt+H",
     align<Alignment::Center>},
    {"board-align-right", QT_TRANSLATE_NOOP("Actions", "Align right edges"), "Ctrl+Right",
     align<Alignment::Right>},
    {"board-align-top", QT_TRANSLATE_NOOP("Actions", "Align top edges"), "Ctrl+Up",
     align<Alignment::Top>},
    {"board-align-middle", QT_TRANSLATE_NOOP("Actions", "Align middles"), "Alt+V",
     align<Alignment::Middle>},
    {"board-align-bottom", QT_TRANSLATE_NOOP("Actions", "Align bottom edges"), "Ctrl+Down",
     align<Alignment::Bottom>},
    {"board-distribute-horizontally", QT_TRANSLATE_NOOP("Actions", "Distribute horizontally"),
     "Alt+Shift+H", distribute<Qt::Horizontal>},
    {"board-distribute-vertically", QT_TRANSLATE_NOOP("Actions", "Distribute vertically"),
     "Alt+Shift+V", distribute<Qt::Vertical>},
    {"board-same-height", QT_TRANSLATE_NOOP("Actions", "Make equally high"), "Ctrl+Alt+Left",
     normalize<Measure::Height>},
    {"board-same-width", QT_TRANSLATE_NOOP("Actions", "Make equally wide"), "Ctrl+Alt+Right",
     normalize<Measure::Width>},
    {"board-same-area", QT_TRANSLATE_NOOP("Actions", "Make equally large"), "Ctrl+Alt+Up",
     normalize<Measure::Area>},
    {"board-lasso", QT_TRANSLATE_NOOP("Actions", "Lasso: select with a drawn loop"), "L",
     [](Canvas &canvas) { canvas.toggleTool(Canvas::Tool::Lasso); }},
    {"board-pen", QT_TRANSLATE_NOOP("Actions", "Pen: draw by hand"), "B",
     [](Canvas &canvas) { canvas.toggleTool(Canvas::Tool::Pen); }},
    {"board-eraser", QT_TRANSLATE_NOOP("Actions", "Eraser of what was drawn"), "E",
     [](Canvas &canvas) { canvas.toggleTool(Canvas::Tool::Eraser); }},
    {"board-pen-thinner", QT_TRANSLATE_NOOP("Actions", "Thinner pen"), ",",
     [](Canvas &canvas) { canvas.setPenWidth(canvas.penWidth() / 1.4); }},
    {"board-pen-thicker", QT_TRANSLATE_NOOP("Actions", "Thicker pen"), ".",
     [](Canvas &canvas) { canvas.setPenWidth(canvas.penWidth() * 1.4); }},
    {"board-compare", QT_TRANSLATE_NOOP("Actions", "Compare the two selected pictures"), "X",
     on<&Canvas::compareSelected>},
    {"board-rulers", QT_TRANSLATE_NOOP("Actions", "Show or hide the rulers"), "Shift+R",
     on<&Canvas::rulersRequested>},
    {"board-guide-upright", QT_TRANSLATE_NOOP("Actions", "Place an upright guide"), "",
     [](Canvas &canvas) { canvas.addGuideHere(Qt::Horizontal); }},
    {"board-guide-level", QT_TRANSLATE_NOOP("Actions", "Place a level guide"), "",
     [](Canvas &canvas) { canvas.addGuideHere(Qt::Vertical); }},
    {"board-guides-remove", QT_TRANSLATE_NOOP("Actions", "Remove all guides"), "",
     on<&Canvas::removeGuides>},
    {"board-present", QT_TRANSLATE_NOOP("Actions", "Present the pictures and frames one by one"),
     "F5", on<&Canvas::present>},
    {"board-play", QT_TRANSLATE_NOOP("Actions", "Play or pause what moves"), "Shift+P",
     on<&Canvas::togglePlaying>},
    {"board-snapping", QT_TRANSLATE_NOOP("Actions", "Snap to neighbors, or do not"), "Shift+S",
     on<&Canvas::toggleSnapping>},
    {"board-left", QT_TRANSLATE_NOOP("Actions", "Nudge left"), "Left", nudge<-1, 0, 1>},
    {"board-right", QT_TRANSLATE_NOOP("Actions", "Nudge right"), "Right", nudge<1, 0, 1>},
    {"board-up", QT_TRANSLATE_NOOP("Actions", "Nudge up"), "Up", nudge<0, -1, 1>},
    {"board-down", QT_TRANSLATE_NOOP("Actions", "Nudge down"), "Down", nudge<0, 1, 1>},
    {"board-left-far", QT_TRANSLATE_NOOP("Actions", "Nudge far left"), "Shift+Left",
     nudge<-1, 0, 10>},
    {"board-right-far", QT_TRANSLATE_NOOP("Actions", "Nudge far right"), "Shift+Right",
     nudge<1, 0, 10>},
    {"board-up-far", QT_TRANSLATE_NOOP("Actions", "Nudge far up"), "Shift+Up", nudge<0, -1, 10>},
    {"board-down-far", QT_TRANSLATE_NOOP("Actions", "Nudge far down"), "Shift+Down",
     nudge<0, 1, 10>},
    {"board-fit-all", QT_TRANSLATE_NOOP("Actions", "Show the whole board"), "Ctrl+0",
     on<&Canvas::fitAll>},
    {"board-fit-selection", QT_TRANSLATE_NOOP("Actions", "Zoom to the selection"), "F",
     on<&Canvas::fitSelection>},
    {"board-zoom-one", QT_TRANSLATE_NOOP("Actions", "Zoom to the original size"), "Ctrl+1",
     [](Canvas &canvas) { canvas.setZoom(1); }},
    {"board-zoom-in", QT_TRANSLATE_NOOP("Actions", "Zoom in"), "Ctrl++", on<&Canvas::zoomIn>},
    {"board-zoom-out", QT_TRANSLATE_NOOP("Actions", "Zoom out"), "Ctrl+-", on<&Canvas::zoomOut>},
    {"board-sample", QT_TRANSLATE_NOOP("Actions", "Take the colour under the pointer"), "I",
     on<&Canvas::sampleColor>},
    {"board-outline", QT_TRANSLATE_NOOP("Actions", "Show or hide the board's outline"), "O",
     on<&Canvas::outlineRequested>},
    {"board-minimap", QT_TRANSLATE_NOOP("Actions", "Show or hide the minimap"), "M",
     on<&Canvas::minimapRequested>},
    {"board-embed", QT_TRANSLATE_NOOP("Actions", "Copy the pictures' files into the board"), "",
     control<&Control::embedSelected>},
    {"board-link", QT_TRANSLATE_NOOP("Actions", "Link the pictures to their files"), "",
     control<&Control::linkSelected>},
    {"board-locate", QT_TRANSLATE_NOOP("Actions", "Locate the picture's file…"), "",
     control<&Control::askForFile>},
    {"board-link-new",
     QT_TRANSLATE_NOOP("Actions", "Link new pictures to their files, or copy them in"), "",
     control<&Control::toggleLinking>},
    {"board-forget-undo", QT_TRANSLATE_NOOP("Actions", "Forget what can be undone"), "",
     control<&Control::forgetHistory>},
    {"board-collect", QT_TRANSLATE_NOOP("Actions", "Copy linked files into the board"), "",
     control<&Control::collectLinked>},
    {"board-check", QT_TRANSLATE_NOOP("Actions", "Check the board's file"), "",
     control<&Control::checkBoard>},
    {"board-compact", QT_TRANSLATE_NOOP("Actions", "Compact the board's file"), "",
     control<&Control::compactBoard>},
};

} // namespace

std::span<const BoardAction> boardActions()
{
    return kActions;
}

const BoardAction *boardAction(const QString &id)
{
    const auto found =
        std::find_if(std::begin(kActions), std::end(kActions),
                     [&id](const BoardAction &action) { return id == QLatin1String(action.id); });
    return found == std::end(kActions) ? nullptr : &*found;
}

} // namespace moodloom::ui
