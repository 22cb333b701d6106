// What the openers have in common: the store by which ranks find each other, and the groups that are kept.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/GroupRegistry.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#include <torch/library.h>

namespace glip {

// Connects to the store at host:port, or serves it there. Keys get the prefix, so that a group that is made again by a
// launcher which keeps its store reads nothing of the one before.
inline c10::intrusive_ptr<c10d::Store> open_store(
    const std::string& host, int64_t port, int64_t size, std::chrono::milliseconds patience, bool serves,
    const std::string& prefix) {
  c10d::TCPStoreOptions options;
  options.port = static_cast<std::uint16_t>(port);
  options.isServer = serves;
  options.numWorkers = static_cast<std::size_t>(size);
  options.timeout = patience;
  return c10::make_intrusive<c10d::PrefixStore>(prefix, c10::make_intrusive<c10d::TCPStore>(host, options));
}

// The engine's registry of groups holds weak references; here are the strong ones. They are never destroyed when the
// process ends: a group that has lost a rank would wait for it once more.
class Groups {
 public:
  static Groups& all() {
    static auto* groups = new Groups();
    return *groups;
  }

  void keep(
      const std::string& name, const c10::intrusive_ptr<c10d::Store>& store, int64_t rank, int64_t size,
      c10::DeviceType device, c10d::ProcessGroup::BackendType kind, const c10::intrusive_ptr<c10d::Backend>& backend) {
    auto group = c10::make_intrusive<c10d::ProcessGroup>(store, static_cast<int>(rank), static_cast<int>(size));
    group->setBackend(device, kind, backend);
    group->setGroupName(name);
    c10d::register_process_group(name, group);
    std::lock_guard<std::mutex> guard(lock_);
    held_[name] = group;
  }

  void drop(const std::string& name) {
    std::lock_guard<std::mutex> guard(lock_);
    if (held_.count(name) != 0) {
      c10d::unregister_process_group(name);
      held_.erase(name);
    }
  }

 private:
  std::mutex lock_;
  std::map<std::string, c10::intrusive_ptr<c10d::ProcessGroup>> held_;
};

inline int64_t close_group(std::string name) {
  Groups::all().drop(name);
  return 0;
}

// open(name, host, port, rank, size, patience in milliseconds, whether this rank serves the store, prefix of its keys,
// interfaces or else an address to talk by) -> size. An operator whose result nobody uses would be removed as dead code.
constexpr const char* OPEN =
    "open(str name, str host, int port, int rank, int size, int patience, bool serves, str prefix, str interfaces,"
    " str address) -> int";
constexpr const char* CLOSE = "close(str name) -> int";

}  // namespace glip
