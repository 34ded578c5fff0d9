// Programs that SAP calls are nothing the gateway uses; the addon needs the names to be there.
#include "failure.h"

using namespace standin;

namespace {

int refuse(ErrorInfo* info) {
  return guard(info, [] { throw Failure(notSupported, "stand-in: programs that SAP calls are not there"); });
}

}  // namespace

extern "C" {

Handle RfcCreateServer(const ConnectionParameter*, unsigned, ErrorInfo* info) {
  refuse(info);
  return nullptr;
}

int RfcLaunchServer(Handle, ErrorInfo* info) { return refuse(info); }
int RfcShutdownServer(Handle, unsigned, ErrorInfo* info) { return refuse(info); }
int RfcDestroyServer(Handle, ErrorInfo* info) { return refuse(info); }
int RfcGetServerContext(Handle, void*, ErrorInfo* info) { return refuse(info); }
int RfcInstallGenericServerFunction(void*, void*, ErrorInfo* info) { return refuse(info); }
int RfcInstallAuthorizationCheckHandler(void*, ErrorInfo* info) { return refuse(info); }

}  // extern "C"
