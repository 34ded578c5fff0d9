// The functions of the interface that set and get values, and walk through structures and tables.
#include <charconv>
#include "convert.h"
#include "registry.h"

using namespace standin;

namespace {

struct Place {
  Container& container;
  const Field& field;

  Text text() const { return container.get(field); }
  std::string bytes() const {
    if (field.type == Type::bytes || field.type == Type::xstring) return bytesOf(text());
    throw Failure(invalidParameter, "field '" + toUtf8(field.name) + "' holds no bytes");
  }
};

Place at(Handle handle, const Unit* name) {
  Container& line = containerOf(handle).line();
  return {line, line.fieldNamed(name)};
}

int setText(Handle handle, const Unit* name, const Unit* value, size_t length, ErrorInfo* info) {
  return guard(info, [&] {
    const Place place = at(handle, name);
    place.container.set(place.field, toKept(place.field, std::u16string_view(value, length)));
  });
}

int setBytes(Handle handle, const Unit* name, const unsigned char* value, unsigned length, ErrorInfo* info) {
  return guard(info, [&] {
    const Place place = at(handle, name);
    place.container.set(place.field, bytesToKept(place.field, value, length));
  });
}

int setInteger(Handle handle, const Unit* name, int64_t value, ErrorInfo* info) {
  return guard(info, [&] {
    const Place place = at(handle, name);
    place.container.set(place.field, integerToKept(place.field, value));
  });
}

// Blank padded to the caller's length, without an end: that is how the addon's buffers are made.
int getFixed(Handle handle, const Unit* name, Unit* buffer, size_t length, ErrorInfo* info) {
  return guard(info, [&] {
    const Text text = at(handle, name).text();
    if (text.size() > length) throw tooSmallFor(text.size());
    std::fill_n(std::copy(text.begin(), text.end(), buffer), length - text.size(), u' ');
  });
}

template <class Number>
int getNumber(Handle handle, const Unit* name, Number* value, ErrorInfo* info) {
  return guard(info, [&] {
    const Place place = at(handle, name);
    const std::string text = toUtf8(place.text());
    const auto read = std::from_chars(text.data(), text.data() + text.size(), *value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
      throw Failure(conversionFailure, "field '" + toUtf8(place.field.name) + "' is not of that type or too large");
  });
}

int getPart(Handle handle, const Unit* name, Type type, Handle* part, ErrorInfo* info) {
  return guard(info, [&] {
    Container& line = containerOf(handle).line();
    *part = &line.part(line.fieldNamed(name, &type));
  });
}

}  // namespace

extern "C" {

int RfcGetStructure(Handle handle, const Unit* name, Handle* structure, ErrorInfo* info) {
  return getPart(handle, name, Type::structure, structure, info);
}

int RfcGetTable(Handle handle, const Unit* name, Handle* table, ErrorInfo* info) {
  return getPart(handle, name, Type::table, table, info);
}

int RfcGetRowCount(Handle table, unsigned* count, ErrorInfo* info) {
  return guard(info, [&] { *count = static_cast<unsigned>(containerOf(table).rowCount()); });
}

int RfcMoveTo(Handle table, unsigned row, ErrorInfo* info) {
  return guard(info, [&] { containerOf(table).moveTo(row); });
}

Handle RfcAppendNewRow(Handle table, ErrorInfo* info) {
  return guardHandle(info, [&] { return &containerOf(table).append(); });
}

int RfcDeleteCurrentRow(Handle table, ErrorInfo* info) {
  return guard(info, [&] { containerOf(table).deleteCurrent(); });
}

int RfcSetString(Handle handle, const Unit* name, const Unit* value, unsigned length, ErrorInfo* info) {
  return setText(handle, name, value, length, info);
}

int RfcSetNum(Handle handle, const Unit* name, const Unit* value, unsigned length, ErrorInfo* info) {
  return setText(handle, name, value, length, info);
}

// No length is given, so a text that ends early is all there is.
int RfcSetDate(Handle handle, const Unit* name, const Unit* value, ErrorInfo* info) {
  return setText(handle, name, value, std::min<size_t>(lengthOf(value), 8), info);
}

int RfcSetTime(Handle handle, const Unit* name, const Unit* value, ErrorInfo* info) {
  return setText(handle, name, value, std::min<size_t>(lengthOf(value), 6), info);
}

int RfcSetBytes(Handle handle, const Unit* name, const unsigned char* value, unsigned length, ErrorInfo* info) {
  return setBytes(handle, name, value, length, info);
}

int RfcSetXString(Handle handle, const Unit* name, const unsigned char* value, unsigned length, ErrorInfo* info) {
  return setBytes(handle, name, value, length, info);
}

int RfcSetInt(Handle handle, const Unit* name, int value, ErrorInfo* info) {
  return setInteger(handle, name, value, info);
}

int RfcSetInt8(Handle handle, const Unit* name, long long value, ErrorInfo* info) {
  return setInteger(handle, name, value, info);
}

int RfcGetChars(Handle handle, const Unit* name, Unit* buffer, unsigned length, ErrorInfo* info) {
  return getFixed(handle, name, buffer, length, info);
}

int RfcGetNum(Handle handle, const Unit* name, Unit* buffer, unsigned length, ErrorInfo* info) {
  return getFixed(handle, name, buffer, length, info);
}

int RfcGetDate(Handle handle, const Unit* name, Unit* buffer, ErrorInfo* info) {
  return getFixed(handle, name, buffer, 8, info);
}

int RfcGetTime(Handle handle, const Unit* name, Unit* buffer, ErrorInfo* info) {
  return getFixed(handle, name, buffer, 6, info);
}

int RfcGetString(Handle handle, const Unit* name, Unit* buffer, unsigned size, unsigned* length, ErrorInfo* info) {
  return guard(info, [&] { copyOut(at(handle, name).text(), buffer, size, length); });
}

int RfcGetStringLength(Handle handle, const Unit* name, unsigned* length, ErrorInfo* info) {
  return guard(info, [&] {
    const Place place = at(handle, name);
    const size_t units = place.text().size();
    const bool isHex = place.field.type == Type::xstring || place.field.type == Type::bytes;
    *length = static_cast<unsigned>(isHex ? units / 2 : units);
  });
}

int RfcGetXString(Handle handle, const Unit* name, unsigned char* buffer, unsigned size, unsigned* length,
                  ErrorInfo* info) {
  return guard(info, [&] {
    const std::string bytes = at(handle, name).bytes();
    if (length != nullptr) *length = static_cast<unsigned>(bytes.size());
    if (bytes.size() > size) throw tooSmallFor(bytes.size());
    std::copy(bytes.begin(), bytes.end(), buffer);
  });
}

int RfcGetBytes(Handle handle, const Unit* name, unsigned char* buffer, unsigned size, ErrorInfo* info) {
  return guard(info, [&] {
    const std::string bytes = at(handle, name).bytes();
    if (bytes.size() > size) throw tooSmallFor(bytes.size());
    std::fill_n(std::copy(bytes.begin(), bytes.end(), buffer), size - bytes.size(), 0);
  });
}

int RfcGetFloat(Handle handle, const Unit* name, double* value, ErrorInfo* info) {
  return getNumber(handle, name, value, info);
}

int RfcGetInt(Handle handle, const Unit* name, int* value, ErrorInfo* info) {
  return getNumber(handle, name, value, info);
}

int RfcGetInt1(Handle handle, const Unit* name, unsigned char* value, ErrorInfo* info) {
  return getNumber(handle, name, value, info);
}

int RfcGetInt2(Handle handle, const Unit* name, short* value, ErrorInfo* info) {
  return getNumber(handle, name, value, info);
}

int RfcGetInt8(Handle handle, const Unit* name, long long* value, ErrorInfo* info) {
  return getNumber(handle, name, value, info);
}

}  // extern "C"
