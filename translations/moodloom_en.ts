<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AwayFolders</name>
    <message numerus="yes">
        <source>%1 is not there: %n picture(s) are out of reach.</source>
        <translation>
            <numerusform>%1 is not there: %n picture is out of reach.</numerusform>
            <numerusform>%1 is not there: %n pictures are out of reach.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BoardInspector</name>
    <message numerus="yes">
        <source>%1; %n note(s) act, too</source>
        <translation>
            <numerusform>%1; %n note acts, too</numerusform>
            <numerusform>%1; %n notes act, too</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; %n reference(s) act on it</source>
        <translation>
            <numerusform>%1; %n reference acts on it</numerusform>
            <numerusform>%1; %n references act on it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message numerus="yes">
        <source>%n reference(s) dropped</source>
        <translation>
            <numerusform>%n reference dropped</numerusform>
            <numerusform>%n references dropped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacetChip</name>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n reference</numerusform>
            <numerusform>%n references</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FailureList</name>
    <message numerus="yes">
        <source>%n picture(s) could not be read</source>
        <translation>
            <numerusform>%n picture could not be read</numerusform>
            <numerusform>%n pictures could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OriginPanel</name>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n reference</numerusform>
            <numerusform>%n references</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecipeText</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n reference</numerusform>
            <numerusform>%n references</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeCard</name>
    <message numerus="yes">
        <source>%n missing</source>
        <comment>facets of the prompt</comment>
        <translation>
            <numerusform>%n missing</numerusform>
            <numerusform>%n missing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakesStrip</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WebCardBar</name>
    <message numerus="yes">
        <source>%n pictures are at %1. They have not been fetched yet.</source>
        <translation>
            <numerusform>%n picture is at %1. It has not been fetched yet.</numerusform>
            <numerusform>%n pictures are at %1. They have not been fetched yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::BoardCanvas</name>
    <message numerus="yes">
        <source>%n file(s) copied</source>
        <translation>
            <numerusform>%n file copied</numerusform>
            <numerusform>%n files copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::BoardController</name>
    <message numerus="yes">
        <source>%n file(s) are in the board now</source>
        <translation>
            <numerusform>%n file is in the board now</numerusform>
            <numerusform>%n files are in the board now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are links to their files now</source>
        <translation>
            <numerusform>%n picture is a link to its file now</numerusform>
            <numerusform>%n pictures are links to their files now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Found the files of %n picture(s)</source>
        <translation>
            <numerusform>Found the file of %n picture</numerusform>
            <numerusform>Found the files of %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::DownloadModel</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::FailedTakeModel</name>
    <message numerus="yes">
        <source>%n picture(s) not painted</source>
        <translation>
            <numerusform>%n picture not painted</numerusform>
            <numerusform>%n pictures not painted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) of the grid not painted</source>
        <translation>
            <numerusform>%n picture of the grid not painted</numerusform>
            <numerusform>%n pictures of the grid not painted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::GroundingModel</name>
    <message numerus="yes">
        <source>%n new picture(s) for: %1</source>
        <translation>
            <numerusform>%n new picture for: %1</numerusform>
            <numerusform>%n new pictures for: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::ImportProgress</name>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::LibraryModel</name>
    <message numerus="yes">
        <source>Found all %n picture(s) in %1</source>
        <translation>
            <numerusform>Found the picture in %1</numerusform>
            <numerusform>Found all %n pictures in %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::PaintOptions</name>
    <message numerus="yes">
        <source>%n steps</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::ReferencesModel</name>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n reference</numerusform>
            <numerusform>%n references</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::TeachModel</name>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures, </source>
        <translation>
            <numerusform>%n picture, </numerusform>
            <numerusform>%n pictures, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with captions</source>
        <translation>
            <numerusform>%n with a caption</numerusform>
            <numerusform>%n with captions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::VariationsModel</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::WebPictures</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
