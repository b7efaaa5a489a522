// A training step on several threads at once, each with a part of the batch and one compute thread.
//
// On a busy machine this is faster than one network on several OpenMP threads, which wait for the
// slowest of them after every operation. Used from one thread.
#pragma once

#include "core/tensor/Compat.h"

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace moodloom::training {

class ShardPool
{
public:
    explicit ShardPool(int threads);
    ~ShardPool();
    ShardPool(const ShardPool &) = delete;
    ShardPool &operator=(const ShardPool &) = delete;

    int size() const { return int(m_threads.size()); }
    // Calls work(0) ... work(size()-1), each on its thread, and returns when all are done. The first
    // exception is thrown again here.
    void run(const std::function<void(int)> &work);

private:
    void serve(int index);

    std::mutex m_mutex;
    std::condition_variable m_begin, m_end;
    const std::function<void(int)> *m_work = nullptr; // guarded
    std::vector<bool> m_due;                          // guarded: has to run m_work
    std::exception_ptr m_error;                       // guarded
    int m_left = 0;                                   // guarded
    bool m_quit = false;                              // guarded
    std::vector<std::thread> m_threads;
};

// One network for each shard. They share the weights' memory; each has gradients of its own.
template <class Network> class Replicas
{
public:
    // Calls make() once for each shard; the first result's weights become everybody's.
    template <class Make> Replicas(int count, Make make)
    {
        for (int i = 0; i < count; ++i) {
            m_networks.push_back(make());
            if (i == 0)
                continue;
            const auto shared = m_networks[0]->parameters();
            auto own = m_networks.back()->parameters();
            for (size_t p = 0; p < own.size(); ++p)
                own[p].set_data(shared[p].data());
        }
    }

    Network &operator[](int i) { return *m_networks[size_t(i)]; }
    Network &first() { return *m_networks.front(); }
    std::shared_ptr<Network> firstPointer() { return m_networks.front(); }

    // Adds the other shards' gradients to the first one's; `scale` on all of them (1 / shards for
    // losses that are means).
    void gather(double scale)
    {
        if (m_networks.size() == 1 && scale == 1)
            return;
        const at::NoGradGuard noGrad;
        auto target = m_networks[0]->parameters();
        for (size_t p = 0; p < target.size(); ++p) {
            at::Tensor sum = target[p].grad();
            for (size_t i = 1; i < m_networks.size(); ++i) {
                at::Tensor other = m_networks[i]->parameters()[p];
                if (!other.grad().defined())
                    continue;
                sum = sum.defined() ? sum.add_(other.grad()) : other.grad();
                other.mutable_grad() = at::Tensor();
            }
            if (sum.defined())
                target[p].mutable_grad() = sum.mul_(scale);
        }
    }

    std::vector<std::pair<std::string, at::Tensor>> parameters() const
    {
        std::vector<std::pair<std::string, at::Tensor>> named;
        for (const auto &item : m_networks.front()->named_parameters())
            named.emplace_back(item.key(), item.value());
        return named;
    }

private:
    std::vector<std::shared_ptr<Network>> m_networks;
};

} // namespace moodloom::training
