// Stands in for a header of Gloo that torch's own headers include and its package does not bring.
#pragma once

#include <memory>

namespace gloo {
namespace transport {
class Device;
class UnboundBuffer;
}  // namespace transport
}  // namespace gloo
