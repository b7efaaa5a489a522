// moodloom search "PROMPT"
#include "app/cli/Commands.h"
#include "app/cli/Interrupt.h"
#include "app/cli/OpenIndex.h"
#include "app/cli/Options.h"
#include "app/cli/Words.h"

#include <algorithm>

namespace moodloom::cli {

int search(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Words::tr("Finds references for a prompt in the library."));
    parser.addPositionalArgument(QStringLiteral("PROMPT"), Words::tr("English or Chinese"));
    addIndexOptions(parser);
    parser.addOption({QStringLiteral("count"), Words::tr("references for each entity (12)"),
                      QStringLiteral("N")});
    if (auto ok = parse(parser, QStringLiteral("search"), arguments); !ok)
        return output.error(ok.error());
    const auto count = integer(parser, QStringLiteral("count"), 1, 500, 12);
    if (!count)
        return output.error(count.error());
    if (parser.positionalArguments().isEmpty())
        return output.usage(Words::tr("write what to look for: moodloom search \"PROMPT\""));
    auto index = openIndex(libraryFolder(parser), modelFolder(parser), library::Library::Mode::ReadOnly,
                           output);
    if (!index)
        return output.error(index.error());
    if (auto fresh = (*index)->retriever().refresh(stopOnInterrupt()); !fresh)
        return output.error(fresh.error());
    retrieval::Query query;
    query.prompt = (*index)->parse(parser.positionalArguments().join(QLatin1Char(' ')));
    query.perFacet = *count;
    const auto found = (*index)->retriever().retrieve(query, stopOnInterrupt());
    if (!found)
        return output.error(found.error());
    // What it lacks stands at the head of the nearest pictures, or alone where there are none.
    for (const int lacking : found->lacking) {
        const QString &words = query.prompt.facets[lacking].text;
        const bool any = std::any_of(found->references.begin(), found->references.end(),
                                     [&](const auto &r) { return r.facet == lacking; });
        output.result(QStringLiteral("lacking"), {{"facet", words}},
                      any ? QString() : lackingLine(words));
    }
    int facet = -2;
    for (const retrieval::Reference &reference : found->references) {
        QString text;
        if (std::exchange(facet, reference.facet) != reference.facet)
            text = (reference.facet < 0 ? Words::tr("(whole prompt)")
                    : reference.nearest
                        ? Words::tr("%1 The nearest pictures:")
                              .arg(lackingLine(query.prompt.facets[reference.facet].text))
                        : query.prompt.facets[reference.facet].text) +
                   QStringLiteral("\n");
        text += QStringLiteral("  %1  %2").arg(reference.why.fused, 6, 'f', 3).arg(reference.asset.path);
        output.result(QStringLiteral("reference"), referenceFields(reference, query.prompt), text);
    }
    output.result(QStringLiteral("found"),
                  {{"references", found->references.size()},
                   {"facets", query.prompt.facets.size()},
                   {"seconds", found->searchSeconds}},
                  found->references.isEmpty() ? Words::tr("Nothing found.") : QString());
    return Ok;
}

} // namespace moodloom::cli
