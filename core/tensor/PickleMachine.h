// The machine behind PickleReader.h: Python's pickle instructions over plain values. Internal.
//
// Throws PickleRefused, which readPickle() catches: it is too deep to hand a Result through every
// instruction.
#pragma once

#include "core/tensor/PickleReader.h"

#include <deque>

namespace moodloom::tensor {

struct PickleRefused
{
    ErrorCode code;
    std::string text;
};
[[noreturn]] void refuseCorruptPickle(const std::string &text);

// Values are never freed before the end, so that even those that contain themselves are harmless.
struct PickleValue
{
    enum class Kind {
        None,
        Flag,
        Integer,
        Real,
        Text,
        Sequence,
        Dictionary,
        Global,
        Storage,
        Tensor,
        Mark
    };
    Kind kind = Kind::None;
    int64_t integer = 0; // Flag, Integer
    double real = 0;
    std::string text;                 // Text; Global: "torch.FloatStorage"
    std::vector<PickleValue *> items; // Sequence; Dictionary: key, value, key, value ...
    PickledTensor tensor;             // Tensor; Storage: its name and dtype
};

class PickleMachine
{
public:
    explicit PickleMachine(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    // Runs to the end; what the pickle describes. It lives as long as the machine.
    const PickleValue *run();

private:
    using Value = PickleValue;
    using Kind = PickleValue::Kind;

    uint8_t byte();
    uint64_t number(int width); // little-endian
    std::string text(uint64_t length);
    std::string line();

    Value *make(Kind kind);
    void push(Value *value) { m_stack.push_back(value); }
    void pushInteger(int64_t integer, Kind kind = Kind::Integer);
    void pushText(std::string content, Kind kind = Kind::Text);
    void pushLong(uint64_t length); // two's complement, little-endian
    void pushReal();                // big-endian
    void pushSequence(std::vector<Value *> items);
    void pushTuple(size_t count);
    void pushGlobal(const std::string &name);
    Value *top() const;
    Value *pop();
    std::vector<Value *> popToMark();
    // Puts items behind those of the list or dictionary that is now on top.
    void extend(Kind kind, const std::vector<Value *> &items);
    void remember(uint64_t index);
    void recall(uint64_t index);

    // The result of calling a global that describes tensors.
    Value *call(const Value &global, const Value &arguments);
    Value *tensor(const std::vector<Value *> &items); // storage, offset, size, stride, ...
    Value *storage(const Value &id); // ("storage", torch.FloatStorage, key, device, count)

    void step(char opcode);
    bool stepValue(char opcode);
    bool stepContainer(char opcode);

    std::span<const std::byte> m_bytes;
    size_t m_at = 0;
    std::deque<Value> m_values;
    std::vector<Value *> m_stack;
    std::map<uint64_t, Value *> m_memo;
};

} // namespace moodloom::tensor
