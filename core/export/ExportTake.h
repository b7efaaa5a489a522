// A take as a file for other programs: a PNG, or a PSD with what led to it.
//
// Inputs are plain values: whoever holds the board or the command line fills them in. May run on
// any thread; a PSD with notes needs a QGuiApplication (fonts).
#pragma once

#include "core/export/Psd.h"
#include "core/generation/Take.h"

#include <QRectF>
#include <QStringList>
#include <QVector>

namespace moodloom::exporting {

struct ExportReference
{
    QString caption; // names the layer; the file's name when empty
    QImage image;    // when null, it is read from `path`
    QString path;
    double weight = 1; // 0..2; kept in the recipe, the layer's opacity is full
    QRectF region;     // inside the picture, 0..1, may reach beyond; empty = everywhere
};

struct ExportNote
{
    QString text;
    QRectF region; // as above; empty = down the left side, below the note before
};

struct TakeExport
{
    generation::Take take;
    QVector<ExportReference> references;
    QVector<ExportNote> notes;
    QImage drawing; // drawn by hand over the picture, clear elsewhere; scaled to it; null = nothing
};

struct ExportReport
{
    // References whose picture could not be read: "caption: reason". Their layers are empty.
    QStringList missing;
};

// The document that exportPsd() writes, from the lowest layer up: the group "Take" (visible), the
// hidden groups "References" (each scaled into its region, its shape kept), "Notes" and "Drawing".
// Groups without content are left out.
Result<PsdDocument> takeDocument(const TakeExport &content, ExportReport *report = nullptr,
                                 const ExportControl &control = {});

// Errors: Invalid (the take has no picture; too large), Cancelled, OutOfMemory, and those of
// writeFileSafely; the old file then stays.
Result<ExportReport> exportPsd(const TakeExport &content, const QString &path,
                               PsdFormat format = PsdFormat::Psd,
                               const ExportControl &control = {});

// The picture with its recipe in the texts "moodloom" (JSON) and "parameters" (as other programs
// show it) and as XMP. Same recipe, same picture: same bytes. Errors: those of writePng.
Result<void> exportPng(const generation::Take &take, const QString &path,
                       const ExportControl &control = {});

// The recipe inside a PNG that exportPng() wrote, also after other programs saved it again with its
// texts. Errors: NotFound (no such file, or no recipe inside), Unreadable, Corrupt, NewerVersion.
Result<generation::Recipe> readRecipe(const QString &pngPath);

} // namespace moodloom::exporting
