// What single options of `moodloom generate` say: files with numbers, roles and places behind them.
#pragma once

#include "core/base/Result.h"
#include "core/generation/Recipe.h"

namespace moodloom::cli {

// Errors of all: Invalid, naming the option and what it may be; NotFound; those of reading
// pictures.

// A picture with its hash.
Result<generation::RecipePicture> readPicture(const QString &path);
// The absolute path of what is loaded later, told to be missing before: loading takes long.
Result<QString> existing(const QString &path);
// FILE[:SCALE]
Result<generation::RecipeLora> readLora(const QString &text);
// FILE[:WEIGHT[:ROLE[:FROM-TO]]]
Result<generation::RecipeReference> readPin(const QString &text);
// LEFT,TOP,WIDTH,HEIGHT[:WEIGHT[:FROM-TO]]=TEXT, as a note that lies there in the frame.
Result<generation::RecipeText> readNote(const QString &given);

} // namespace moodloom::cli
