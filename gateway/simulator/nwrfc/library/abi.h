// Binary interface between the node-rfc addon and SAP's two libraries: numbers and layouts that the addon was compiled
// with. Written from public facts about the addon, not from SAP's header. A wrong offset fails the build.
#pragma once
#include <cstddef>
#include <cstdint>

namespace standin {

using Unit = char16_t;  // SAP_UC on Linux: one UTF-16 code unit
using Handle = void*;

// RFCTYPE
enum class Type : int {
  chars = 0, date = 1, packed = 2, time = 3, bytes = 4, table = 5, digits = 6, floating = 7, int4 = 8, int2 = 9,
  int1 = 10, structure = 17, decimal16 = 23, decimal34 = 24, string = 29, xstring = 30, int8 = 31, utclong = 32,
};

// RFC_RC
enum Code : int {
  ok = 0, communicationFailure = 1, canceled = 7, invalidProtocol = 11, invalidHandle = 13, notSupported = 18,
  invalidParameter = 20, conversionFailure = 22, bufferTooSmall = 23, tableMoveEof = 25, unknownError = 28,
};

// RFC_ERROR_GROUP
enum Group : int { abapRuntimeGroup = 2, logonGroup = 3, communicationGroup = 4, externalRuntimeGroup = 5 };

// RFC_DIRECTION, as bits: CHANGING goes both ways, and so does TABLES.
enum Direction : int { importing = 1, exporting = 2, changing = 3, tables = 7 };

struct ErrorInfo {
  int code, group;
  Unit key[128], message[512];
  Unit messageClass[21], messageType[2], messageNumber[4], variables[4][51];
};
static_assert(offsetof(ErrorInfo, key) == 8 && offsetof(ErrorInfo, message) == 264);
static_assert(offsetof(ErrorInfo, messageClass) == 1288 && offsetof(ErrorInfo, messageType) == 1330);
static_assert(offsetof(ErrorInfo, messageNumber) == 1334 && offsetof(ErrorInfo, variables) == 1342);
static_assert(sizeof(ErrorInfo) == 1752);

struct ConnectionParameter {
  const Unit* name;
  const Unit* value;
};
static_assert(sizeof(ConnectionParameter) == 16);

struct ParameterDescription {
  Unit name[31];
  int type, direction;
  unsigned length, unicodeLength, decimals;
  Handle layout;
  Unit defaultValue[31], text[80];
  unsigned char isOptional;
  void* extended;
};
static_assert(offsetof(ParameterDescription, type) == 64 && offsetof(ParameterDescription, direction) == 68);
static_assert(offsetof(ParameterDescription, length) == 72 && offsetof(ParameterDescription, layout) == 88);
static_assert(offsetof(ParameterDescription, text) == 158 && offsetof(ParameterDescription, isOptional) == 318);
static_assert(sizeof(ParameterDescription) == 328);

struct FieldDescription {
  Unit name[31];
  int type;
  unsigned length, offset, unicodeLength, unicodeOffset, decimals;
  Handle layout;
  void* extended;
};
static_assert(offsetof(FieldDescription, type) == 64 && offsetof(FieldDescription, length) == 68);
static_assert(offsetof(FieldDescription, layout) == 88 && sizeof(FieldDescription) == 104);

struct Attributes {
  Unit dest[65], host[101], partnerHost[101], sysNumber[3], sysId[9], client[4], user[13], language[3], trace[2];
  Unit isoLanguage[3], codepage[5], partnerCodepage[5], rfcRole[2], type[2], partnerType[2], rel[5], partnerRel[5];
  Unit kernelRel[5], cpicConvId[9], progName[129], partnerBytesPerChar[2], partnerSystemCodepage[5], partnerIP[16];
  Unit partnerIPv6[46], reserved[17];
};
static_assert(offsetof(Attributes, sysNumber) == 534 && offsetof(Attributes, user) == 566);
static_assert(offsetof(Attributes, codepage) == 608 && offsetof(Attributes, cpicConvId) == 670);
static_assert(offsetof(Attributes, progName) == 688 && offsetof(Attributes, partnerIPv6) == 992);
static_assert(sizeof(Attributes) == 1118);

}  // namespace standin
