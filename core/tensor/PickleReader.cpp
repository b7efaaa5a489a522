#include "core/tensor/PickleReader.h"

#include "core/tensor/PickleMachine.h"

namespace moodloom::tensor {

namespace {

constexpr size_t maxDepth = 32;         // of nested dictionaries
constexpr size_t maxVisits = 4'000'000; // of values while naming them: shared ones count each time

// Names tensors and scalars by their path.
class Namer
{
public:
    void visit(const PickleValue &value, const std::string &path, size_t depth)
    {
        if (depth > maxDepth || ++m_visits > maxVisits)
            refuseCorruptPickle("it is nested too deeply");
        const auto inside = [&](const std::string &key) {
            return path.empty() ? key : path + "." + key;
        };
        switch (value.kind) {
        case PickleValue::Kind::Tensor:
            result.tensors[path] = value.tensor;
            return;
        case PickleValue::Kind::Flag:
        case PickleValue::Kind::Integer:
            result.scalars[path] = std::to_string(value.integer);
            return;
        case PickleValue::Kind::Real:
            result.scalars[path] = std::to_string(value.real);
            return;
        case PickleValue::Kind::Text:
            result.scalars[path] = value.text.substr(0, 4096);
            return;
        case PickleValue::Kind::Sequence:
            for (size_t i = 0; i < value.items.size(); ++i)
                visit(*value.items[i], inside(std::to_string(i)), depth + 1);
            return;
        case PickleValue::Kind::Dictionary:
            for (size_t i = 0; i + 1 < value.items.size(); i += 2) {
                const PickleValue &key = *value.items[i];
                if (key.kind == PickleValue::Kind::Text || key.kind == PickleValue::Kind::Integer)
                    visit(*value.items[i + 1],
                          inside(key.kind == PickleValue::Kind::Text ? key.text
                                                                     : std::to_string(key.integer)),
                          depth + 1);
            }
            return;
        default:
            return;
        }
    }

    PickledTensors result;

private:
    size_t m_visits = 0;
};

} // namespace

Result<PickledTensors> readPickle(std::span<const std::byte> bytes, const std::string &path)
{
    try {
        PickleMachine machine(bytes);
        const PickleValue *root = machine.run();
        Namer namer;
        namer.visit(*root, {}, 0);
        return std::move(namer.result);
    } catch (const PickleRefused &refused) {
        return fail(refused.code, path, refused.text);
    }
}

} // namespace moodloom::tensor
