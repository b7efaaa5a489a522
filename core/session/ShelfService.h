// The models on this machine: looked for in the background, shown as they are found, and looked for
// again when something changes on the disk.
//
// QObject of the UI thread. A Worker of its own walks the folders and reads the heads of files;
// what was inspected before is remembered (shelf::ShelfMemory, shared with the command line).
#pragma once

#include "core/shelf/ShelfEntry.h"

#include <QObject>
#include <QStringList>
#include <QVector>

#include <memory>
#include <optional>

namespace moodloom::session {

// A folder that the shelf looks in.
struct ShelfPlace
{
    shelf::ShelfFolder folder;
    bool own = false; // the user's; else another program's, found by itself
    bool there = true;
    QStringList looksIn; // the folders; of an extra_model_paths.yaml, those that it names
    QString problem;     // why it cannot be read, in words for the user; empty = none
    bool operator==(const ShelfPlace &) const = default;
};

struct ShelfProgress
{
    bool scanning = false;
    int done = 0, total = 0; // models; total 0 = folders are being walked
    QString current;
    bool operator==(const ShelfProgress &) const = default;
};

class ShelfService : public QObject
{
    Q_OBJECT
public:
    explicit ShelfService(QObject *parent = nullptr);
    ~ShelfService() override;

    // The user's folders, and those of other programs that are left out. Looks at all of them.
    void setFolders(const QStringList &own, const QStringList &leftOut);
    void rescan();

    const QVector<ShelfPlace> &places() const; // the user's first
    // In the order of shelf::comesBefore(). While a scan runs, what is gone stays and what is new
    // comes in.
    const QVector<shelf::ShelfEntry> &entries() const;
    const shelf::ShelfEntry *entry(const QString &path) const; // null = not on the shelf
    const ShelfProgress &progress() const;

    // What is painted with (folder or single file; empty = the built-in model): add-ons are held
    // against it. Looked up on the shelf, else inspected in the background.
    void setModel(const QString &model);
    const shelf::ShelfEntry &model() const; // its path is empty until it is known

    // Why it cannot be used, or not with the present model; in words for the user.
    std::optional<QString> reason(const shelf::ShelfEntry &entry) const;
    // For an add-on that is in use: also that it is gone. Nothing while that is not known.
    std::optional<QString> reason(const QString &path) const;

Q_SIGNALS:
    void placesChanged();
    void entriesChanged();
    void progressChanged();
    void modelChanged();

private:
    void take();
    void watchFiles(const QVector<ShelfPlace> &places);
    void showProgress(const ShelfProgress &progress);
    void findModel();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
