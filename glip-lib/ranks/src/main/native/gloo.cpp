// Opens a group of processes that talk by Gloo, in the libtorch that the JVM has loaded, and registers it by name. All
// that a group then does (sums, gathering, broadcasts) are operators which the engine has already; only the opening is
// none, so here it is one, for TorchScript.
#define USE_C10D_GLOO
#include "group.hpp"

#include <sstream>

#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

namespace {

using c10d::ProcessGroupGloo;

int64_t open_group(
    std::string name, std::string host, int64_t port, int64_t rank, int64_t size, int64_t patience, bool serves,
    std::string prefix, std::string interfaces, std::string address) {
  std::chrono::milliseconds timeout(patience);
  auto store = glip::open_store(host, port, size, timeout, serves, prefix);
  auto options = ProcessGroupGloo::Options::create(timeout);
  options->threads = 2;
  std::istringstream names(interfaces);
  for (std::string one; std::getline(names, one, ',');) {
    options->devices.push_back(ProcessGroupGloo::createDeviceForInterface(one));
  }
  if (options->devices.empty()) {
    options->devices.push_back(ProcessGroupGloo::createDeviceForHostname(address));
  }
  auto gloo =
      c10::make_intrusive<ProcessGroupGloo>(store, static_cast<int>(rank), static_cast<int>(size), options);
  glip::Groups::all().keep(
      name, store, rank, size, c10::DeviceType::CPU, c10d::ProcessGroup::BackendType::GLOO, gloo);
  return size;
}

}  // namespace

TORCH_LIBRARY(glip_ranks, library) {
  library.def(glip::OPEN, torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, &open_group));
  library.def(glip::CLOSE, torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, &glip::close_group));
}
