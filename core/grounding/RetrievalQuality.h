// How well the trial library is searched, in each of the ways and in both languages.
#pragma once

#include "core/grounding/Bootstrap.h"
#include "core/grounding/Trial.h"
#include "core/grounding/TrialLibrary.h"

#include <vector>

namespace moodloom::grounding {

enum class QueryKind {
    Name,       // "a Kalden SUV": a picture of that design is right
    Look,       // "a red SUV with white stripes": one of that family, colours and pattern is
    TwoEntities // two names in one prompt: each must find its own design
};
QString nameOf(QueryKind kind);

struct RetrievalFinding
{
    QueryKind kind = QueryKind::Name;
    SearchMode mode = SearchMode::Fused;
    Language language = Language::English;
    Interval recall1, recall5, recall10; // share of entities with a right picture among the first k
    Interval coverage; // share of prompts all of whose entities have one among the first three
    bool plainEncoders =
        false; // found by the generator's own encoders: see Condition::RetrievedPlain
};

// Asks for `queries` designs that the library shows, chosen by the seed. Errors: those of search.
Result<std::vector<RetrievalFinding>> measureRetrieval(TrialLibrary &library, int queries,
                                                       uint64_t seed, std::stop_token stop = {});

} // namespace moodloom::grounding
