// A model to paint with in tests: the built-in one, else the tiny random one among the reference
// data. Painting with either goes through the same code.
#pragma once

#include <QDir>
#include <QString>

namespace moodloom::testing {

// Empty when neither is there: the test is skipped, saying so.
inline QString modelFolder()
{
    const QString builtIn = QStringLiteral(MOODLOOM_SOURCE_DIR "/resources/model");
    const QString tiny = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR") + QStringLiteral("/tiny-sd15");
    for (const QString &folder : {builtIn, tiny})
        if (QFile::exists(folder + QStringLiteral("/model_index.json")))
            return folder;
    return {};
}

} // namespace moodloom::testing

#define MOODLOOM_REQUIRE_MODEL()                                                                        \
    if (moodloom::testing::modelFolder().isEmpty())                                                     \
    QSKIP("no model: neither resources/model nor tiny-sd15 in MOODLOOM_CONFORMANCE_DIR")
