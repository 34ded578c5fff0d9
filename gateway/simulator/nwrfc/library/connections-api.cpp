// The functions of the interface that open, use and close connections.
#include "destination.h"
#include "registry.h"

using namespace standin;

extern "C" {

Handle RfcOpenConnection(const ConnectionParameter* parameters, unsigned count, ErrorInfo* info) {
  return guardHandle(info, [&] { return registerConnection(logOn(readParameters(parameters, count))); });
}

int RfcCloseConnection(Handle connection, ErrorInfo* info) {
  return guard(info, [&] {
    connectionOf(connection);
    forgetConnection(connection);
  });
}

int RfcCancel(Handle connection, ErrorInfo* info) {
  return guard(info, [&] { connectionOf(connection)->cancel(); });
}

int RfcPing(Handle connection, ErrorInfo* info) {
  return guard(info, [&] { askOn(connection, "{\"op\":\"ping\"," + describeHandles() + "}"); });
}

int RfcResetServerContext(Handle connection, ErrorInfo* info) {
  return guard(info, [&] { askOn(connection, "{\"op\":\"reset\"}"); });
}

int RfcGetConnectionAttributes(Handle connection, Attributes* attributes, ErrorInfo* info) {
  return guard(info, [&] { *attributes = connectionOf(connection)->attributes; });
}

int RfcInvoke(Handle connection, Handle function, ErrorInfo* info) {
  return guard(info, [&] {
    Container& called = containerOf(function);
    const Layout& layout = called.layout();
    std::string request = "{\"op\":\"invoke\",\"function\":";
    writeQuoted(layout.name, request);
    std::string skipped;
    for (size_t place = 0; place < layout.fields.size(); place++) {
      if (called.isActive(place)) continue;
      if (!skipped.empty()) skipped += ',';
      writeQuoted(layout.fields[place].name, skipped);
    }
    if (!skipped.empty()) request += ",\"skip\":[" + skipped + "]";
    request += ",\"input\":";
    called.writeInput(request);
    called.readOutput(askOn(connection, request + "}"));
  });
}

}  // extern "C"
