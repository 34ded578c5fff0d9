#include "failure.h"
#include <iterator>

namespace standin {

namespace {

const Unit* const codeNames[] = {
    u"RFC_OK", u"RFC_COMMUNICATION_FAILURE", u"RFC_LOGON_FAILURE", u"RFC_ABAP_RUNTIME_FAILURE", u"RFC_ABAP_MESSAGE",
    u"RFC_ABAP_EXCEPTION", u"RFC_CLOSED", u"RFC_CANCELED", u"RFC_TIMEOUT", u"RFC_MEMORY_INSUFFICIENT",
    u"RFC_VERSION_MISMATCH", u"RFC_INVALID_PROTOCOL", u"RFC_SERIALIZATION_FAILURE", u"RFC_INVALID_HANDLE", u"RFC_RETRY",
    u"RFC_EXTERNAL_FAILURE", u"RFC_EXECUTED", u"RFC_NOT_FOUND", u"RFC_NOT_SUPPORTED", u"RFC_ILLEGAL_STATE",
    u"RFC_INVALID_PARAMETER", u"RFC_CODEPAGE_CONVERSION_FAILURE", u"RFC_CONVERSION_FAILURE", u"RFC_BUFFER_TOO_SMALL",
    u"RFC_TABLE_MOVE_BOF", u"RFC_TABLE_MOVE_EOF", u"RFC_START_SAPGUI_FAILURE", u"RFC_ABAP_CLASS_EXCEPTION",
    u"RFC_UNKNOWN_ERROR", u"RFC_AUTHORIZATION_FAILURE", u"RFC_AUTHENTICATION_FAILURE", u"RFC_CRYPTOLIB_FAILURE",
    u"RFC_IO_FAILURE", u"RFC_LOCKING_FAILURE",
};

}  // namespace

const Unit* codeName(int code) {
  const bool isKnown = code >= 0 && code < static_cast<int>(std::size(codeNames));
  return codeNames[isKnown ? code : static_cast<int>(unknownError)];
}

Failure::Failure(int failureCode, std::string text, int failureGroup)
    : code(failureCode), group(failureGroup), key(utf8Of(codeName(failureCode))), message(std::move(text)) {}

Failure tooSmallFor(size_t needed) {
  return Failure(bufferTooSmall, "The buffer is too small, it needs a length of " + std::to_string(needed));
}

void writeNothing(ErrorInfo* info) {
  if (info != nullptr) std::memset(info, 0, sizeof *info);
}

int write(const Failure& failure, ErrorInfo* info) {
  if (info == nullptr) return failure.code;
  info->code = failure.code;
  info->group = failure.group;
  fill(info->key, fromUtf8(failure.key));
  fill(info->message, fromUtf8(failure.message));
  fill(info->messageClass, fromUtf8(failure.messageClass));
  fill(info->messageType, fromUtf8(failure.messageType));
  fill(info->messageNumber, fromUtf8(failure.messageNumber));
  for (size_t i = 0; i < failure.variables.size(); i++) fill(info->variables[i], fromUtf8(failure.variables[i]));
  return failure.code;
}

}  // namespace standin
