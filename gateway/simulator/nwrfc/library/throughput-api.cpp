// The functions of the interface that count what goes over a connection. Times are not measured here.
#include "registry.h"
#include "throughput.h"

using namespace standin;

namespace {

Throughput& throughputOf(Handle handle) {
  if (handle == nullptr)
    throw Failure(invalidHandle, "An invalid handle 'RFC_THROUGHPUT_HANDLE' was passed to the API call");
  return *static_cast<Throughput*>(handle);
}

int count(Handle handle, std::atomic<unsigned long long> Throughput::* counter, unsigned long long* value,
          ErrorInfo* info) {
  return guard(info, [&] { *value = counter == nullptr ? 0 : (throughputOf(handle).*counter).load(); });
}

}  // namespace

extern "C" {

Handle RfcCreateThroughput(ErrorInfo* info) {
  return guardHandle(info, [] { return new Throughput; });
}

int RfcDestroyThroughput(Handle handle, ErrorInfo* info) {
  return guard(info, [&] {
    Throughput* const throughput = &throughputOf(handle);
    detachThroughput(throughput);
    delete throughput;
  });
}

int RfcSetThroughputOnConnection(Handle connection, Handle handle, ErrorInfo* info) {
  return guard(info, [&] { connectionOf(connection)->throughput = &throughputOf(handle); });
}

Handle RfcGetThroughputFromConnection(Handle connection, ErrorInfo* info) {
  return guardHandle(info, [&] { return connectionOf(connection)->throughput.load(); });
}

int RfcRemoveThroughputFromConnection(Handle connection, ErrorInfo* info) {
  return guard(info, [&] { connectionOf(connection)->throughput = nullptr; });
}

int RfcResetThroughput(Handle handle, ErrorInfo* info) {
  return guard(info, [&] { throughputOf(handle).reset(); });
}

int RfcGetNumberOfCalls(Handle handle, unsigned long long* value, ErrorInfo* info) {
  return count(handle, &Throughput::calls, value, info);
}
int RfcGetSentBytes(Handle handle, unsigned long long* value, ErrorInfo* info) {
  return count(handle, &Throughput::sentBytes, value, info);
}
int RfcGetReceivedBytes(Handle handle, unsigned long long* value, ErrorInfo* info) {
  return count(handle, &Throughput::receivedBytes, value, info);
}
int RfcGetApplicationTime(Handle handle, unsigned long long* value, ErrorInfo* info) {
  return count(handle, nullptr, value, info);
}
int RfcGetTotalTime(Handle handle, unsigned long long* value, ErrorInfo* info) {
  return count(handle, nullptr, value, info);
}
int RfcGetSerializationTime(Handle handle, unsigned long long* value, ErrorInfo* info) {
  return count(handle, nullptr, value, info);
}
int RfcGetDeserializationTime(Handle handle, unsigned long long* value, ErrorInfo* info) {
  return count(handle, nullptr, value, info);
}

}  // extern "C"
