// One connection to the simulated SAP: frames over a socket, one request at a time, which another thread may cancel.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include "description.h"
#include "failure.h"

namespace standin {

class Throughput;

class Connection {
 public:
  // Failure RFC_COMMUNICATION_FAILURE when nobody answers there.
  Connection(const std::string& host, const std::string& service);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // One request and its answer's `ok`; Failure carries its `error`.
  Json ask(const std::string& request);
  // From any thread: whoever waits for an answer gets RFC_CANCELED.
  void cancel();
  // From any thread: ends the connection.
  void hangUp();
  // From here on an answer may take as long as it wants.
  void waitWithoutLimit();

  Attributes attributes{};
  Repository* repository = nullptr;
  std::atomic<Throughput*> throughput{nullptr};

 private:
  void sendAll(const std::string& bytes);
  void receiveAll(char* buffer, size_t size);
  Failure broken(const std::string& what) const;

  std::string partner_;
  int socket_ = -1;
  std::mutex asking_;
  std::mutex ending_;  // guards the socket against being closed while another thread shuts it down
  std::atomic<bool> isCanceled_{false};
};

using ConnectionPointer = std::shared_ptr<Connection>;

// What the network layer reports, in its layout of lines.
Failure networkFailure(const std::string& error, int returnCode, const std::string& detail, int errorNumber);

}  // namespace standin
