// What a download will fetch, before anything is fetched.
//
// Values and pure functions; safe from any thread.
#pragma once

#include "core/base/Result.h"
#include "core/download/ModelRequest.h"

#include <QByteArray>
#include <QJsonObject>
#include <QVector>

#include <optional>

namespace moodloom::download {

struct PlannedFile
{
    QString path; // below the plan's folder; isSafePath()
    QUrl url;
    qint64 bytes = -1; // -1 = not known
    QString sha256;    // lower case; empty = not stated
    QString gitBlob;   // SHA-1 as git names its blobs, where that is what the hub states
    bool operator==(const PlannedFile &) const = default;
};

struct Plan
{
    QString title;  // "ORGANISATION/NAME", or a file's name
    QString folder; // below the chosen folder; empty = the files lie directly in that
    QString page;   // where its licence is; empty = none
    QVector<PlannedFile> files;

    qint64 bytes() const; // of all files; -1 where one is not known
    bool operator==(const Plan &) const = default;
};

// Relative, in no other folder than its own, of printable characters.
bool isSafePath(const QString &path);

// Whether Moodloom reads a file of this name.
bool isModelFile(const QString &name);

// From the hub's answer to `api/models/ID/revision/REVISION?blobs=true`. Errors: Corrupt (no such
// answer, or a file outside of its folder), NotFound (nothing there that Moodloom reads).
Result<Plan> planFromListing(const ModelRequest &request, const QUrl &endpoint,
                             const QByteArray &listing);
QUrl listingUrl(const ModelRequest &request, const QUrl &endpoint);

// A plan that is to be remembered. fromJson() gives nothing for what is not one, or is not safe.
QJsonObject toJson(const Plan &plan);
std::optional<Plan> planFromJson(const QJsonObject &json);

} // namespace moodloom::download
