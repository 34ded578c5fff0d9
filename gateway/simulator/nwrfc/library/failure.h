// Failures on their way into the caller's RFC_ERROR_INFO.
#pragma once
#include <array>
#include <exception>
#include <string>
#include "abi.h"
#include "text.h"

namespace standin {

struct Failure {
  int code;
  int group;
  std::string key;
  std::string message;
  std::string messageClass, messageType, messageNumber;
  std::array<std::string, 4> variables;

  Failure(int code, std::string message, int group = externalRuntimeGroup);

  // The partner has ended the connection too, so its handle is dead from here on.
  bool endsConnection() const {
    return group == abapRuntimeGroup || group == logonGroup || group == communicationGroup;
  }
};

// RFC_BUFFER_TOO_SMALL; the addon asks again with the length that it was told beside.
Failure tooSmallFor(size_t needed);

// The name of an RFC_RC, e.g. RFC_COMMUNICATION_FAILURE.
const Unit* codeName(int code);

void writeNothing(ErrorInfo* info);
int write(const Failure& failure, ErrorInfo* info);

// Every function of the interface runs in here: the addon never initialises the error info, so it is written on
// success too; it may be null; and no C++ exception may leave the library.
template <class Body>
int guard(ErrorInfo* info, Body body) {
  writeNothing(info);
  try {
    body();
    return ok;
  } catch (const Failure& failure) {
    return write(failure, info);
  } catch (const std::exception& error) {
    return write(Failure(unknownError, std::string("stand-in: ") + error.what()), info);
  }
}

// The same for functions that return a handle, null on failure.
template <class Body>
Handle guardHandle(ErrorInfo* info, Body body) {
  Handle handle = nullptr;
  guard(info, [&] { handle = body(); });
  return handle;
}

}  // namespace standin
