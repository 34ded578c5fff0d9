// The functions of the interface that describe functions, and the ones that make and destroy a call's container.
#include "registry.h"

using namespace standin;

namespace {

const Layout* describe(Handle handle, const Unit* name) {
  const ConnectionPointer connection = connectionOf(handle);
  const Text function = textOf(name);
  if (const Layout* known = connection->repository->find(function)) return known;
  std::string request = "{\"op\":\"describe\",\"function\":";
  writeQuoted(function, request);
  return connection->repository->add(function, askOn(handle, request + "}"));
}

Handle toHandle(const Layout* layout) { return const_cast<Layout*>(layout); }

void tell(const Field& field, ParameterDescription& told) {
  std::memset(&told, 0, sizeof told);
  fill(told.name, field.name);
  told.type = static_cast<int>(field.type);
  told.direction = field.direction;
  told.length = field.length;
  told.unicodeLength = field.unicodeLength;
  told.decimals = field.decimals;
  told.layout = toHandle(field.layout);
  fill(told.defaultValue, field.defaultValue);
  fill(told.text, field.text);
  told.isOptional = field.isOptional ? 1 : 0;
}

void tell(const Field& field, FieldDescription& told) {
  std::memset(&told, 0, sizeof told);
  fill(told.name, field.name);
  told.type = static_cast<int>(field.type);
  told.length = field.length;
  told.offset = field.offset;
  told.unicodeLength = field.unicodeLength;
  told.unicodeOffset = field.unicodeOffset;
  told.decimals = field.decimals;
  told.layout = toHandle(field.layout);
}

const Field& named(const Layout& layout, const Unit* name) { return layout.fields[layout.placeOf(textOf(name))]; }

}  // namespace

extern "C" {

Handle RfcGetFunctionDesc(Handle connection, const Unit* name, ErrorInfo* info) {
  return guardHandle(info, [&] { return toHandle(describe(connection, name)); });
}

Handle RfcDescribeFunction(Handle function, ErrorInfo* info) {
  return guardHandle(info, [&] { return toHandle(&containerOf(function).layout()); });
}

int RfcGetFunctionName(Handle description, Unit* name, ErrorInfo* info) {
  return guard(info, [&] { copyOut(layoutOf(description).name, name, 31, nullptr); });
}

int RfcGetParameterCount(Handle description, unsigned* count, ErrorInfo* info) {
  return guard(info, [&] { *count = static_cast<unsigned>(layoutOf(description).fields.size()); });
}

int RfcGetParameterDescByIndex(Handle description, unsigned index, ParameterDescription* told, ErrorInfo* info) {
  return guard(info, [&] { tell(layoutOf(description).at(index), *told); });
}

int RfcGetParameterDescByName(Handle description, const Unit* name, ParameterDescription* told, ErrorInfo* info) {
  return guard(info, [&] { tell(named(layoutOf(description), name), *told); });
}

int RfcGetFieldCount(Handle layout, unsigned* count, ErrorInfo* info) {
  return guard(info, [&] { *count = static_cast<unsigned>(layoutOf(layout).fields.size()); });
}

int RfcGetFieldDescByIndex(Handle layout, unsigned index, FieldDescription* told, ErrorInfo* info) {
  return guard(info, [&] { tell(layoutOf(layout).at(index), *told); });
}

int RfcGetFieldDescByName(Handle layout, const Unit* name, FieldDescription* told, ErrorInfo* info) {
  return guard(info, [&] {
    // The addon reads the name even when there is no such field.
    std::memset(told, 0, sizeof *told);
    fill(told->name, textOf(name));
    tell(named(layoutOf(layout), name), *told);
  });
}

Handle RfcCreateFunction(Handle description, ErrorInfo* info) {
  return guardHandle(info, [&] { return createFunction(layoutOf(description)); });
}

int RfcDestroyFunction(Handle function, ErrorInfo* info) {
  return guard(info, [&] { destroyFunction(function); });
}

int RfcSetParameterActive(Handle function, const Unit* name, int isActive, ErrorInfo* info) {
  return guard(info, [&] {
    Container& container = containerOf(function);
    container.setActive(container.fieldNamed(name), isActive != 0);
  });
}

}  // extern "C"
