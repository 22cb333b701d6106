// A new compiler on a new system asks for two symbols that older systems lack; they are small enough to bring along, so
// that the opener runs wherever the engine does.
#include <new>

extern "C" {
// Of glibc 2.32: whether counters may go without atomic operations. A JVM has several threads.
__attribute__((visibility("hidden"))) char __libc_single_threaded = 0;
}

namespace std {
// Of libstdc++ 11.
__attribute__((visibility("hidden"))) void __throw_bad_array_new_length() {
  throw bad_array_new_length();
}
}  // namespace std
