#include "core/generation/PaintFiles.h"

#include "core/base/Paths.h"

namespace moodloom::generation {

std::string modelOf(const Recipe &recipe)
{
    return (recipe.model.isEmpty() ? builtInModelFolder() : recipe.model).toStdString();
}

PaintFiles filesOf(const Recipe &recipe, const models::MemoryPlan &plan)
{
    PaintFiles files{modelOf(recipe), {},          recipe.imageEncoder.toStdString(),
                     plan.device,     plan.format, plan.thrift == models::Thrift::Files};
    for (const QString &adapter : recipe.adapters)
        files.adapters.push_back(adapter.toStdString());
    return files;
}

models::MemoryRequest memoryRequestOf(const Recipe &recipe, const std::string &previewDecoder)
{
    models::MemoryRequest request;
    request.model = modelOf(recipe);
    request.width = recipe.size.width();
    request.height = recipe.size.height();
    request.guided = recipe.guidance > 1;
    request.paintsOver = !recipe.start.picture.isEmpty();
    for (const RecipeReference &reference : recipe.references)
        request.references += reference.weight > 0;
    request.imageEncoder = recipe.imageEncoder.toStdString();
    for (const QString &adapter : recipe.adapters)
        request.adapters.push_back(adapter.toStdString());
    for (const RecipeControl &control : recipe.controls)
        if (control.scale > 0)
            request.controlNets.push_back(control.network.toStdString());
    for (const RecipeLora &lora : recipe.loras)
        if (lora.scale != 0)
            request.loras.push_back(lora.path.toStdString());
    request.previewDecoder = previewDecoder;
    return request;
}

} // namespace moodloom::generation
