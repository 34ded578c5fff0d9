// Handles that are given out.
#pragma once
#include "connection.h"
#include "container.h"

namespace standin {

Handle registerConnection(ConnectionPointer connection);
// Failure RFC_INVALID_HANDLE for one that was never given out, or is closed, or whose connection died.
ConnectionPointer connectionOf(Handle handle);
// The handle is dead from here on, and is never given out again.
void forgetConnection(Handle handle);
// One request; a failure that ends the connection kills the handle.
Json askOn(Handle handle, const std::string& request);

Container* createFunction(const Layout& layout);
void destroyFunction(Handle function);
Container& containerOf(Handle handle);
const Layout& layoutOf(Handle handle);

// Before the counters are destroyed, no connection may hold them.
void detachThroughput(const Throughput* throughput);

// What is open, as a member of a request: a test asks for it with a ping.
std::string describeHandles();

}  // namespace standin
