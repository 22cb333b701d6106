// The same for processes with a GPU each, which talk by NCCL. Untested: it compiles and links.
#define USE_C10D_NCCL
#include "group.hpp"

#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>

namespace {

// NCCL chooses interfaces by itself, and by NCCL_SOCKET_IFNAME.
int64_t open_group(
    std::string name, std::string host, int64_t port, int64_t rank, int64_t size, int64_t patience, bool serves,
    std::string prefix, std::string interfaces, std::string address) {
  std::chrono::milliseconds timeout(patience);
  auto store = glip::open_store(host, port, size, timeout, serves, prefix);
  auto options = c10d::ProcessGroupNCCL::Options::create();
  options->timeout = timeout;
  auto nccl = c10::make_intrusive<c10d::ProcessGroupNCCL>(
      store, static_cast<int>(rank), static_cast<int>(size), options);
  glip::Groups::all().keep(
      name, store, rank, size, c10::DeviceType::CUDA, c10d::ProcessGroup::BackendType::NCCL, nccl);
  return size;
}

}  // namespace

TORCH_LIBRARY(glip_ranks, library) {
  library.def(glip::OPEN, torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, &open_group));
  library.def(glip::CLOSE, torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, &glip::close_group));
}
