#include "registry.h"
#include <map>

namespace standin {

namespace {

// Never destroyed: threads of the addon may outlive main.
std::mutex& mutex() {
  static auto& it = *new std::mutex;
  return it;
}

std::map<Handle, ConnectionPointer>& connections() {
  static auto& it = *new std::map<Handle, ConnectionPointer>;
  return it;
}

std::atomic<long> openFunctions{0};

}  // namespace

Handle registerConnection(ConnectionPointer connection) {
  static uintptr_t last = 0x10000;
  const std::lock_guard<std::mutex> lock(mutex());
  last += 16;
  const Handle handle = reinterpret_cast<Handle>(last);
  connections()[handle] = std::move(connection);
  return handle;
}

ConnectionPointer connectionOf(Handle handle) {
  const std::lock_guard<std::mutex> lock(mutex());
  const auto found = connections().find(handle);
  if (found == connections().end())
    throw Failure(invalidHandle, "An invalid handle 'RFC_CONNECTION_HANDLE' was passed to the API call");
  return found->second;
}

void forgetConnection(Handle handle) {
  ConnectionPointer connection;
  {
    const std::lock_guard<std::mutex> lock(mutex());
    const auto found = connections().find(handle);
    if (found == connections().end()) return;
    connection = std::move(found->second);
    connections().erase(found);
  }
  // Whoever still waits on it holds a pointer of his own; the socket closes with the last one.
  connection->hangUp();
}

Json askOn(Handle handle, const std::string& request) {
  const ConnectionPointer connection = connectionOf(handle);
  try {
    return connection->ask(request);
  } catch (const Failure& failure) {
    if (failure.endsConnection()) forgetConnection(handle);
    throw;
  }
}

Container* createFunction(const Layout& layout) {
  auto function = std::make_unique<Container>(layout, false);
  openFunctions++;
  return function.release();
}

void destroyFunction(Handle function) {
  delete &containerOf(function);
  openFunctions--;
}

Container& containerOf(Handle handle) {
  if (handle == nullptr) throw Failure(invalidHandle, "An invalid handle was passed to the API call");
  return *static_cast<Container*>(handle);
}

const Layout& layoutOf(Handle handle) {
  if (handle == nullptr) throw Failure(invalidHandle, "An invalid handle was passed to the API call");
  return *static_cast<const Layout*>(handle);
}

void detachThroughput(const Throughput* throughput) {
  const std::lock_guard<std::mutex> lock(mutex());
  for (const auto& entry : connections())
    if (entry.second->throughput == throughput) entry.second->throughput = nullptr;
}

std::string describeHandles() {
  const std::lock_guard<std::mutex> lock(mutex());
  const std::string functions = std::to_string(openFunctions.load());
  return "\"handles\":{\"connections\":" + std::to_string(connections().size()) + ",\"functions\":" + functions + "}";
}

}  // namespace standin
