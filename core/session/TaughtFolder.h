// A folder of the user's pictures with captions, as a model is taught it.
//
// A picture's captions are the lines of the text file beside it (sea.txt or sea.caption for
// sea.jpg), else of the description inside the picture (XMP, IPTC, EXIF; its languages are lines),
// else its keywords, else its name made to words. Opening reads every file once, so that what is
// wrong is told before the work begins. Immutable after that; const use from any thread.
#pragma once

#include "core/training/TaughtPictures.h"

#include <QString>
#include <QStringList>
#include <QVector>

#include <functional>
#include <map>
#include <stop_token>

namespace moodloom::session {

class TaughtFolder : public training::TaughtPictures
{
public:
    // `failed` hears of each picture that cannot be read and is left out. Errors: NotFound (no such
    // folder, or no picture that can be read in it), Cancelled.
    static Result<TaughtFolder> open(const QString &folder,
                                     const std::function<void(const Error &)> &failed,
                                     std::stop_token stop = {});

    int64_t size() const override { return m_items.size(); }
    std::vector<std::string> captions(int64_t index) const override;
    Result<training::Picture> picture(int64_t index, int side) const override;

    QString path(int64_t index) const { return m_items[index].path; }
    int captioned() const { return m_captioned; } // pictures whose caption is more than their name
    // The captions' words that name something, and in how many pictures' captions each is.
    std::map<std::string, int> words() const;

private:
    struct Item
    {
        QString path;
        QStringList captions;
    };
    QVector<Item> m_items;
    int m_captioned = 0;
};

// "IMG_2041-red_sea (2).jpg" -> "red sea"; the whole name where no word is left.
QString wordsOfName(const QString &path);

} // namespace moodloom::session
