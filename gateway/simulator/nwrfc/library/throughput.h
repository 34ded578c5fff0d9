// Counters that a caller may hang onto a connection.
#pragma once
#include <atomic>
#include <cstddef>

namespace standin {

class Throughput {
 public:
  void count(size_t sent, size_t received) {
    calls++;
    sentBytes += sent;
    receivedBytes += received;
  }
  void reset() { calls = sentBytes = receivedBytes = 0; }

  std::atomic<unsigned long long> calls{0}, sentBytes{0}, receivedBytes{0};
};

}  // namespace standin
