// What a picture in the service of a prompt can be: shared by retrieval and the board.
#pragma once

namespace moodloom {

// Suggested by a search, kept by the user, or sent away (and then held against its like).
enum class ReferenceState { Suggested, Pinned, Dropped };

// What the painter takes from it: what is there, how it looks, or how it is laid out.
enum class ReferenceRole { Content, Style, Layout };

} // namespace moodloom
